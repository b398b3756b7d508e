// The education part, with the numbers of this chain and this vault.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, shot, tableRows, world } from './harness.mjs';
import { ask, assertClean, get } from './steps.mjs';

const percent = (decimal) => `${Number((Number(decimal) * 100).toFixed(4))} %`;

test('the text has the numbers of the chain and of the vault', async () => {
  const visit = await world.visit({ wallet: null, route: '#/how-it-works' });
  const { page } = visit;
  const limits = await tableRows(page, '#limits');
  const [config, worst, slashing] = await Promise.all([ask({ config: {} }), ask({ worst_case: {} }), get('/cosmos/slashing/v1beta1/params')]);
  const report = world.devnet.json('concentration').by_validator;
  const { params } = slashing;
  const read = async (id) => (await page.innerText(`section#${id}`)).replace(/\s+/g, ' ');
  const power = await read('power');
  assert.ok(power.includes(`has ${report.with.holders} of them`));
  assert.ok(power.includes(`Here that takes ${report.with.nakamoto_third}.`));
  assert.ok(power.includes(`Here that takes ${report.with.nakamoto_two_thirds}.`));
  assert.ok((await read('slashing')).includes(`${percent(params.slash_fraction_double_sign)} is burnt, and it is out for good`));
  assert.ok((await read('slashing')).includes(`${percent(params.slash_fraction_downtime)} is burnt`));
  assert.ok((await read('slashing')).includes('of 1,000 blocks'));
  assert.ok((await read('leaving')).includes(`for ${config.unbonding_time / 86_400} days first`));
  assert.ok((await read('control')).includes(`must wait for ${Math.ceil(worst.exit_delay / 86_400)} days`));
  assert.ok((await read('control')).includes(`${percent(worst.share)} of the vault's stake at most`));
  assert.ok((await read('control')).includes('3 of its 5 votes'));
  assert.ok((await read('fees')).includes(`The vault takes ${percent(config.fee.performance_fee_rate)} of the rest`));
  assert.ok((await read('risks')).includes(`At ${percent(config.self_limit)} of all stake`));
  const { policy } = config;
  assert.deepEqual(
    limits.map((row) => row[1]),
    [policy.vault_share_cap, policy.chain_share_cap, policy.match_cap, policy.operator_cap, policy.hosting_cap, policy.jurisdiction_cap].map(percent),
  );
  assert.match(await page.textContent('.shares desc'), new RegExp(`the ${report.with.nakamoto_third} largest hold a third`), 'lesson 29: a sentence sums up the plot');
  assert.ok((await page.locator('dfn').count()) >= 10);
  assert.match(await read('safety'), /seed phrase/, 'lesson 35');
  await assertClean(visit);
  await visit.context.close();
});

test('each section has an address of its own, which the list of contents leads to', async () => {
  const visit = await world.visit({ wallet: null, route: '#/how-it-works/slashing' });
  const { page } = visit;
  const focused = () => page.evaluate(() => document.activeElement.id);
  await page.waitForFunction(() => document.activeElement.id === 'slashing-title');
  const top = await page.locator('#slashing-title').evaluate((it) => it.getBoundingClientRect().top);
  assert.ok(top >= 0 && top < 200, `${top}`);
  const links = page.locator('.contents a');
  for (let index = 0; index < (await links.count()); index += 1) {
    const href = await links.nth(index).getAttribute('href');
    await links.nth(index).focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction((it) => document.activeElement.id === `${it.split('/').at(-1)}-title`, href);
    assert.ok(page.url().endsWith(href));
  }
  // the same one again, as after scrolling away
  await page.evaluate(() => window.scrollTo(0, 0));
  await links.last().click();
  assert.equal(await focused(), 'words-title');
  await page.click('section#vault a');
  await page.waitForSelector('#amount');
  await page.goto(`${world.host.address}#/how-it-works/nothing`);
  await page.waitForSelector('#limits');
  await assertClean(visit);
  await visit.context.close();
});

test('while no node answers it says so, and a second try reads', async () => {
  const visit = await world.visit({ wallet: null, route: '#/deposit' });
  const { page } = visit;
  await page.waitForSelector('#amount');
  await page.route('**/cosmos/slashing/**', (route) => route.abort());
  await page.click('nav a[href="#/how-it-works"]');
  await page.waitForSelector('[role=alert]');
  assert.match(await page.innerText('h1'), /How it works/);
  // in this order: it is asked again without the button, too
  await page.click('[role=alert] button');
  await page.unroute('**/cosmos/slashing/**');
  await page.waitForSelector('#limits');
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 33: names that strangers chose break neither text nor layout', async () => {
  const visit = await world.visit({ wallet: null, width: 360, height: 740 });
  const { page } = visit;
  const names = ['W'.repeat(70), '<img src=x onerror=alert(1)>', '\u202Eevil\u2066', 'م'.repeat(60), '\u200B'];
  await page.route('**/cosmos/staking/v1beta1/validators?*', async (route) => {
    const answer = await (await route.fetch()).json();
    answer.validators.sort((a, b) => Number(BigInt(b.tokens) - BigInt(a.tokens)));
    answer.validators.forEach((it, index) => (it.description.moniker = names[index % names.length]));
    await route.fulfill({ json: answer });
  });
  for (const [route, table] of [['#/how-it-works', '#largest'], ['#/', '#validators']]) {
    // a load of its own: the names are read anew
    await page.goto('about:blank');
    await page.goto(world.host.address + route);
    const rows = (await tableRows(page, table)).slice(0, 5).map((row) => (table === '#largest' ? row[0] : row[1]));
    assert.deepEqual(rows, [names[0], names[1], 'evil', names[3], '(no name)']);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(overflow <= 0, `${route} is ${overflow} px too wide`);
    assert.equal(await page.locator('main img, main a[href^="http"]').count(), 0);
    assert.deepEqual(await axe(page), []);
    await shot(page, `names-${route.slice(2) || 'network'}`);
  }
  await assertClean(visit);
  await visit.context.close();
});
