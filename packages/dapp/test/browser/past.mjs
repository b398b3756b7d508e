// The numbers of concentration at past blocks, of a node that prunes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { axe, shot, tableRows, world } from './harness.mjs';
import { assertClean } from './steps.mjs';

const HEIGHT = 'x-cosmos-block-height';
const ASK = '#history .actions button';

/** S^2 / sum v^2 of the bonded validators at a block, cut after four decimals. */
async function effectiveAt(height) {
  const path = '/cosmos/staking/v1beta1/validators?status=BOND_STATUS_BONDED&pagination.limit=200';
  const answer = await fetch(world.devnet.config.rest[0] + path, { headers: { [HEIGHT]: String(height) } });
  const tokens = (await answer.json()).validators.map((it) => BigInt(it.tokens));
  const sum = tokens.reduce((a, b) => a + b, 0n);
  const squares = tokens.reduce((a, b) => a + b * b, 0n);
  return Number((sum * sum * 10_000n) / squares) / 10_000;
}

test('the past is read when asked for, and its numbers are those of the node at each block', async () => {
  const visit = await world.visit({ wallet: null });
  const { page, requests } = visit;
  await tableRows(page, '#concentration');
  assert.equal(await page.locator('#past').count(), 0, 'nothing is read before somebody asks');
  await page.click(ASK);
  const rows = await tableRows(page, '#past');
  assert.ok(rows.length >= 2 && rows.length <= 12, `${rows.length} blocks`);
  for (const row of [rows[0], rows.at(-1)]) {
    assert.equal(Number(row[4]), await effectiveAt(row[1].replace(/\D/g, '')), `block ${row[1]}`);
  }
  const report = world.devnet.json('concentration').by_validator;
  assert.equal(rows.at(-1)[2], String(report.with.nakamoto_third));
  assert.ok(report.without.effective.startsWith(rows.at(-1)[5]));
  assert.match(await page.textContent('.past desc'), /^From .* the effective number/, 'lesson 29: a sentence sums up the plot');
  assert.match(await page.innerText('#history'), /goes back to the first block|thrown away what is older than about block/);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('button[aria-label^="Save as CSV: The numbers at past"]')]);
  const lines = readFileSync(await download.path(), 'utf8').trim().split('\n');
  assert.equal(lines.length, rows.length + 1);
  assert.match(lines[0], /^height,time,nakamoto_third_with,/, 'lesson 29: height and time');
  assert.deepEqual(await axe(page), []);
  await shot(page, 'network-past');
  const isPast = (url) => url.includes('/staking/v1beta1/validators');
  const before = requests.filter(isPast).length;
  await page.click(ASK);
  await page.waitForSelector('#past');
  await page.waitForSelector(`${ASK}[aria-disabled=false]`);
  assert.ok(await page.evaluate((it) => document.activeElement.matches(it), ASK), 'the focus stays');
  assert.match(await page.innerText('#history [role=status]'), /blocks are read/);
  assert.ok(requests.filter(isPast).length - before <= 12, 'what was read is not read again in vain');
  await assertClean(visit);
  await visit.context.close();
});

test('a node that has pruned says how far back it goes; one that cannot tell is told of', async () => {
  const visit = await world.visit({ wallet: null });
  const { page } = visit;
  await tableRows(page, '#concentration');
  const asked = (route) => Number(route.request().headers()[HEIGHT]);
  const { height } = world.devnet.json('devnet', 'status', '--home', '.');
  const first = height - 20;
  await page.route('**/cosmos/base/node/v1beta1/status', (route) =>
    asked(route) < first
      ? route.fulfill({ status: 500, json: { code: 2, message: `failed to load state at height ${asked(route)}; version does not exist` } })
      : route.continue(),
  );
  await page.click(ASK);
  const rows = await tableRows(page, '#past');
  const told = Number((await page.innerText('#history')).match(/older than about block ([\d,]+)/)[1].replace(/\D/g, ''));
  assert.equal(Number(rows[0][1].replace(/\D/g, '')), told);
  assert.ok(told >= first && told <= first + 15, `${told} of ${first}`);
  await page.unroute('**/cosmos/base/node/v1beta1/status');

  // it answers for its latest block, whatever it is asked: numbers of the wrong time are worse than none
  await page.route('**/cosmos/base/node/v1beta1/status', (route) =>
    route.fulfill({ json: { height: '987654', timestamp: '2026-01-01T00:00:00Z' } }),
  );
  await page.evaluate(() => sessionStorage.clear());
  await page.reload();
  await page.click(ASK);
  await page.waitForSelector('text=This node cannot tell of past blocks');
  assert.equal(await page.locator('#past').count(), 0);
  await page.unroute('**/cosmos/base/node/v1beta1/status');

  // gone in the middle, and back again
  await page.route('**/cosmos/base/node/v1beta1/status', (route) => route.abort());
  await page.click(ASK);
  await page.waitForSelector('text=does not let web pages ask');
  await page.unroute('**/cosmos/base/node/v1beta1/status');
  await page.click(ASK);
  await page.waitForSelector('#past');
  await assertClean(visit);
  await visit.context.close();
});

test('the curve is read point by point, with the keyboard and with the pointer', async () => {
  const visit = await world.visit({ wallet: null });
  const { page } = visit;
  const rows = await tableRows(page, '#validators');
  await page.focus('#reader');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const spoken = await page.getAttribute('#reader', 'aria-valuetext');
  for (const part of [rows[2][1], rows[2][3], rows[2][4]]) assert.ok(spoken.includes(part), `${part} in ${spoken}`);
  assert.equal((await page.innerText('.reader')).replace(/\s+/g, ' '), spoken);
  const box = await page.locator('.curve').first().boundingBox();
  await page.mouse.move(box.x + box.width - 3, box.y + box.height / 2);
  assert.match(await page.innerText('.reader'), /^20\..* 100\.00 %/);
  await assertClean(visit);
  await visit.context.close();
});

test('the tables of measures are files as well', async () => {
  const visit = await world.visit({ wallet: null });
  const { page } = visit;
  const report = world.devnet.json('concentration').by_validator;
  for (const [table, names] of [['With the vault', ['with', 'without']], ['The chain after', ['here', 'at_top']]]) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.click(`button[aria-label^="Save as CSV: ${table}"]`)]);
    const lines = readFileSync(await download.path(), 'utf8').trim().split('\n').map((it) => it.split(','));
    assert.deepEqual(lines.slice(1).map((it) => it[0]), names);
    if (names[0] === 'with') assert.equal(lines[1][3], report.with.effective);
    assert.match(lines[1].at(-1), /^\d{4}-/, 'lesson 29: height and time');
  }
  await assertClean(visit);
  await visit.context.close();
});

test('blocks of earlier visits come before those that the node still has', async () => {
  const visit = await world.visit({ wallet: null });
  const { page } = visit;
  await tableRows(page, '#concentration');
  const { chainId, vault } = world.devnet.config;
  const key = `defenders.seen.${chainId}.${vault}`;
  const [entered] = JSON.parse(await page.evaluate((it) => localStorage.getItem(it), key));
  assert.ok(entered.height > 1, 'the present block is entered');
  const { height } = world.devnet.json('devnet', 'status', '--home', '.');
  await page.route('**/cosmos/base/node/v1beta1/status', (route) =>
    Number(route.request().headers()[HEIGHT]) < height - 30
      ? route.fulfill({ status: 500, json: { code: 2, message: 'version does not exist' } })
      : route.continue(),
  );
  const state = (effective) => ({ holders: 9, nakamoto_third: 1, nakamoto_two_thirds: 4, effective, top1_share: '0.4', top10_share: '1' });
  const earlier = { height: 2, time: entered.time - 30 * 86_400, with: state('6.125'), without: state('6') };
  await page.evaluate(([it, value]) => localStorage.setItem(it, value), [key, JSON.stringify([earlier, entered])]);
  await page.click(ASK);
  const rows = await tableRows(page, '#past');
  assert.deepEqual(rows[0].slice(1), ['2', '1', '4', '6.1250', '6.0000', '40.00 %']);
  assert.match(await page.innerText('#history'), /from your last visits/);
  await assertClean(visit);
  await visit.context.close();
});
