// Doors of the vault that are shut, and coins that are locked: told before anything is signed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcome, world } from './harness.mjs';
import { execute } from './sign.mjs';
import { assertClean, connect, fill } from './steps.mjs';

const fault = (page, words) => page.waitForFunction((it) => new RegExp(it).test(document.querySelector('#amount-fault').textContent), words);

test('a deposit beyond the limit that the vault sets itself says from which share on it refuses', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page } = visit;
  const health = Buffer.from('{"health":{}}').toString('base64');
  // far below what the vault allows, so that an account of a devnet reaches it
  await page.route(`**/smart/${encodeURIComponent(health)}`, async (route) => {
    const answer = await (await route.fetch()).json();
    answer.data.hard_limit = '0.0001';
    await route.fulfill({ json: answer });
  });
  await connect(page);
  await page.fill('#amount', '5000');
  await fault(page, 'would have .* % of all stake. It refuses from 0.01 % on');
  assert.ok(await page.isDisabled('form button[type=submit]'));
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 15: a deposit counts coins that can be spent, and says what is locked', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page } = visit;
  await page.route('**/spendable_balances/**', (route) => route.fulfill({ json: { balance: { denom: 'ustake', amount: '7000000' } } }));
  await connect(page);
  await page.waitForSelector('#amount-hint:has-text("You have 7 STAKE.")');
  assert.match(await page.innerText('#amount-hint'), /You have 7 STAKE\..*9,99\d,\d{3}\.\d* STAKE more is locked by the chain/);
  await page.fill('#amount', '8');
  await fault(page, 'less than that');
  await page.click('text=Max');
  assert.equal(await page.inputValue('#amount'), '6.9325');
  await assertClean(visit);
  await visit.context.close();
});

test("the guardian's brake is told with its end, and withdrawals go on", async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page } = visit;
  await connect(page);
  // it comes between the form and the signature: the chain's own answer is told
  const button = await fill(page, '1');
  const { time } = world.devnet.json('devnet', 'status', '--home', '.');
  await execute('guardian', world.devnet.config.vault, { put_brake_on: { until: Math.floor(Date.parse(time) / 1000) + 86_400 } });
  await button.click();
  assert.match(await outcome(page, 'failed'), /nothing was sent: .*brake/i);
  await page.reload();
  await page.waitForSelector('.account');
  await page.fill('#amount', '1');
  await fault(page, 'guardian has closed deposits until .*Withdrawals go on');
  assert.ok(await page.isDisabled('form button[type=submit]'));
  await page.goto(`${world.host.address}#/position`);
  await page.fill('#shares-field', '1');
  await page.click('form.card button[type=submit]:enabled');
  await outcome(page, 'done');
  await assertClean(visit);
  await visit.context.close();
});
