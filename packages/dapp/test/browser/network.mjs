// Who holds the power, beside what the program says.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { tableRows, world } from './harness.mjs';
import { assertClean, STAKE } from './steps.mjs';

/** Values of `concentration --json` as the page shows them: rounded down. */
function expectRows({ nakamoto_third: third, nakamoto_two_thirds: twoThirds, effective, top1_share: top1, top10_share: top10 }) {
  const cut = (decimal, places) => {
    const [whole, fraction = ''] = decimal.split('.');
    return `${whole}.${fraction.slice(0, places).padEnd(places, '0')}`;
  };
  const percent = (decimal) => {
    const [whole, fraction = ''] = decimal.split('.');
    const digits = fraction.padEnd(2, '0');
    return `${cut(`${BigInt(whole + digits.slice(0, 2))}.${digits.slice(2)}`, 2)} %`;
  };
  return [String(third), String(twoThirds), cut(effective, 4), percent(top1), percent(top10)];
}

test('the network screen has the numbers of `defenders concentration`', async () => {
  const visit = await world.visit({ wallet: null });
  const { page } = visit;
  const report = world.devnet.json('concentration').by_validator;
  const rows = await tableRows(page, '#concentration');
  assert.deepEqual(rows.map((row) => row[1]), expectRows(report.with));
  assert.deepEqual(rows.map((row) => row[2]), expectRows(report.without));
  assert.match(await page.innerText('h1'), /^Two validators together can halt this chain/);
  assert.deepEqual(await page.$$eval('.curve .count', (nodes) => nodes.map((it) => it.textContent)), rows.slice(0, 2).map((row) => row[1]));
  const summary = await page.textContent('.curve desc');
  assert.match(summary, /^Of 20 validators the 2 largest hold a third/, 'lesson 29: a sentence sums up the plot');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('button[aria-label^="Save as CSV: All validators"]')]);
  const lines = readFileSync(await download.path(), 'utf8').trim().split('\n');
  assert.equal(lines.length, 21);
  assert.equal(lines[0], 'rank,validator,name,tokens,share,cumulative,vault_tokens,height,time');
  const shown = page.locator('#validators tbody tr:visible');
  assert.equal(await shown.count(), 10);
  await page.click('text=Show all 20');
  assert.equal(await shown.count(), 20);
  await assertClean(visit);
  await visit.context.close();
});

test('the slider shows what a deposit does here and at the largest, as `concentration --deposit` has it', async () => {
  const visit = await world.visit({ wallet: null });
  const { page } = visit;
  for (const key of ['Home', 'End', 'ArrowLeft']) {
    await page.focus('#slider');
    await page.keyboard.press(key);
    const amount = (await page.innerText('label[for=slider] strong')).replace(/[^\d.]/g, '');
    const report = world.devnet.json('concentration', '--deposit', `${amount}STAKE`).by_validator;
    const rows = await tableRows(page, '#effect-table');
    assert.deepEqual(rows.map((row) => row[1]), expectRows(report.after), `${amount} here`);
    assert.deepEqual(rows.map((row) => row[2]), expectRows(report.at_top), `${amount} at the largest`);
  }
  await assertClean(visit);
  await visit.context.close();
});
