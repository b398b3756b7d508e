// What the tests of the Defenders do and ask.
import assert from 'node:assert/strict';
import { tableRows, world } from './harness.mjs';

/** Tokens as the table shows them: two places, cut off. */
export function show(tokens, places = 2) {
  const digits = tokens.toString().padStart(7, '0');
  const fraction = digits.slice(-6).slice(0, places).replace(/0+$/, '');
  const whole = Number(digits.slice(0, -6)).toLocaleString('en-US');
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

/** In a column: always two places. */
export function align(tokens) {
  const [whole, fraction = ''] = show(tokens).split('.');
  return `${whole}.${fraction.padEnd(2, '0')}`;
}

/** With the symbol: six places below a thousand. */
export function showAmount(tokens) {
  return `${show(tokens, tokens >= 1_000_000_000n ? 2 : 6)} STAKE`;
}

export async function askVault(question) {
  const { rest, vault } = world.devnet.config;
  const asked = encodeURIComponent(Buffer.from(JSON.stringify(question)).toString('base64'));
  return (await (await fetch(`${rest[0]}/cosmwasm/wasm/v1/contract/${vault}/smart/${asked}`)).json()).data;
}

/** Who is listed, with the chain's tokens and the vault's delegation. */
export async function listedRows() {
  const [rest] = world.devnet.config.rest;
  const read = async (path) => (await fetch(`${rest}/cosmos/staking/v1beta1/${path}`)).json();
  const { validators: known } = await askVault({ validators: { limit: 30 } });
  const { validators } = await read('validators');
  const { delegation_responses: delegations } = await read(`delegations/${world.devnet.config.vault}`);
  const tokens = new Map(validators.map((it) => [it.operator_address, BigInt(it.tokens)]));
  const delegated = new Map(delegations.map((it) => [it.delegation.validator_address, BigInt(it.balance.amount)]));
  return known
    .filter((it) => it.listed)
    .map(({ validator, listing }) => ({
      validator,
      name: listing.name,
      tokens: tokens.get(validator),
      delegated: delegated.get(validator) ?? 0n,
    }));
}

/** The list is there. */
export async function ready(page) {
  await page.waitForSelector('#operator-count');
}

/** By the field for any validator. */
export async function openOperator(page, name) {
  await page.goto(`${world.host.address}#/defenders`);
  await page.fill('#any-validator', name);
  await page.click('button:text-is("Look it up")');
  await page.waitForSelector(`h1:has-text("${name}")`);
  await page.waitForSelector('#acts');
}

/** What the page says of one is what `defenders explain --json` says. */
export async function assertExplained(page, name, ...args) {
  const report = world.devnet.json('explain', name, ...args);
  const shown = await page.$$eval('#acts tbody tr', (rows) => rows.map((row) => [row.dataset.act, ...Array.from(row.cells, (cell) => cell.innerText.trim()).slice(1)]));
  const signed = (change) => (change.startsWith('-') ? `−${showAmount(BigInt(change.slice(1)))}` : change === '0' ? '0 STAKE' : `+${showAmount(BigInt(change))}`);
  assert.deepEqual(shown, report.what_if.map((row) => [row.act, showAmount(BigInt(row.target)), signed(row.change)]), name);
  assert.equal(await page.locator('text=These are approximations').count(), report.is_exact ? 0 : 1);
  assert.equal(await page.innerText('#self-bond'), showAmount(BigInt(report.on_chain.self_bond)));
  assert.match(await page.innerText('#rank'), report.on_chain.rank === null ? /not among/ : new RegExp(`^${report.on_chain.rank} of ${report.on_chain.bonded_validators}$`));
  if (report.explain === null) {
    assert.equal(await page.locator('#obstacles li').count(), report.obstacles.length);
    return report;
  }
  assert.equal(await page.innerText('#target'), showAmount(BigInt(report.explain.target)));
  if (report.explain.caps.length > 0) {
    const caps = (await tableRows(page, '#caps')).map((row) => row.slice(1));
    assert.deepEqual(caps, report.explain.caps.map((cap) => [cap.tokens, cap.held, cap.slack].map((it) => showAmount(BigInt(it)))), name);
  }
  return report;
}

/** Answers of the node at a path, changed. */
export async function editPath(page, path, edit) {
  await page.route(path, async (route) => {
    const answer = await (await route.fetch()).json();
    edit(answer);
    await route.fulfill({ json: answer });
  });
}
