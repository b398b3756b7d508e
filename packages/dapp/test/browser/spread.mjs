// Own coins and own stake over small validators, beside what the program does.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { axe, outcome, shot, tableRows, world } from './harness.mjs';
import { addressOf, found, foundLocked, get, stake, stakeOf, unstake, validatorsByStake } from './staking.mjs';
import { assertClean, hideTx, STAKE, translateTexts } from './steps.mjs';
import { TestWallet } from './wallet.mjs';

const ready = (page) => page.waitForFunction(() => document.querySelector('form button[type=submit]')?.disabled === false);

/** A visit of an account that is connected already. */
async function visitAs(name, change = () => {}) {
  const wallet = new TestWallet(name);
  change(wallet);
  const visit = await world.visit({ wallet, route: '#/spread' });
  await visit.page.click('main .button');
  await visit.page.waitForSelector('#amount');
  return visit;
}

/** Tokens by operator address, now and then, as the page shows them. */
async function readOwn(page) {
  const rows = await page.$$eval('#own tbody tr', (all) => all.map((row) => [row.dataset.validator, ...Array.from(row.querySelectorAll('td'), (cell) => cell.innerText)]));
  const tokens = (text) => {
    if (text === '–') return 0n;
    const [whole, fraction = ''] = text.replace(/[^\d.]/g, '').split('.');
    return BigInt(whole + fraction.padEnd(6, '0'));
  };
  return Object.fromEntries(rows.map(([validator, now, then]) => [validator, { now: tokens(now), then: tokens(then) }]));
}

/** A list of one's own, in the devnet's folder. */
function writeList(name, validators) {
  const path = join(world.devnet.home, name);
  writeFileSync(path, `validator\n${validators.join('\n')}\n`);
  return path;
}

async function chooseFile(page, path) {
  await page.check('input[name=list][value=file]');
  await page.setInputFiles('#list-file', path);
}

test('the plan is that of `defenders spread`, and is what the chain has afterwards', async () => {
  const [largest, second] = await validatorsByStake();
  await stake('op-4', [
    [largest, 100n * STAKE],
    [second, 20n * STAKE],
  ]);
  const visit = await visitAs('op-4');
  const { page, wallet } = visit;
  await page.fill('#amount', '30');
  await ready(page);
  const report = world.devnet.json('spread', '--from', 'op-4', '--amount', '30STAKE', '--redelegate', '--dry-run');
  const expected = report.validators.filter((row) => row.before !== '0' || row.after !== '0');
  const told = expected.map((row) => [row.validator, { now: BigInt(row.before), then: BigInt(row.after) }]);
  assert.deepEqual(await readOwn(page), Object.fromEntries(told));
  const [third, twoThirds, effective] = await tableRows(page, '#spread-network');
  for (const [row, measure] of [[third, 'nakamoto_third'], [twoThirds, 'nakamoto_two_thirds']]) {
    assert.deepEqual(row.slice(1), [report.network.before, report.network.after].map((it) => String(it[measure])), measure);
  }
  const cut = (decimal) => decimal.replace(/(\.\d{4}).*/, '$1').replace(/\.?0+$/, '');
  assert.deepEqual(effective.slice(1), [cut(report.network.before.effective), cut(report.network.after.effective)]);
  const review = await page.innerText('#spread-review');
  assert.match(review, /You stake 30 STAKE of your coins and you move 120 STAKE of your stake, to \d+ validators\./);
  assert.match(review, /cannot be moved on, for 21 days/);
  assert.ok(review.includes(report.account), 'lesson 6: the review shows who signs');
  const count = report.transactions.length;
  await page.route('**/staking/v1beta1/delegations/**', async (route) => {
    await new Promise((done) => setTimeout(done, 1_500));
    await route.continue();
  });
  await page.click('form button[type=submit]');
  assert.match(await outcome(page, 'done'), /30 STAKE staked, 120 STAKE moved/, 'lesson 18: figures come from the events');
  assert.deepEqual(wallet.calls.filter((it) => it.startsWith('sign')), Array.from({ length: count }, () => 'signDirect'));
  const then = expected.filter((row) => row.after !== '0').map((row) => [row.validator, BigInt(row.after)]);
  assert.deepEqual(await stakeOf('op-4'), Object.fromEntries(then));
  // until the chain is read again there is no ground for a second time
  await page.waitForTimeout(1_000);
  assert.equal(await page.isDisabled('form button[type=submit]'), true);
  assert.equal(await page.innerText('#amount-fault'), '');
  await page.waitForFunction(() => /Nothing to do/.test(document.querySelector('#spread-review').innerText));
  assert.equal(await page.inputValue('#amount'), '', 'what is staked is not staked once more');
  await shot(page, 'spread-done');
  assert.deepEqual(await axe(page), []);
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 37: stake that was moved lately says why it stays, and until when', async () => {
  const visit = await visitAs('op-4');
  const { page } = visit;
  // as if all of it were to go to one validator that has none of it
  const own = Object.keys(await stakeOf('op-4'));
  const other = (await validatorsByStake()).findLast((it) => !own.includes(it));
  await chooseFile(page, writeList('other.csv', [other]));
  await page.waitForSelector('#blocked');
  const rows = await tableRows(page, '#blocked');
  const report = world.devnet.json('spread', '--from', 'op-4', '--redelegate', '--list', 'other.csv', '--dry-run');
  assert.equal(rows.length, report.blocked.length);
  assert.deepEqual(report.moves, []);
  const dates = report.blocked.map((row) => new Date(row.free_at * 1000).toLocaleString('en-US', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }));
  assert.deepEqual(rows.map((row) => row[3]), dates);
  assert.ok(rows.every((row) => /does not let moved stake move on/.test(row[2])));
  assert.equal(await page.isDisabled('form button[type=submit]'), true);
  await shot(page, 'spread-blocked');
  assert.deepEqual(await axe(page), []);
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 4: a Ledger is told how many times it signs before the first, and signs amino; refusing in the middle leaves a clear state', async () => {
  await found('saver', 100n * STAKE);
  const visit = await visitAs('saver', (wallet) => (wallet.isLedger = true));
  const { page, wallet } = visit;
  await page.fill('#amount', '40');
  await ready(page);
  assert.match(await page.innerText('#signatures'), /^Two transactions, .*because your device/);
  assert.equal(await page.innerText('form button[type=submit]'), 'Sign 2 transactions');
  // yes to the first, no to the second
  let signed = 0;
  wallet.edit = (doc) => {
    signed += 1;
    assert.ok(doc.msgs.length <= 5, 'a device takes few messages');
    if (signed > 1) throw new Error('Request rejected');
    return doc;
  };
  await page.click('form button[type=submit]');
  const told = await outcome(page, 'refused');
  assert.match(told, /did not sign transaction 2.* 1 of 2 transactions went through: 20 STAKE staked\. What is left/);
  assert.doesNotMatch(told, /Nothing was sent/);
  const sum = async () => Object.values(await stakeOf('saver')).reduce((all, it) => all + it, 0n);
  assert.equal(await sum(), 20n * STAKE);
  // what is left stands in the field, and is planned anew
  assert.equal(await page.inputValue('#amount'), '20');
  wallet.edit = (doc) => doc;
  await ready(page);
  await shot(page, 'spread-stopped');
  await page.click('form button[type=submit]');
  await outcome(page, 'done');
  assert.equal(await sum(), 40n * STAKE);
  assert.ok(wallet.calls.every((it) => it !== 'signDirect'), 'lesson 3: a Ledger signs amino, never direct');
  await assertClean(visit);
  await visit.context.close();
});

test('where contracts cannot be asked a list from a file does, and a list that is wrong says where', async () => {
  await found('plain', 50n * STAKE);
  const visit = await world.visit({ wallet: new TestWallet('plain'), route: '#/spread' });
  const { page } = visit;
  await page.route('**/cosmwasm/**', (route) => route.fulfill({ status: 501, json: { code: 12, message: 'Not Implemented', details: [] } }));
  await page.reload();
  await page.click('main .button');
  await page.waitForSelector('#list-file');
  assert.match(await page.innerText('#list-fault'), /cannot be read here, so choose a file/);
  const small = (await validatorsByStake()).slice(-4);
  await chooseFile(page, writeList('wrong.csv', [...small, 'wasmvaloper1nobody']));
  await page.waitForFunction(() => /line 6/.test(document.querySelector('#list-fault').textContent));
  await chooseFile(page, writeList('small.csv', small));
  await page.waitForFunction(() => /4 validators are on it/.test(document.querySelector('#list-told').textContent));
  // what the chain would refuse is told before anything is signed
  await page.route('**/tx/v1beta1/simulate', (route) => route.fulfill({ status: 400, json: { code: 3, message: 'validator does not exist', details: [] } }));
  await page.fill('#amount', '7');
  await page.waitForFunction(() => /would refuse it: validator does not exist/.test(document.querySelector('#amount-fault').textContent));
  assert.equal(await page.isDisabled('form button[type=submit]'), true);
  await page.unroute('**/tx/v1beta1/simulate');
  await page.fill('#amount', '8');
  await ready(page);
  await shot(page, 'spread-without-contracts');
  assert.deepEqual(await axe(page), []);
  const planned = Object.entries(await readOwn(page)).map(([validator, row]) => [validator, row.then]);
  assert.equal(planned.reduce((sum, [, tokens]) => sum + tokens, 0n), 8n * STAKE);
  await page.click('form button[type=submit]');
  await outcome(page, 'done');
  assert.deepEqual(await stakeOf('plain'), Object.fromEntries(planned));
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 15: coins locked by vesting are staked, and never pay fees', async () => {
  await foundLocked('locked', 60n * STAKE, 2n * STAKE);
  const visit = await visitAs('locked');
  const { page } = visit;
  assert.equal(await page.innerText('#vesting'), '60 STAKE');
  assert.equal(await page.innerText('#coins'), '2 STAKE');
  await page.click('text=Max');
  assert.equal(await page.inputValue('#amount'), '61.5');
  await ready(page);
  await page.click('form button[type=submit]');
  await outcome(page, 'done');
  const staked = Object.values(await stakeOf('locked')).reduce((all, it) => all + it, 0n);
  assert.equal(staked, (615n * STAKE) / 10n);
  await assertClean(visit);
  await visit.context.close();
  // all of it locked: nothing to pay a fee with
  await foundLocked('broke', 60n * STAKE, 1n);
  const other = await visitAs('broke');
  await other.page.fill('#amount', '10');
  await other.page.waitForFunction(() => /can pay them/.test(document.querySelector('#amount-fault').textContent));
  assert.equal(await other.page.isDisabled('form button[type=submit]'), true);
  await assertClean(other);
  await other.context.close();
});

test('lessons 21, 32 and 36: stake in every status and on its way back is shown, and names that two have are flagged', async () => {
  await unstake('saver', Object.keys(await stakeOf('saver')).at(-1), STAKE);
  const visit = await world.visit({ wallet: new TestWallet('saver'), route: '#/spread' });
  const { page } = visit;
  const [jailed, leaving, outside, twin, gone] = Object.keys(await stakeOf('saver'));
  await page.route('**/staking/v1beta1/validators?*', async (route) => {
    const answer = await (await route.fetch()).json();
    const of = (address) => answer.validators.find((it) => it.operator_address === address);
    Object.assign(of(jailed), { jailed: true, status: 'BOND_STATUS_UNBONDING' });
    Object.assign(of(gone), { jailed: true, status: 'BOND_STATUS_UNBONDED' });
    of(leaving).status = 'BOND_STATUS_UNBONDING';
    of(outside).status = 'BOND_STATUS_UNBONDED';
    of(twin).description.moniker = `\u202e${of(jailed).description.moniker.toUpperCase()}`;
    await route.fulfill({ json: answer });
  });
  const { consensus } = world.devnet.json('devnet', 'status', '--home', '.').validators.find((it) => it.operator === gone);
  await page.route('**/slashing/v1beta1/signing_infos?*', async (route) => {
    const answer = await (await route.fetch()).json();
    answer.info.find((it) => it.address === consensus).tombstoned = true;
    await route.fulfill({ json: answer });
  });
  await page.click('main .button');
  await page.waitForSelector('#own');
  assert.equal(await page.innerText('#back'), '1 STAKE');
  const { time } = (await get('/cosmos/base/tendermint/v1beta1/blocks/latest')).block.header;
  const day = new Date(Date.parse(time) + 21 * 86_400_000).toLocaleDateString('en-US', { dateStyle: 'medium', timeZone: 'UTC' });
  assert.ok((await page.innerText('#unbonding')).includes(`with you on ${day}`), day);
  const told = async (address) => page.innerText(`#own tr[data-validator="${address}"] th`);
  assert.match(await told(jailed), /jailed, .*: earns nothing/);
  assert.match(await told(gone), /shut out for ever/);
  assert.match(await told(leaving), /no longer active: earns nothing/);
  assert.match(await told(outside), /not active: earns nothing/);
  for (const address of [jailed, twin]) assert.match(await told(address), /another validator has the same name/);
  assert.doesNotMatch(await told(leaving), /same name/);
  assert.ok((await told(jailed)).includes(jailed), 'the whole operator address');
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 13: a reload between two transactions finds the first, and plans the rest anew', async () => {
  await found('reloader', 100n * STAKE);
  const visit = await visitAs('reloader', (wallet) => (wallet.isLedger = true));
  const { page, wallet } = visit;
  await page.fill('#amount', '40');
  await ready(page);
  const show = await hideTx(page);
  await page.dblclick('form button[type=submit]');
  await page.waitForSelector('text=Waiting for a block');
  assert.match(await page.innerText('#progress'), /Transaction 1 of 2/);
  await show();
  await page.reload();
  assert.match(await outcome(page, 'done'), /20 STAKE staked/);
  const sum = Object.values(await stakeOf('reloader')).reduce((all, it) => all + it, 0n);
  assert.equal(sum, 20n * STAKE);
  assert.equal(wallet.calls.filter((it) => it === 'signAmino').length, 1, 'nothing is sent twice');
  assert.equal(await page.inputValue('#amount'), '');
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 30: with the keyboard alone, on a translated page, over the list that came with it', async () => {
  const small = (await validatorsByStake()).slice(-3);
  world.host.config = { ...world.devnet.config, list: 'small.csv' };
  const visit = await world.visit({ wallet: new TestWallet('bob'), route: '#/spread' });
  const { page, wallet } = visit;
  await page.route('**/small.csv', (route) => route.fulfill({ contentType: 'text/csv', body: `validator\n${small.join('\n')}\n` }));
  const tabTo = async (selector) => {
    for (let step = 0; step < 25; step += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate((it) => document.activeElement?.matches(it), selector)) return;
    }
    assert.fail(`${selector} is not reached`);
  };
  await page.waitForSelector('main .button');
  await translateTexts(page);
  await tabTo('main .button');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#amount');
  await translateTexts(page);
  await tabTo('#amount');
  await page.keyboard.type('6');
  await tabTo('input[name=list]');
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction(() => /3 validators are on it/.test(document.querySelector('#list-told').textContent));
  await ready(page);
  await translateTexts(page);
  assert.equal(await page.locator('#own bdi font, #own code font').count(), 0, 'names and addresses stay as they are');
  // another account clears the form: lesson 5
  wallet.name = 'carol';
  await page.evaluate(() => window.dispatchEvent(new Event('keplr_keystorechange')));
  await page.waitForSelector('.account:has-text("carol")');
  await page.waitForFunction(() => document.querySelector('#amount')?.value === '');
  await translateTexts(page);
  await page.fill('#amount', '6');
  await page.check('input[name=list][value=shipped]');
  await ready(page);
  await page.keyboard.press('Enter');
  await outcome(page, 'done');
  assert.deepEqual(Object.keys(await stakeOf('carol')).sort(), [...small].sort());
  await assertClean(visit);
  world.host.config = world.devnet.config;
  await visit.context.close();
});

test('spread for everybody: without a wallet, for another address, at all sizes, in both schemes', async () => {
  const visit = await world.visit({ wallet: null, route: '#/spread' });
  const { page } = visit;
  await page.waitForSelector('text=for 21 days');
  assert.deepEqual(await axe(page), []);
  await page.goto(`${world.host.address}#/spread/${await addressOf('saver')}`);
  await page.waitForSelector('#own');
  assert.equal(await page.locator('main button[type=submit]').count(), 0, 'nothing can be signed for another');
  for (const width of [360, 768, 1440]) {
    for (const scheme of ['light', 'dark']) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: scheme });
      await shot(page, `spread-${width}-${scheme}`);
      assert.deepEqual(await axe(page), [], `${width} ${scheme}`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `${overflow} px too wide at ${width}`);
    }
  }
  await assertClean(visit);
  await visit.context.close();
});
