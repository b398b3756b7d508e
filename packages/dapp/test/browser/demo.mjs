// The page as `devnet --page` serves it, with the wallet of the devnet's public keys.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { axe, outcome, shot, world } from './harness.mjs';
import { assertClean, fill, sharesOf, STAKE } from './steps.mjs';
import { TestWallet } from './wallet.mjs';

const loadsDemo = (requests) => requests.some((url) => /\/assets\/demo-/.test(url));
const configOf = (changes) => ({ ...world.devnet.config, demo: true, ...changes });

/** A visit to the page with another configuration. */
async function visitAs(config, options) {
  world.host.config = config;
  const visit = await world.visit(options);
  return {
    ...visit,
    end: async () => {
      await assertClean(visit);
      world.host.config = world.devnet.config;
      await visit.context.close();
    },
  };
}

test('`devnet --page` serves a page on which a newcomer deposits at once', async () => {
  // as it was built, and not once more
  process.env.DEFENDERS_PAGE ??= fileURLToPath(new URL('../../dist/', import.meta.url));
  world.devnet.run('devnet', '--home', '.', '--block-time', '400ms', '--page');
  const address = world.devnet.json('devnet', 'status', '--home', '.').page;
  const visit = await world.visit({ wallet: null, address });
  const { page } = visit;
  const before = sharesOf('alice');
  await page.click('.hero .button');
  const button = await fill(page, '2.5');
  assert.match(await page.innerText('.demo'), /devnet only, these keys are public/);
  await button.click();
  const dialog = page.locator('dialog[open]');
  await dialog.waitFor();
  assert.match(await dialog.innerText(), /Sign this as alice\?[^]*"amount": "2500000"[^]*ustake/);
  await dialog.locator('.button').click();
  await outcome(page, 'done');
  assert.equal(sharesOf('alice') - before, (25n * STAKE) / 10n);
  await page.reload();
  await page.waitForSelector('.account:has-text("alice")');
  await assertClean({ ...visit, requests: visit.requests.filter((url) => !url.startsWith(address)) });
  await visit.context.close();
});

test('lesson 28: the dialog of the demo wallet has a name, keeps the focus, gives it back, and can be refused', async () => {
  const visit = await visitAs(configOf(), { wallet: null, route: '#/deposit', width: 360, height: 740, scheme: 'dark' });
  const { page } = visit;
  await page.selectOption('#demo-account', 'bob');
  await page.waitForSelector('.account:has-text("bob")');
  const before = sharesOf('bob');
  await fill(page, '3');
  await page.focus('form button[type=submit]');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Sign this as bob?' });
  await dialog.waitFor();
  assert.deepEqual(await axe(page), []);
  await shot(page, 'demo-dialog-360-dark');
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `${overflow} px too wide`);
  for (let step = 0; step < 6; step += 1) {
    await page.keyboard.press('Tab');
    // beside the dialog there is the browser's own frame only
    assert.ok(await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest('dialog') !== null));
  }
  await page.keyboard.press('Escape');
  await outcome(page, 'refused');
  assert.equal(await page.locator('dialog').count(), 0);
  assert.ok(await page.evaluate(() => document.activeElement.closest('main') !== null), 'the focus is on what became of it');
  assert.equal(await page.inputValue('#amount'), '3');
  assert.equal(sharesOf('bob'), before);
  await visit.end();
});

test("the browser's own wallet stays the first choice on a devnet, and either can be let go", async () => {
  const visit = await visitAs(configOf(), { wallet: new TestWallet('carol'), route: '#/position' });
  const { page, wallet } = visit;
  await page.click('main .button');
  await page.waitForSelector('.account:has-text("carol")');
  assert.ok(wallet.calls.includes('getKey'));
  assert.ok(!loadsDemo(visit.requests));
  await page.selectOption('#demo-account', 'guardian');
  await page.waitForSelector('.account:has-text("guardian")');
  // a switch in the other wallet is none of its
  await page.evaluate(() => window.dispatchEvent(new Event('keplr_keystorechange')));
  await page.selectOption('#demo-account', '');
  await page.waitForSelector('.account', { state: 'detached' });
  await page.reload();
  await page.waitForSelector('main .button');
  assert.equal(await page.locator('.account').count(), 0, 'who has left stays so');
  const before = wallet.calls.length;
  await page.evaluate(() => window.dispatchEvent(new Event('keplr_keystorechange')));
  await page.waitForTimeout(200);
  assert.equal(wallet.calls.length, before, 'whoever is not connected is asked nothing');
  await visit.end();
});

test('no page but that of a devnet on this machine offers the demo wallet, or loads it', async () => {
  const strangers = [{ demo: false }, { chainId: 'cosmoshub-4' }, { rest: [...world.devnet.config.rest, 'https://rest.invalid'] }];
  for (const changes of strangers) {
    const visit = await visitAs(configOf(changes), { wallet: null });
    const { page } = visit;
    await page.evaluate(() => localStorage.setItem('defenders.demo', 'alice'));
    await page.reload();
    await page.waitForSelector('#concentration');
    await page.click('.hero .button');
    await page.waitForSelector('text=No wallet was found');
    assert.equal(await page.locator('.demo').count(), 0, JSON.stringify(changes));
    assert.ok(!loadsDemo(visit.requests), JSON.stringify(changes));
    await visit.end();
  }
});
