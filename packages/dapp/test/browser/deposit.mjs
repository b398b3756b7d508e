// Deposits that work, by each way of signing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcome, shot, world } from './harness.mjs';
import { assertClean, connect, fill, sharesOf, STAKE } from './steps.mjs';
import { TestWallet } from './wallet.mjs';

test('a stranger deposits in three clicks from the first screen', async () => {
  const visit = await world.visit();
  const { page, wallet } = visit;
  const before = sharesOf('alice');
  await page.click('.hero .button');
  const button = await fill(page, '12.5');
  const review = await page.innerText('section.card');
  assert.match(review, /12\.5 STAKE/);
  assert.ok(review.includes(world.devnet.position('alice').account), 'lesson 6: the review shows who signs');
  await button.click();
  const told = await outcome(page, 'done');
  const got = sharesOf('alice') - before;
  assert.equal(got, (125n * STAKE) / 10n);
  assert.match(told, /12\.5 STAKE became 12\.5 DEFEND/, 'lesson 18: figures come from the events');
  assert.ok((await page.evaluate(() => window.__clicks)) <= 3);
  assert.deepEqual(wallet.calls.filter((it) => it.startsWith('sign')), ['signDirect']);
  await shot(page, 'deposit-done');
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 8: after a refusal the filled form is usable again', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page, wallet } = visit;
  await connect(page);
  const before = sharesOf('alice');
  wallet.isRefusing = true;
  await (await fill(page, '3')).click();
  assert.match(await outcome(page, 'refused'), /Nothing was sent/);
  assert.equal(await page.inputValue('#amount'), '3');
  assert.equal(sharesOf('alice'), before);
  wallet.isRefusing = false;
  await (await fill(page, '3')).click();
  await outcome(page, 'done');
  assert.equal(sharesOf('alice') - before, 3n * STAKE);
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 3: a Ledger signs amino, never direct', async () => {
  const wallet = new TestWallet('bob');
  wallet.isLedger = true;
  const visit = await world.visit({ wallet, route: '#/deposit' });
  const { page } = visit;
  await connect(page);
  const before = sharesOf('bob');
  await (await fill(page, '4')).click();
  await outcome(page, 'done');
  assert.equal(sharesOf('bob') - before, 4n * STAKE);
  assert.deepEqual(wallet.calls.filter((it) => it.startsWith('sign')), ['signAmino']);
  await assertClean(visit);
  await visit.context.close();
});

test('lessons 2 and 7: the document that the wallet returns is sent, with its own fee, and a memo of < > &', async () => {
  const wallet = new TestWallet('bob');
  wallet.isLedger = true;
  wallet.edit = (doc) => ({ ...doc, memo: '<small> & independent', timeout_height: '1000000', fee: { ...doc.fee, amount: [{ denom: 'ustake', amount: '123456' }] } });
  const visit = await world.visit({ wallet, route: '#/deposit' });
  const { page } = visit;
  await connect(page);
  await (await fill(page, '1')).click();
  await outcome(page, 'done');
  assert.match(await page.innerText('.tx'), /Fee 0\.123456 STAKE/);
  const hash = await page.innerText('.tx .hash');
  const answer = await (await fetch(`${world.devnet.config.rest[0]}/cosmos/tx/v1beta1/txs/${hash}`)).json();
  assert.equal(answer.tx.body.memo, '<small> & independent');
  assert.equal(answer.tx.auth_info.fee.amount[0].amount, '123456');
  assert.equal(answer.tx.body.timeout_height, '1000000');
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 7: a fee that the person chose below the minimum is told as such', async () => {
  const wallet = new TestWallet('bob');
  wallet.isLedger = true;
  wallet.edit = (doc) => ({ ...doc, fee: { ...doc.fee, amount: [{ denom: 'ustake', amount: '1' }] } });
  const visit = await world.visit({ wallet, route: '#/deposit' });
  const { page } = visit;
  await connect(page);
  await (await fill(page, '1')).click();
  assert.match(await outcome(page, 'failed'), /nothing was paid: the fee is below/);
  assert.equal(await page.inputValue('#amount'), '1');
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 14: max leaves fees and a visible reserve', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page } = visit;
  await connect(page);
  await page.click('text=Max');
  const amount = BigInt((await page.inputValue('#amount')).replace('.', '').padEnd(13, '0'));
  const address = world.devnet.position('alice').account;
  const path = `/cosmos/bank/v1beta1/spendable_balances/${address}/by_denom?denom=ustake`;
  const { balance } = await (await fetch(world.devnet.config.rest[0] + path)).json();
  const fees = BigInt(balance.amount) - amount;
  assert.equal(fees, 17_500n + 50_000n, `${amount} of ${balance.amount}`);
  assert.match(await page.innerText('#amount-hint'), /leaves 0\.05 STAKE/);
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 9: a funded account that has never signed makes its first deposit; one without coins is told so', async () => {
  const visit = await world.visit({ wallet: new TestWallet('guardian'), route: '#/deposit' });
  const { page, wallet } = visit;
  await connect(page);
  await (await fill(page, '9')).click();
  await outcome(page, 'done');
  assert.equal(sharesOf('guardian'), 9n * STAKE);
  wallet.name = 'nobody';
  await page.evaluate(() => window.dispatchEvent(new Event('keplr_keystorechange')));
  await page.waitForSelector('.account:has-text("nobody")');
  await page.waitForSelector('#amount');
  await page.fill('#amount', '1');
  await page.waitForFunction(() => /no coins on this chain/.test(document.querySelector('#amount-fault').textContent));
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 5: another account in the wallet clears the form and loads everything anew', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page, wallet } = visit;
  await connect(page);
  await fill(page, '8');
  wallet.name = 'carol';
  await page.evaluate(() => window.dispatchEvent(new Event('keplr_keystorechange')));
  const carol = world.devnet.position('carol');
  await page.waitForFunction((address) => document.querySelector('section.card')?.innerText.includes(address), carol.account);
  assert.equal(await page.inputValue('#amount'), '');
  await page.click('nav a[href="#/position"]');
  await page.waitForSelector('#shares');
  assert.equal((await page.innerText('#shares')).replace(/[^\d.]/g, ''), String(BigInt(carol.shares) / STAKE));
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 6: a wallet that signs as another account is refused', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page, wallet } = visit;
  await connect(page);
  const button = await fill(page, '1');
  // as an extension that answers for another
  wallet.name = 'bob';
  await button.click();
  assert.match(await outcome(page, 'failed'), new RegExp(world.devnet.position('bob').account));
  assert.deepEqual(wallet.calls.filter((it) => it.startsWith('sign')), []);
  await assertClean(visit);
  await visit.context.close();
});
