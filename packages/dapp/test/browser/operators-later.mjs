// What becomes of operators: missed blocks, jail, two blocks of one height. Time jumps in it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, shot, world } from './harness.mjs';
import { assertExplained, listedRows, openOperator, ready, showAmount } from './operators-steps.mjs';
import { ask, assertClean, get } from './steps.mjs';

test('missed blocks, jail and two blocks of one height are told before and after the vault has read them', async () => {
  const run = (...args) => world.devnet.run('devnet', ...args, '--home', '.');
  // without stake of the vault: nobody's shares are slashed
  const [absent, jailed, dead] = (await listedRows()).filter((it) => it.delegated === 0n).map((it) => it.name);
  run('absent', absent);
  run('jail', jailed);
  run('double-sign', dead);
  const visit = await world.visit({ wallet: null, route: '#/defenders' });
  const { page } = visit;
  await ready(page);
  const row = (name) => page.locator('#operators tbody tr', { hasText: name });
  assert.match(await row(jailed).innerText(), /It is jailed[^]*The vault has not read that yet/);
  assert.match(await row(dead).innerText(), /signed two blocks of one height[^]*The vault has not read that yet/);
  await page.selectOption('#filter', 'trouble');
  assert.deepEqual((await page.locator('#operators tbody tr').count()), 2);
  await page.selectOption('#filter', 'all');
  const report = await explained(page, jailed);
  assert.equal(report.unseen, 'jailed');
  assert.match(await page.innerText('main'), /The vault has not read that yet/);

  await openOperator(page, absent);
  assert.match(await page.innerText('#uptime'), /^\d\d\.\d+ %\s+missed [1-9]\d* of the last [\d,]+ blocks$/);
  run('absent');

  world.devnet.advance('25h');
  world.devnet.keep();
  await page.reload();
  await page.waitForSelector('#acts');
  const read = await explained(page, jailed);
  assert.equal(read.unseen, null);
  assert.equal(read.explain.exclusion, 'jailed');
  const text = await page.innerText('main');
  assert.match(text, /no new stake since [^:]*: it is jailed/);
  assert.match(text, /What would clear it/);
  await openOperator(page, dead);
  assert.equal(await page.locator('#badge').count(), 0);
  assert.match(await page.innerText('main'), /nothing: its operator would have to begin anew/);
  assert.deepEqual(await axe(page), []);
  await shot(page, 'operator-tombstoned');
  await page.goto(`${world.host.address}#/defenders`);
  await ready(page);
  await page.selectOption('#filter', 'trouble');
  assert.deepEqual(await axe(page), []);
  await shot(page, 'defenders-trouble');
  await assertClean(visit);
  await visit.context.close();
});

test('stake that the chain has burnt and the vault still counts is told where coins go in and are counted', async () => {
  // with stake of the vault, and the last act of this devnet
  const slashed = (await listedRows()).find((it) => it.delegated > 0n);
  world.devnet.run('devnet', 'double-sign', slashed.name, '--home', '.');
  const visit = await world.visit({ wallet: null, route: '#/deposit' });
  const { page } = visit;
  await page.waitForSelector('#unbooked:has-text("Wait with your deposit")');
  const [{ bonded }, { delegation_responses: there }] = [
    await ask({ totals: {} }),
    await get(`/cosmos/staking/v1beta1/delegations/${world.devnet.config.vault}?pagination.limit=500`),
  ];
  const burnt = BigInt(bonded) - there.reduce((sum, it) => sum + BigInt(it.balance.amount), 0n);
  assert.ok((await page.innerText('#unbooked')).includes(`has burnt ${showAmount(burnt)}`));
  await page.goto(`${world.host.address}#/`);
  const active = new Set((await get('/cosmos/staking/v1beta1/validators?status=BOND_STATUS_BONDED')).validators.map((it) => it.operator_address));
  const resting = there.filter((it) => !active.has(it.delegation.validator_address)).reduce((sum, it) => sum + BigInt(it.balance.amount), 0n);
  await page.waitForSelector(`text=${showAmount(resting)} more of its stake is with validators that make no blocks now`);
  await openOperator(page, slashed.name);
  assert.match(await page.innerText('#why'), /the vault still counts [\d,.]+ STAKE: it was slashed/);
  await assertClean(visit);
  await visit.context.close();
});

async function explained(page, name) {
  await openOperator(page, name);
  return assertExplained(page, name);
}
