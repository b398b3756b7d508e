// What goes wrong with a deposit and with nodes, and what the page makes of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcome, tableRows, world } from './harness.mjs';
import { assertClean, connect, fill, hideTx, leapAhead, loseTx, sharesOf, STAKE } from './steps.mjs';

test('why the vault would refuse is told before anything is signed', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page, wallet } = visit;
  await connect(page);
  await page.fill('#amount', '9000000');
  await page.waitForFunction(() => /validators take .* more/.test(document.querySelector('#amount-fault').textContent));
  assert.ok(await page.isDisabled('form button[type=submit]'));
  await page.fill('#amount', '99000000');
  await page.waitForFunction(() => /less than that/.test(document.querySelector('#amount-fault').textContent));
  assert.deepEqual(wallet.calls.filter((it) => it.startsWith('sign')), []);
  await assertClean(visit);
  await visit.context.close();
});

test("the contract's own refusal is told in its words, and nothing is sent", async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page, wallet } = visit;
  // as if shares had become dearer since the preview
  const preview = Buffer.from('{"preview_deposit":{"amount":"5000000"}}').toString('base64');
  await page.route(`**/smart/${encodeURIComponent(preview)}`, (route) => route.fulfill({ json: { data: '7000000' } }), { times: 1 });
  await connect(page);
  await (await fill(page, '5')).click();
  const told = await outcome(page, 'failed');
  assert.match(told, /nothing was sent: .*5000000.*6965000/);
  assert.deepEqual(wallet.calls.filter((it) => it.startsWith('sign')), []);
  // the preview is made anew: the same amount can be tried again
  await page.waitForFunction(() => /never less than 4\.9\d* /.test(document.querySelector('section.card').innerText));
  await page.click('form button[type=submit]:enabled');
  await outcome(page, 'done');
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 10: out of gas is a failure, and a second try works', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page } = visit;
  await connect(page);
  const before = sharesOf('alice');
  await page.route('**/cosmos/tx/v1beta1/simulate', (route) => route.fulfill({ json: { gas_info: { gas_used: '90000' } } }));
  await (await fill(page, '2')).click();
  assert.match(await outcome(page, 'failed'), /ran out of gas/);
  assert.equal(sharesOf('alice'), before);
  await page.unroute('**/cosmos/tx/v1beta1/simulate');
  await (await fill(page, '2')).click();
  await outcome(page, 'done');
  assert.equal(sharesOf('alice') - before, 2n * STAKE);
  await assertClean(visit);
  await visit.context.close();
});

test('lessons 11 and 13: an open transaction blocks a second one, and is found again after a reload', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page, wallet } = visit;
  await connect(page);
  const before = sharesOf('alice');
  const show = await hideTx(page);
  await fill(page, '6');
  // a double click faster than any drawing
  await page.evaluate(() => {
    const form = document.querySelector('form');
    form.requestSubmit();
    form.requestSubmit();
  });
  await page.waitForSelector('text=Waiting for a block');
  await page.reload();
  await page.waitForSelector('text=Waiting for a block');
  assert.ok(await page.isDisabled('form button[type=submit]'));
  await show();
  await outcome(page, 'done');
  assert.equal(sharesOf('alice') - before, 6n * STAKE);
  assert.deepEqual(wallet.calls.filter((it) => it.startsWith('sign')), ['signDirect']);
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 12: a sequence that is used up asks for a new signature, and the second try works', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page } = visit;
  await connect(page);
  const button = await fill(page, '1');
  await page.route('**/account_info/*', async (route) => {
    const answer = await (await route.fetch()).json();
    answer.info.sequence = '0';
    await route.fulfill({ json: answer });
  });
  await button.click();
  assert.match(await outcome(page, 'failed'), /sign anew/);
  // whatever of it is under way ends as it began
  await page.unrouteAll({ behavior: 'wait' });
  await (await fill(page, '1')).click();
  await outcome(page, 'done');
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 11: a time-out means unknown; it is over only when no block can take it any more', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page } = visit;
  await connect(page);
  const before = sharesOf('alice');
  await loseTx(page);
  await (await fill(page, '1')).click();
  await page.waitForSelector('text=Waiting for a block');
  await page.clock.setSystemTime(Date.now() + 90_000);
  await page.waitForSelector('text=Do not send it again');
  assert.ok(await page.isDisabled('form button[type=submit]'));
  await leapAhead(page);
  assert.match(await outcome(page, 'failed'), /Nothing was paid/);
  assert.equal(await page.inputValue('#amount'), '1');
  assert.equal(sharesOf('alice'), before);
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 11: where the node keeps no index, the account says that a block had it', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page } = visit;
  await connect(page);
  const before = sharesOf('alice');
  await hideTx(page);
  await (await fill(page, '1')).click();
  await page.waitForSelector('text=Waiting for a block');
  while (sharesOf('alice') === before) await page.waitForTimeout(200);
  await leapAhead(page);
  assert.match(await outcome(page, 'failed'), /Look at your position/);
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 23: a dead endpoint leads to the next; when none answers it says so, and recovers', async () => {
  const [good] = world.devnet.config.rest;
  world.host.config = { ...world.devnet.config, rest: ['http://127.0.0.1:9', good] };
  const visit = await world.visit({ wallet: null });
  const { page } = visit;
  await tableRows(page, '#concentration');
  await page.route('**/cosmos/**', (route) => route.abort());
  await page.waitForSelector('.banner-place .notice');
  assert.match(await page.innerText('.banner-place'), /No node answers/);
  assert.equal((await tableRows(page, '#concentration')).length, 5, 'what was read stays');
  await page.unroute('**/cosmos/**');
  await page.waitForSelector('.banner-place .notice', { state: 'detached' });
  await assertClean(visit);
  world.host.config = world.devnet.config;
  await visit.context.close();
});

test('lesson 24: a node that fell behind warns and stops signing', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page } = visit;
  await connect(page);
  await fill(page, '1');
  await page.route('**/blocks/latest', async (route) => {
    const answer = await (await route.fetch()).json();
    answer.block.header.height = '3';
    await route.fulfill({ json: answer });
  });
  await page.waitForSelector('text=went back to an older block');
  assert.ok(await page.isDisabled('form button[type=submit]'));
  await assertClean(visit);
  await visit.context.close();
});
