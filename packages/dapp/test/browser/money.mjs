// Where money could get lost, or a number could mislead: fees, digits, lost answers, screens that are left.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcome, world } from './harness.mjs';
import { addressOf, found, get } from './staking.mjs';
import { assertClean, connect, fill, sharesOf, STAKE } from './steps.mjs';
import { TestWallet } from './wallet.mjs';

/** How many transactions of an account blocks have. */
async function countSent(name) {
  const { info } = await get(`/cosmos/auth/v1beta1/account_info/${await addressOf(name)}`);
  return Number(info.sequence);
}

async function spendable(name) {
  const { balance } = await get(`/cosmos/bank/v1beta1/spendable_balances/${await addressOf(name)}/by_denom?denom=ustake`);
  return BigInt(balance.amount);
}

test('lesson 14: an amount that leaves nothing for the fee is told before it costs one; Max goes through', async () => {
  await found('tight', 5n * STAKE);
  const visit = await world.visit({ wallet: new TestWallet('tight'), route: '#/deposit' });
  const { page } = visit;
  await connect(page);
  await page.fill('#amount', '5');
  await page.waitForFunction(() => /fee has to be paid too: at most 4\.99\d* STAKE can go in/.test(document.querySelector('#amount-fault').textContent));
  assert.ok(await page.isDisabled('form button[type=submit]'));
  await page.getByRole('button', { name: 'Max' }).click();
  await page.click('form button[type=submit]:enabled');
  await outcome(page, 'done');
  assert.ok((await spendable('tight')) >= 50_000n, 'what Max promised to leave is there');
  // what is left pays for the way out
  await page.click('nav a[href="#/position"]');
  await page.getByRole('button', { name: 'All' }).click();
  await page.waitForSelector('form.card >> text=/Network fee: 0\\.00\\d+ STAKE/');
  await page.click('form.card button[type=submit]:enabled');
  await outcome(page, 'done');
  assert.equal(sharesOf(await addressOf('tight')), 0n);
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 16: the review and the button repeat all digits, and dots that group thousands are asked about', async () => {
  const visit = await world.visit({ route: '#/deposit', locale: 'de-DE' });
  const { page } = visit;
  await connect(page);
  const button = await fill(page, '1234,567891');
  assert.match(await button.innerText(), /1\.234,567891 STAKE/);
  assert.match(await page.innerText('section.card'), /1\.234,567891 STAKE/);
  await page.fill('#amount', '1.234');
  await page.waitForFunction(() => /can mean two things/.test(document.querySelector('#amount-fault').textContent));
  assert.ok(await page.isDisabled('form button[type=submit]'));
  await assertClean(visit);
  await visit.context.close();
});

test('what others have paid in, and the vault has not delegated yet, is not told as the effect of a deposit', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page } = visit;
  await connect(page);
  await (await fill(page, '60')).click();
  await outcome(page, 'done');
  await fill(page, '0.000001');
  const [, before] = /stays at (\d+\.\d{4})\./.exec(await page.innerText('section.card'));
  await fill(page, '60');
  const [, least, more] = /goes from (\d+\.\d+) to (\d+\.\d+)/.exec(await page.innerText('section.card'));
  assert.equal(least, before);
  assert.ok(Number(more) > Number(least));
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 11: a node that loses the transaction is given the same bytes again, and a block has it once', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page, wallet } = visit;
  await connect(page);
  const [shares, sent] = [sharesOf('alice'), await countSent('alice')];
  const given = [];
  await page.route('**/cosmos/tx/v1beta1/txs', (route) => {
    given.push(route.request().postData());
    if (given.length > 1) return route.continue();
    // as a node that takes it and is killed before the next block
    return route.fulfill({ json: { tx_response: { txhash: '', height: '0', code: 0, codespace: '', raw_log: '', gas_used: '0', gas_wanted: '0', events: [] } } });
  });
  await (await fill(page, '3')).click();
  await page.waitForSelector('text=Waiting for a block');
  await page.clock.setSystemTime(Date.now() + 15_000);
  await outcome(page, 'done');
  assert.equal(given.length, 2);
  assert.equal(given[1], given[0]);
  assert.equal(sharesOf('alice') - shares, 3n * STAKE);
  assert.equal((await countSent('alice')) - sent, 1);
  assert.deepEqual(wallet.calls.filter((it) => it.startsWith('sign')), ['signDirect']);
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 23: where every other answer is lost the page works, and one transaction is sent', async () => {
  const visit = await world.visit({ route: '#/' });
  const { page } = visit;
  const [shares, sent] = [sharesOf('alice'), await countSent('alice')];
  let count = 0;
  await page.route('**/cosm*/**', (route) => {
    count += 1;
    return count % 2 === 0 ? route.continue() : route.abort();
  });
  await page.click('nav a[href="#/deposit"]');
  await connect(page);
  await (await fill(page, '4')).click();
  await outcome(page, 'done');
  assert.equal(sharesOf('alice') - shares, 4n * STAKE);
  assert.equal((await countSent('alice')) - sent, 1);
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 23: where no node answers before the signature, that nothing was sent is told', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page, wallet } = visit;
  await connect(page);
  const button = await fill(page, '1');
  await page.route('**/cosm*/**', (route) => route.abort());
  await button.click();
  assert.match(await outcome(page, 'failed'), /^Nothing was sent, because no node answers/);
  assert.deepEqual(wallet.calls.filter((it) => it.startsWith('sign')), []);
  await assertClean(visit);
  await visit.context.close();
});

test('whoever goes to another screen meanwhile is told there, and is asked for no further signatures', async () => {
  await found('leaver', 100n * STAKE);
  const wallet = new TestWallet('leaver');
  wallet.isLedger = true;
  const visit = await world.visit({ wallet, route: '#/spread' });
  const { page } = visit;
  await page.click('main .button');
  await page.fill('#amount', '40');
  await page.click('form button[type=submit]:enabled >> text=Sign 2 transactions');
  await page.waitForSelector('text=Transaction 1 of 2');
  await page.click('nav a[href="#/deposit"]');
  await page.waitForSelector('#tx-elsewhere >> text=Spread: It is done.');
  await page.waitForTimeout(1_500);
  assert.deepEqual(wallet.calls.filter((it) => it.startsWith('sign')), ['signAmino']);
  await page.click('#tx-elsewhere a');
  assert.match(await outcome(page, 'done'), /20 STAKE staked/);
  await page.click('nav a[href="#/deposit"]');
  await page.waitForSelector('#amount');
  assert.equal(await page.innerText('#tx-elsewhere'), '', 'what was told is told once');
  await assertClean(visit);
  await visit.context.close();
});
