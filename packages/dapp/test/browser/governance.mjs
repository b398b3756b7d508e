// Who can change what: the screen beside what the program says, on a vault whose owner decides things.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { axe, shot, world } from './harness.mjs';
import { execute } from './signed.mjs';
import { assertClean, translateTexts } from './steps.mjs';

const LURE = 'Claim at https://evil.example/claim or [here](javascript:alert(1)) <img src=x onerror=alert(1)> <a href="https://evil.example">x</a>';

/** `defenders verify`, which ends with 1 where not all is ok. */
export function verifyByProgram(...args) {
  try {
    return world.devnet.json('verify', ...args);
  } catch (error) {
    return JSON.parse(error.stdout);
  }
}

async function open() {
  const visit = await world.visit({ wallet: null, route: '#/governance' });
  await visit.page.waitForSelector('#contracts [data-contract=group]');
  await visit.page.waitForSelector('[data-proposal]');
  return visit;
}

async function verify(page, verdict) {
  await page.click('#verify button[type=submit]');
  await page.waitForSelector(`#verdict [data-verdict=${verdict}]`);
  return page.$$eval('.checks li', (rows) =>
    rows.map((row) => ({ what: row.dataset.what, finding: row.dataset.finding, because: row.querySelector('.because').textContent })),
  );
}

/** The program writes instants in UTC, the page as the reader has them. */
const withoutTimes = (checks) => checks.map((it) => ({ ...it, because: it.because.replace(/\d{4}-\d\d-\d\dT[\d:]+Z|[A-Z][a-z]{2} \d+, \d{4}, [\d:]+ [AP]M/g, 'T') }));

export function propose(title, description, acts) {
  const file = join(world.devnet.home, 'proposal.json');
  writeFileSync(file, JSON.stringify({ vault: world.devnet.config.vault, title, description, acts }));
  return world.devnet.json('propose', file, '--send', '--from', 'op-1', '--yes').proposal_id;
}

export const pass = (id) => Promise.all(['op-2', 'op-3'].map((member) => world.devnet.runAside('vote', String(id), 'yes', '--from', member, '--yes')));

test('verify finds what `defenders verify` finds, check by check, and saves it', async () => {
  const visit = await open();
  const { page } = visit;
  const checks = await verify(page, 'ok');
  const report = verifyByProgram();
  assert.equal(checks.length, 22);
  assert.deepEqual(checks, report.checks);
  assert.match(await page.innerText('#verdict'), /All 22 checks are ok/);
  assert.equal(await page.getAttribute('#verdict', 'role'), 'status');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#verify button:text-is("Save as JSON")')]);
  const saved = JSON.parse(readFileSync(await download.path(), 'utf8'));
  assert.deepEqual({ ...saved, height: 0 }, { ...report, height: 0 });
  assert.ok(saved.height <= report.height && report.height - saved.height < 100, `${saved.height}, ${report.height}`);
  const named = await page.$$eval('.checks li', (rows) => rows.filter((row) => row.querySelector('summary').innerText.endsWith(` ${row.dataset.what}`)));
  assert.deepEqual(named, [], 'every check has a sentence');
  await assertClean(visit);
  await visit.context.close();
});

test('another owner or other checksums are not ok; lesson 30: what is not given cannot be told, on a translated page as well', async () => {
  const visit = await open();
  const { page } = visit;
  const { account: alice } = world.devnet.position('alice');
  const list = readFileSync(join(world.devnet.home, 'checksums.txt'), 'utf8').replace(/^.*(  vault\.wasm)/m, `${'0'.repeat(64)}$1`);
  writeFileSync(join(world.devnet.home, 'other.txt'), list);
  await page.click('summary:text-is("What it is held against")');
  await page.fill('#verify-owner', alice);
  await page.setInputFiles('#verify-file', join(world.devnet.home, 'other.txt'));
  await page.waitForFunction(() => document.querySelector('#verify-list').value.includes('0000  vault.wasm'));
  const tampered = await verify(page, 'not_ok');
  const wrong = tampered.filter((it) => it.finding === 'not_ok').map((it) => it.what);
  assert.deepEqual(wrong, ["vault's code", 'owner']);
  assert.deepEqual(tampered, verifyByProgram('--owner', alice, '--checksums', 'other.txt').checks);
  assert.match(await page.innerText('#verdict'), /2 of 22 are not ok: do not deposit/);
  assert.match(await page.innerText('.command code'), new RegExp(`--owner ${alice}`));
  await page.fill('#verify-list', '<html>');
  await page.waitForSelector('#verdict [data-verdict]', { state: 'detached' });
  assert.equal(await page.locator('.checks').count(), 0, 'of other entries it says nothing');
  await page.click('#verify button[type=submit]');
  await page.waitForSelector('#verdict .bad:has-text("no list of checksums")');
  await page.route('**/cosmwasm/**', (route) => route.abort());
  await page.click('#verify button[type=submit]');
  await page.waitForSelector('#verdict .bad:has-text("could not be asked, so nothing can be told")');
  assert.equal(await page.locator('.checks').count(), 0, 'nothing old is taken for an answer');
  await assertClean(visit);
  await visit.context.close();
  world.host.config = { ...world.devnet.config, checksums: undefined, owner: undefined };
  const bare = await open();
  await translateTexts(bare.page);
  const untold = (await verify(bare.page, 'cannot_tell')).filter((it) => it.finding === 'cannot_tell').map((it) => it.what);
  assert.deepEqual(untold, ["vault's code", "pot's code", 'owner', "owner's code", "group's code"]);
  assert.match(await bare.page.innerText('#verdict'), /5 of 22 could not be told: do not take this as ok/);
  world.host.config = world.devnet.config;
  await bare.page.click('text=Show every reason');
  await bare.page.waitForSelector('.checks details:not([open])', { state: 'detached' });
  await assertClean(bare);
  await bare.context.close();
});

test('contracts, roles and rules are those of the chain', async () => {
  const visit = await open();
  const { page } = visit;
  const { vault, owner } = world.devnet.config;
  const card = async (name) => page.innerText(`[data-contract=${name}]`);
  assert.ok((await card('vault')).includes(vault));
  assert.match(await card('vault'), /the contract itself/);
  assert.match(await card('pot'), /the vault, by a change that waits/);
  assert.ok((await card('owner')).includes(owner));
  assert.match(await card('group'), /May replace its code\s+the owner/);
  assert.equal(await page.innerText('#decides'), '3 of 5 votes');
  assert.equal(await page.innerText('#notice'), '30 days');
  assert.match(await page.innerText('#worst-case'), /at most 35 % of the vault/);
  const guardian = world.devnet.json('devnet', 'status', '--home', '.').accounts.find((it) => it.name === 'guardian');
  assert.ok((await page.innerText('#roles')).includes(guardian.address));
  for (const summary of await page.$$('.group:not([open]) summary')) await summary.click();
  const rows = await page.$$eval('[data-setting]', (all) => all.map((row) => [row.dataset.setting, row.cells[0].firstChild.textContent, row.cells[1].innerText, row.cells[2].innerText]));
  assert.equal(rows.length, 34);
  assert.deepEqual(rows.filter(([name, shown]) => name === shown), [], 'every setting has a name for people');
  assert.deepEqual(rows.find(([name]) => name === 'performance_fee_rate').slice(2), ['5 %', '0 % to 10 %']);
  await visit.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.click('[data-contract=vault] button >> nth=0');
  await page.waitForSelector('[data-contract=vault] .copied:has-text("Copied.")');
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), vault);
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 34: links in proposals are inert; what they would do and what waits is told in words', async () => {
  const raise = propose('Raise the fee', 'As agreed.', [{ act: 'settings', set: { performance_fee_rate: '0.08' } }]);
  await pass(raise);
  world.devnet.run('execute', String(raise), '--from', 'op-1', '--yes');
  const lure = propose('Free coins \u202egnp.exe', LURE, [{ act: 'settings', set: { match_cap: '0.45' } }]);
  const visit = await open();
  const { page } = visit;
  const card = page.locator(`[data-proposal="${lure}"]`);
  await card.waitFor();
  assert.equal(await card.getAttribute('data-state'), 'open');
  assert.equal(await page.locator('#proposals a, #proposals img').count(), 0);
  assert.equal(await card.locator('.quoted').innerText(), LURE);
  const told = await card.innerText();
  assert.ok(!told.includes('\u202e') && told.includes('Free coins \\u{202e}gnp.exe'), 'lesson 33: what cannot be seen is spelt out');
  assert.match(told, /Most of a validator’s stake that is the vault’s: 50 % → 45 % \(good for every depositor; acts at once\)/);
  assert.match(told, /1 yes, 0 no, 0 abstain, 0 veto, of 5\. It passes with 3 yes\. Voting ends .* \(in (3 days|2 days 23 hours)\)/);
  await card.locator('summary:text-is("Who voted")').click();
  assert.equal(await card.locator('.voters tbody tr').count(), 5);
  assert.equal(await card.locator('.voters td:text-is("not yet")').count(), 4);
  assert.match(await page.innerText(`[data-proposal="${raise}"] .mark`), /Carried out/);

  const [{ id, due_at: due }] = await changes();
  const change = page.locator(`[data-change="${id}"]`);
  assert.match(await change.innerText(), /Fee on rewards\s+from 5 % to 8 %/);
  assert.match(await change.innerText(), /\(in (30 days|29 days 23 hours)\), by anybody then/);
  assert.match(await change.innerText(), /Ask for your coins back before .*: when all goes well, you are out before it can act/);
  assert.equal(await change.locator('time').first().getAttribute('datetime'), new Date(due * 1000).toISOString());
  await page.click('summary:text-is("The fee")');
  assert.match(await page.innerText('[data-setting=performance_fee_rate]'), new RegExp(`Change ${id} would make it 8 %`));
  const checks = await verify(page, 'ok');
  assert.deepEqual(withoutTimes(checks), withoutTimes(verifyByProgram().checks));

  await pass(lure);
  await page.reload();
  await page.waitForSelector(`[data-proposal="${lure}"][data-state=passed]`);
  const unknown = await verify(page, 'cannot_tell');
  assert.deepEqual(withoutTimes(unknown), withoutTimes(verifyByProgram().checks));
  for (const scheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const width of [360, 768, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await shot(page, `governance-${width}-${scheme}`);
      assert.deepEqual(await axe(page), [], `${width} ${scheme}`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(overflow <= 0, `${overflow} px too wide at ${width}`);
    }
  }
  await assertClean(visit);
  await visit.context.close();
});

async function changes() {
  const asked = Buffer.from('{"changes":{}}').toString('base64');
  const { vault, rest } = world.devnet.config;
  const { data } = await (await fetch(`${rest[0]}/cosmwasm/wasm/v1/contract/${vault}/smart/${encodeURIComponent(asked)}`)).json();
  return data.changes;
}

test('the guardian pulls the brake and cancels a change: both are seen here, and gone afterwards', async () => {
  const [{ id }] = await changes();
  await execute('guardian', { put_brake_on: {} });
  const visit = await open();
  const { page } = visit;
  await page.waitForSelector('#brake[data-on=true]');
  assert.match(await page.innerText('#brake'), /The brake is on until .* \(in 1[34] days.*No deposits/);
  assert.match(await page.innerText('#brake-state'), /^on until/);
  await execute('guardian', { take_brake_off: {} });
  await execute('guardian', { cancel_change: { id } });
  await page.reload();
  await page.waitForSelector('#brake[data-on=false]');
  assert.match(await page.innerText('#brake'), /was used: the guardian cannot put it on again/);
  assert.match(await page.innerText('#changes'), /Nothing waits/);
  await page.goto('about:blank');
  const arm = propose('Arm the brake', 'It was used.', [{ act: 'arm_brake' }]);
  await pass(arm);
  world.devnet.run('execute', String(arm), '--from', 'op-1', '--yes');
  await page.goto(`${world.host.address}#/governance`);
  await page.waitForSelector('#brake[data-on=false]');
  assert.doesNotMatch(await page.innerText('#brake'), /was used/);
  await assertClean(visit);
  await visit.context.close();
});
