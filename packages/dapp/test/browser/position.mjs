// An account's past with the vault, beside what the program says of it. Time has jumped before.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { axe, outcome, shot, tableRows, world } from './harness.mjs';
import { ask, assertClean, STAKE } from './steps.mjs';
import { TestWallet } from './wallet.mjs';

const textOf = async (download) => readFileSync(await (await download).path(), 'utf8');
/** A decimal of the program as the page cuts it off. */
const cut = (decimal, places) => {
  const [whole, fraction = ''] = decimal.split('.');
  const kept = fraction.slice(0, places).replace(/0+$/, '');
  return kept === '' ? whole : `${whole}.${kept}`;
};

test('the history is that of `defenders export`, to the byte, and what came of it adds up', async () => {
  const visit = await world.visit({ wallet: null });
  const { page } = visit;
  for (const name of ['alice', 'bob', 'carol']) {
    const { account, worth, claimable, under_way: underWay } = world.devnet.json('position', name);
    await page.goto(`${world.host.address}#/position/${account}`);
    await page.waitForSelector(`.hero code:text-is("${account}")`);
    await page.waitForSelector('#history table');
    const expected = world.devnet.run('export', name);
    const saved = textOf(page.waitForEvent('download'));
    await page.click('text=Save history as CSV');
    assert.equal(await saved, expected);
    assert.match(expected, /,network_fee\r\n.*,deposit,.*,\d+ustake\r\n/);
    const rows = expected.trim().split('\r\n').slice(1).map((line) => line.split(','));
    const all = rows.reduce((sum, row) => sum + BigInt(row[7]), 0n);
    const gain = BigInt(worth) + BigInt(claimable) + BigInt(underWay) + all;
    const told = await page.innerText('#gain');
    if (gain === 0n) {
      assert.match(told, /as much as was paid in/);
      continue;
    }
    const shown = BigInt(/That is ([\d,.]+) STAKE (more|less)/.exec(told)[1].replace(/,/g, '').replace(/^(\d+)$/, '$1.').replace(/\.(\d*)$/, (_, it) => it.padEnd(6, '0')));
    assert.equal(shown, gain < 0n ? -gain : gain, told);
    assert.match(told, gain < 0n ? /less than was paid in/ : /more than was paid in/);
  }
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 38: growth is what was, with formula, fee and dates, as `defenders status` has it', async () => {
  const { account } = world.devnet.position('alice');
  const visit = await world.visit({ wallet: null, route: `#/position/${account}` });
  const { page } = visit;
  const rows = await tableRows(page, '#rates');
  const status = world.devnet.json('status');
  assert.equal(rows[0][0], 'Now');
  const [first] = (await ask({ rate_history: { limit: 1 } })).samples;
  const now = status.time;
  const [whole, fraction = ''] = status.tokens_per_share.split('.');
  assert.equal(rows[0][1], `${whole}.${fraction.slice(0, 9).padEnd(9, '0')}`);
  const section = await page.innerText('#growth');
  assert.match(section, /worth now, divided by worth then, less one.*fee of 5 % of rewards.*Nobody can tell/s);
  assert.doesNotMatch(section, /APR|APY|per year|yearly/i);
  for (const { days, change, since } of status.rate_changes) {
    if (change !== null && since === first.time) continue;
    if (change === null) assert.doesNotMatch(section, new RegExp(`last ${days} days`));
    else assert.match(section, new RegExp(`last ${Math.floor((now - since) / 86_400)} days?: ${Number(change) < 1e-6 ? 'less than 0.0001' : cut((Number(change) * 100).toFixed(12), 4)} % more`));
  }
  const summary = await page.textContent('#growth desc');
  assert.match(summary, /^On .* a share was worth .* now it is worth /, 'lesson 29: a sentence sums up the plot');
  const saved = textOf(page.waitForEvent('download'));
  await page.click('text=Save rates as CSV');
  const lines = (await saved).trim().split('\n');
  assert.equal(lines[0], 'time,tokens_per_share,read_at_height');
  assert.equal(lines.length - 1, await page.locator('#rates tbody tr').count() + Math.max(0, lines.length - 1 - 7));
  await assertClean(visit);
  await visit.context.close();
});

test('a node without an index says so, and all else stays', async () => {
  const { account } = world.devnet.position('alice');
  const visit = await world.visit({ wallet: null, route: `#/position/${account}` });
  const { page } = visit;
  await page.route('**/cosmos/tx/v1beta1/txs?**', (route) =>
    route.fulfill({ status: 500, json: { code: 2, message: 'transaction indexing is disabled' } }),
  );
  await page.reload();
  await page.waitForSelector('text=keeps no list of past transactions');
  assert.ok((await page.innerText('#shares')).includes('DEFEND'));
  await assertClean(visit);
  await visit.context.close();
});

test('a withdrawal explains its state on demand and has a file for the calendar', async () => {
  const visit = await world.visit({ wallet: new TestWallet('bob'), route: '#/position' });
  const { page } = visit;
  await page.click('main .button');
  await page.fill('#shares-field', '10');
  await page.click('form.card button[type=submit]:enabled');
  await outcome(page, 'done');
  const row = page.locator('#withdrawals tr[data-state=open]');
  await row.waitFor();
  await row.locator('summary').focus();
  await page.keyboard.press('Enter');
  assert.match(await row.innerText(), /wait in a batch.*needs 21 days.*you can cancel/s);
  const { batch_id: batch, pays_latest: latest, tokens } = world.devnet.position('bob').withdrawals[0];
  const saved = textOf(page.waitForEvent('download'));
  await row.getByRole('button', { name: `Calendar file for the withdrawal of batch ${batch}` }).click();
  const file = (await saved).replace(/\r\n /g, '');
  assert.match(file, new RegExp(`DTSTART:${new Date(latest * 1000).toISOString().replace(/[-:]|\.000/g, '')}\r\n`));
  assert.match(file, new RegExp(`about ${cut(String(Number(tokens) / Number(STAKE)), 6)} STAKE`));
  assert.deepEqual(await axe(page), []);
  await shot(page, 'position-whole');
  await page.setViewportSize({ width: 360, height: 740 });
  await shot(page, 'position-whole-360');
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `${overflow} px too wide`);
  await row.getByRole('button', { name: 'Cancel' }).click();
  await page.waitForSelector('text=are yours again');
  await assertClean(visit);
  await visit.context.close();
});

test('whoever has nothing yet is led to a deposit', async () => {
  const visit = await world.visit({ wallet: new TestWallet('nobody'), route: '#/position' });
  const { page } = visit;
  await page.click('main .button');
  await page.waitForSelector('text=Nothing yet: no transaction');
  await shot(page, 'position-empty');
  assert.deepEqual(await axe(page), []);
  await page.click('main .button:has-text("Deposit")');
  await page.waitForSelector('#amount');
  await assertClean(visit);
  await visit.context.close();
});

test('all that is ready is claimed in one transaction', async () => {
  const visit = await world.visit({ wallet: new TestWallet('carol'), route: '#/position' });
  const { page, wallet } = visit;
  await page.click('main .button');
  const request = async (shares) => {
    await page.fill('#shares-field', shares);
    await page.click('form.card button[type=submit]:enabled');
    await page.waitForSelector(`.tx[data-outcome=done]:has-text("about ${shares}")`);
  };
  const states = () => world.devnet.position('carol').withdrawals.map((it) => it.state);
  await request('11');
  for (let step = 0; step < 6 && states().includes('open'); step += 1) {
    world.devnet.advance('8d');
    world.devnet.keep();
  }
  await request('22');
  for (let step = 0; step < 8 && states().some((it) => it !== 'claimable'); step += 1) {
    world.devnet.advance('22d');
    world.devnet.keep();
  }
  assert.deepEqual(states(), ['claimable', 'claimable']);
  const button = page.locator('button:has-text("Claim all 2 at once")');
  await button.waitFor();
  await shot(page, 'position-claim-all');
  assert.deepEqual(await axe(page), []);
  const signed = wallet.calls.filter((it) => it === 'signDirect').length;
  await button.click();
  await page.waitForSelector('#withdrawals', { state: 'detached' });
  assert.match(await outcome(page, 'done'), /33\.?\d* STAKE came back/, 'lesson 18: the sum of all events');
  assert.equal(wallet.calls.filter((it) => it === 'signDirect').length, signed + 1);
  await assertClean(visit);
  await visit.context.close();
});
