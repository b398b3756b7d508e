// A vault whose shares are coins of the chain: they are in the wallet, and are sent to the vault to get out.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { verifyByProgram } from './governance.mjs';
import { axe, outcome, shot, world } from './harness.mjs';
import { ask, assertClean, connect, fill, get, STAKE } from './steps.mjs';
import { addressOf, give } from './staking.mjs';
import { TestWallet } from './wallet.mjs';

async function readDenom() {
  const { share } = await ask({ config: {} });
  return share.denom.denom;
}

async function heldBy(name, denom) {
  const { balance } = await get(`/cosmos/bank/v1beta1/balances/${await addressOf(name)}/by_denom?denom=${encodeURIComponent(denom)}`);
  return BigInt(balance.amount);
}

test('shares that are coins come with a deposit, and are shown as the chain names them', async () => {
  const denom = await readDenom();
  assert.match(denom, /^factory\/wasm1[a-z0-9]+\/defend$/);
  const before = await heldBy('alice', denom);
  const visit = await world.visit({ route: '#/deposit' });
  const { page } = visit;
  await connect(page);
  await (await fill(page, '12.5')).click();
  assert.match(await outcome(page, 'done'), /12\.5 DEFEND/);
  assert.equal((await heldBy('alice', denom)) - before, (25n * STAKE) / 2n);
  await page.click('nav a[href="#/position"]');
  // above a thousand two places are shown, cut off
  const shown = Number((await heldBy('alice', denom)) / (STAKE / 100n)) / 100;
  await page.waitForFunction((it) => document.querySelector('#shares')?.textContent === it, `${shown.toLocaleString('en-US')} DEFEND`);
  assert.deepEqual(await axe(page), []);
  await shot(page, 'position-coins');
  await assertClean(visit);
  await visit.context.close();
});

test('whoever was sent coins of the vault gets out with them, also with a Ledger, and may come back', async () => {
  const denom = await readDenom();
  await give('bob', 'heir', [
    [denom, 40n * STAKE],
    ['ustake', STAKE],
  ]);
  const wallet = new TestWallet('heir');
  wallet.isLedger = true;
  const visit = await world.visit({ wallet, route: '#/position' });
  const { page } = visit;
  await page.click('main .button');
  await page.waitForFunction(() => document.querySelector('#shares')?.textContent === '40 DEFEND');
  // coins from another hand are told, and have no price
  assert.match(await page.innerText('#history tbody tr'), /\+40 DEFEND/);
  const row = (state) => page.locator(`#withdrawals tr[data-state=${state}]`);
  const withdraw = async (shares) => {
    await page.fill('#shares-field', shares);
    await page.click('form.card button[type=submit]:enabled');
  };
  await page.fill('#shares-field', '40.000001');
  await page.waitForSelector('#shares-field-fault:text-is("You have fewer shares than that.")');
  assert.ok(await page.isDisabled('form.card button[type=submit]'));
  await withdraw('30');
  await outcome(page, 'done');
  await row('open').waitFor();
  assert.ok(wallet.calls.every((it) => it !== 'signDirect'), 'lesson 3: a Ledger signs amino, never direct');
  assert.equal(await heldBy('heir', denom), 10n * STAKE);
  await row('open').getByRole('button', { name: 'Cancel' }).click();
  await page.waitForSelector('text=are yours again');
  await row('open').waitFor({ state: 'detached' });
  assert.equal(await heldBy('heir', denom), 40n * STAKE);
  await page.waitForFunction(() => document.querySelector('#shares')?.textContent === '40 DEFEND');
  await withdraw('40');
  await page.waitForSelector('text=Asked for about');
  await row('open').waitFor();
  assert.equal(await heldBy('heir', denom), 0n);
  await assertClean(visit);
  await visit.context.close();
});

test('a withdrawal of coins is paid, and the history is that of `defenders export`', async () => {
  const wallet = new TestWallet('alice');
  const visit = await world.visit({ wallet, route: '#/position' });
  const { page } = visit;
  await page.click('main .button');
  await page.fill('#shares-field', '100');
  await page.click('form.card button[type=submit]:enabled');
  await outcome(page, 'done');
  world.devnet.advance('2d');
  world.devnet.keep();
  world.devnet.advance('22d');
  world.devnet.keep();
  const row = page.locator('#withdrawals tr[data-state=claimable]');
  await row.waitFor();
  await row.locator('button').click();
  assert.match(await outcome(page, 'done'), /100\S* STAKE came back/);
  await page.waitForSelector('#withdrawals', { state: 'detached' });
  await page.reload();
  for (const name of ['alice', 'bob']) {
    const account = await addressOf(name);
    await page.goto(`${world.host.address}#/position/${account}`);
    await page.waitForFunction((it) => document.querySelector('.hero code')?.textContent === it, account);
    await page.waitForSelector('#history table');
    const saved = page.waitForEvent('download');
    await page.click('text=Save history as CSV');
    assert.equal(readFileSync(await (await saved).path(), 'utf8'), world.devnet.run('export', name));
  }
  await assertClean(visit);
  await visit.context.close();
});

test('a vault whose shares are coins is verified as `defenders verify` does', async () => {
  const visit = await world.visit({ wallet: null, route: '#/governance' });
  const { page } = visit;
  await page.waitForSelector('#contracts [data-contract=group]');
  await page.click('#verify button[type=submit]');
  await page.waitForSelector('#verdict [data-verdict]');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#verify button:text-is("Save as JSON")')]);
  const { height, ...saved } = JSON.parse(readFileSync(await download.path(), 'utf8'));
  const { height: later, ...expected } = verifyByProgram();
  assert.deepEqual(saved, expected);
  assert.ok(height <= later);
  await assertClean(visit);
  await visit.context.close();
});
