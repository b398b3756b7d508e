// What comes in between: accounts, tabs and wallets that change, or are late, at the worst moment.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcome, world } from './harness.mjs';
import { execute } from './sign.mjs';
import { addressOf } from './staking.mjs';
import { assertClean, connect, fill, hideTx, loseTx, sharesOf, STAKE } from './steps.mjs';
import { installWallet, TestWallet } from './wallet.mjs';

/** Another account in the wallet. */
async function choose({ page, wallet }, name) {
  wallet.name = name;
  await page.evaluate(() => window.dispatchEvent(new Event('keplr_keystorechange')));
  await page.waitForSelector(`.account:has-text("${name}")`);
}

test('what was typed stays when a wallet is connected; that of the last visit may come late, and is another tab’s as well', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page, context } = visit;
  await page.fill('#amount', '4');
  await page.click('form .button');
  await page.waitForSelector('form button[type=submit]:enabled');
  assert.equal(await page.inputValue('#amount'), '4');
  await page.waitForSelector('#amount-hint:has-text("You have")');
  await page.click('.account button');
  await page.waitForSelector('form .button:text-is("Connect wallet")');
  assert.equal(await page.inputValue('#amount'), '', 'who lets an account go leaves nothing');
  await page.click('form .button');
  await page.waitForSelector('.account');
  const second = await context.newPage();
  await second.addInitScript(() => delete window.keplr);
  await second.goto(page.url());
  await second.waitForSelector('#amount');
  await second.evaluate(installWallet);
  await second.waitForSelector('.account:has-text("alice")');
  await page.click('.account button');
  visit.wallet.name = 'carol';
  await second.evaluate(() => window.dispatchEvent(new Event('keplr_keystorechange')));
  await second.waitForSelector('.account:has-text("carol")');
  await assertClean(visit);
  await context.close();
});

test('lesson 8: a wallet that never answers can be asked again', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page } = visit;
  await page.waitForSelector('#amount');
  await page.clock.install();
  await page.evaluate(() => {
    const { enable } = window.keplr;
    window.keplr.enable = () => ((window.keplr.enable = enable), new Promise(() => {}));
  });
  await page.click('form .button');
  await page.waitForSelector('form .button:disabled');
  await page.clock.fastForward(21_000);
  await page.waitForSelector('text=has not answered yet');
  await page.click('form .button');
  await page.waitForSelector('.account');
  assert.equal(await page.locator('text=has not answered yet').count(), 0);
  await page.evaluate(() => (window.keplr.signDirect = () => new Promise(() => {})));
  await (await fill(page, '1')).click();
  await page.click('.tx button:text-is("Stop waiting")');
  assert.match(await outcome(page, 'refused'), /Nothing was sent/);
  assert.equal(await page.inputValue('#amount'), '1');
  await assertClean(visit);
  await visit.context.close();
});

test('what ends while another account is chosen is told when the first is back, and on nobody else’s screen', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page } = visit;
  await connect(page);
  const before = sharesOf('alice');
  const show = await hideTx(page);
  await (await fill(page, '2')).click();
  await page.waitForSelector('text=Waiting for a block');
  await choose(visit, 'carol');
  const found = page.waitForResponse((answer) => /v1beta1\/txs\/[0-9A-F]{64}$/.test(answer.url()) && answer.status() === 200);
  await show();
  await found;
  assert.equal(await page.locator('.tx .notice').count(), 0, "another's transaction is not this one's");
  await choose(visit, 'alice');
  assert.match(await outcome(page, 'done'), /Done: 2 STAKE became/);
  assert.equal(sharesOf('alice') - before, 2n * STAKE);
  // what alice does on her position is not told on that of carol
  await page.goto(`${world.host.address}#/position`);
  await page.fill('#shares-field', '1');
  await page.click('form.card button[type=submit]:enabled');
  await outcome(page, 'done');
  await page.evaluate((address) => (location.hash = `#/position/${address}`), await addressOf('carol'));
  await page.waitForSelector('text=What you see belongs to');
  await page.waitForSelector('#tx-elsewhere .notice:has-text("Withdrawal: It is done.")');
  assert.equal(await page.locator('main .tx .notice').count(), 0);
  await page.click('#tx-elsewhere a');
  await outcome(page, 'done');
  await page.locator('tr[data-state=open]').getByRole('button', { name: 'Cancel' }).click();
  await page.waitForSelector('text=are yours again');
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 12: what another tab sent while this one asked the chain is followed, and not only refused', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page } = visit;
  await connect(page);
  const show = await hideTx(page);
  await (await fill(page, '1')).click();
  await page.waitForSelector('text=Waiting for a block');
  const [key, kept] = await page.evaluate(() => Object.entries(localStorage).find(([it]) => it.startsWith('defenders.pending')));
  await show();
  await outcome(page, 'done');
  const button = await fill(page, '1');
  // a page writes in its own tab without an event
  await page.evaluate(([name, value]) => localStorage.setItem(name, value), [key, kept]);
  await button.click();
  assert.match(await outcome(page, 'done'), /Done: 1 STAKE became/);
  assert.equal(visit.wallet.calls.filter((it) => it === 'signDirect').length, 1);
  assert.equal(await page.evaluate((name) => localStorage.getItem(name), key), null);
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 11: a transaction that was lost, and whose number another one used, is over at once', async () => {
  const wallet = new TestWallet('bob');
  const visit = await world.visit({ wallet, route: '#/deposit' });
  const { page } = visit;
  await connect(page);
  const before = sharesOf('bob');
  await loseTx(page);
  await (await fill(page, '1')).click();
  await page.waitForSelector('text=Waiting for a block');
  const other = await execute('bob', world.devnet.config.vault, { deposit: {} }, [{ denom: 'ustake', amount: '7000000' }]);
  assert.match(await outcome(page, 'failed'), new RegExp(`nothing was paid.*came first \\(${other}`));
  assert.equal(sharesOf('bob') - before, 7n * STAKE);
  assert.ok(await page.isEnabled('form button[type=submit]'));
  await assertClean(visit);
  await visit.context.close();
});
