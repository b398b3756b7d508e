// The way out of the vault.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, outcome, shot, world } from './harness.mjs';
import { assertClean, cutOff, fill, STAKE } from './steps.mjs';

test('lesson 21: through a whole exit every token is on one screen', async () => {
  const visit = await world.visit({ route: '#/position' });
  const { page } = visit;
  await page.click('main .button');
  await page.waitForSelector('#shares');
  const read = (text) => BigInt(text.replace(/[^\d.]/g, '').replace(/^(\d+)$/, '$1.').replace(/\.(\d*)$/, (_, it) => it.padEnd(6, '0')));
  const figure = async (id) => read(await page.innerText(`#${id}`));
  // in one turn of the page, which reads anew all the time
  const all = async () => {
    const texts = await page.$$eval('#worth, #waiting, #ready, #wallet', (found) => found.map((it) => it.innerText));
    return texts.map(read).reduce((sum, it) => sum + it, 0n);
  };
  const whole = await all();
  // a share's worth, at 18 places
  const rate = () => BigInt(world.devnet.json('status').tokens_per_share.replace(/^(\d+)\.?(\d*)$/, (_, one, rest) => one + rest.padEnd(18, '0')));
  const [held, rateBefore] = [await figure('shares'), rate()];
  // amounts above a thousand are cut after two places, five of them; the rest is fees and rounding. What all shares
  // have earned since, by the vault's own rate, comes on top at most
  const assertWhole = async (when) => {
    const off = whole - (await all());
    const earned = (held * (rate() - rateBefore)) / 10n ** 18n;
    assert.ok(off > -50_000n - earned && off < 150_000n, `${when}: ${off} are missing, ${earned} were earned`);
  };
  const row = (state) => page.locator(`#withdrawals tr[data-state=${state}]`);

  await page.fill('#shares-field', '100');
  await page.click('form.card button[type=submit]:enabled');
  await outcome(page, 'done');
  await row('open').waitFor();
  assert.match(await row('open').innerText(), /about 100 STAKE/);
  assert.match(await row('open').innerText(), /at the latest .* in \d+ days/, 'lesson 22: the date of payment');
  await assertWhole('waiting');

  await row('open').getByRole('button', { name: 'Cancel' }).click();
  await page.waitForSelector('text=are yours again');
  await row('open').waitFor({ state: 'detached' });
  await assertWhole('cancelled');

  await page.fill('#shares-field', '250');
  await page.click('form.card button[type=submit]:enabled');
  await page.waitForSelector('text=Asked for about');
  await row('open').waitFor();
  await shot(page, 'position-open');
  const { width, height } = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 740 });
  assert.deepEqual(await cutOff(page, 'main'), [], 'on a phone every amount is whole');
  await shot(page, 'position-open-360');
  await page.setViewportSize({ width, height });
  world.devnet.advance('2d');
  world.devnet.keep();
  await row('unbonding').waitFor();
  assert.equal(await row('unbonding').getByRole('button', { name: 'Cancel' }).count(), 0, 'cancelling is offered only while it can be done');
  await assertWhole('unbonding');
  await shot(page, 'position-unbonding');

  world.devnet.advance('22d');
  world.devnet.keep();
  await row('claimable').waitFor();
  assert.deepEqual(await axe(page), []);
  await assertWhole('claimable');
  const before = await figure('wallet');
  await row('claimable').locator('button').click();
  const told = await outcome(page, 'done');
  assert.match(told, /250\S* STAKE came back/);
  await page.waitForSelector('#withdrawals', { state: 'detached' });
  assert.ok((await figure('wallet')) - before > 249n * STAKE);
  await assertWhole('claimed');
  await assertClean(visit);
  await visit.context.close();
});
