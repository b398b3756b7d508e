// What strangers put on chain or under the vault's address, and what people who cannot see meet on the way.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pass, propose } from './governance.mjs';
import { axe, shot, tableRows, world } from './harness.mjs';
import { execute } from './sign.mjs';
import { assertClean } from './steps.mjs';

const at = (route) => `${world.host.address}${route}`;
/** A load of its own: what was read before is gone. */
async function load(page, route) {
  await page.goto('about:blank');
  await page.goto(at(route));
}

test('an address where no vault stands is told on every screen, and can be verified all the same', async () => {
  world.host.config = { ...world.devnet.config, vault: world.devnet.config.owner };
  const visit = await world.visit({ wallet: null });
  const { page } = visit;
  for (const route of ['#/', '#/deposit', '#/defenders', '#/how-it-works', '#/governance']) {
    await load(page, route);
    await page.waitForSelector(`[role=alert]:has-text("${world.devnet.config.owner} does not answer as a vault of the Defenders. Do not deposit here")`);
    assert.equal(await page.locator('h1').count(), 1, route);
  }
  await page.focus('#verify button[type=submit]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#verdict [data-verdict=not_ok]');
  assert.equal(await page.evaluate(() => document.activeElement.type), 'submit', 'who started it stays there');
  const wrong = await page.$$eval('.checks [data-finding=not_ok]', (rows) => rows.map((row) => row.dataset.what));
  assert.deepEqual(wrong, ['what it answers', "vault's code", "vault's name and version"]);
  assert.doesNotMatch(await page.innerText('main'), /^Neither owner nor guardian/m);
  assert.deepEqual(await axe(page), []);
  world.host.config = world.devnet.config;
  await assertClean(visit);
  await visit.context.close();
});

test('what waits can be read at every width, and who is to be taken away is told', async () => {
  const loosen = propose('Loosen', 'As agreed.', [{ act: 'settings', set: { match_cap: '0.6', guardian: null, vault_share_cap: '0.2' } }]);
  await pass(loosen);
  const visit = await world.visit({ wallet: null, route: '#/governance' });
  const { page } = visit;
  const card = page.locator(`[data-proposal="${loosen}"]`);
  await card.waitFor();
  assert.match(await card.innerText(), /Guardian: wasm1\w+ → none/);
  world.devnet.run('execute', String(loosen), '--from', 'op-1', '--yes');
  await load(page, '#/governance');
  await page.locator('[data-change]').nth(2).waitFor();
  for (const width of [360, 768, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    const cards = await page.$$eval('[data-change]', (all) =>
      all.map((it) => {
        const box = it.getBoundingClientRect();
        const cells = [...it.querySelectorAll('dd')].map((cell) => cell.getBoundingClientRect());
        return { height: box.height, narrowest: Math.min(...cells.map((cell) => cell.width)), isInside: cells.every((cell) => cell.right <= box.right) };
      }),
    );
    assert.equal(cards.length, 3);
    for (const { height, narrowest, isInside } of cards) {
      assert.ok(narrowest > 180 && height < 700 && isInside, `${width}: ${JSON.stringify(cards)}`);
    }
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `too wide at ${width}`);
    await shot(page, `governance-waiting-${width}`);
  }
  await assertClean(visit);
  await visit.context.close();
});

test('a proposal of many messages and a long text does not bury the others, and hides nothing', async () => {
  const { vault, owner } = world.devnet.config;
  const call = (msg) => ({ wasm: { execute: { contract_addr: vault, msg: Buffer.from(JSON.stringify(msg)).toString('base64'), funds: [] } } });
  const caps = Array.from({ length: 12 }, (_, index) => call({ propose_settings: { settings: [{ name: 'match_cap', value: `0.${30 + index}` }] } }));
  const description = `${'A'.repeat(4_000)}${'\n'.repeat(100)}the end`;
  // the program refuses to propose this: a stranger's own does not
  await execute('op-1', owner, { propose: { title: 'T'.repeat(180), description, msgs: [...caps, call({ arm_brake: {} })], latest: null } });
  const visit = await world.visit({ wallet: null, route: '#/governance', width: 360, height: 740 });
  const { page } = visit;
  const card = page.locator('[data-proposal]', { hasText: 'TTTT' });
  await card.waitFor();
  assert.ok((await card.boundingBox()).height < 3_000, `${(await card.boundingBox()).height} px`);
  // what is unlike the rest stands in the open
  assert.ok(await card.locator('code:text-is("arm_brake")').isVisible());
  const visible = () => card.locator('code:text-is("propose_settings") >> visible=true').count();
  assert.equal(await visible(), 3);
  await card.locator('summary:has-text("and 9 more of these kinds")').click();
  assert.equal(await visible(), 12);
  const long = card.locator('.quoted.long').last();
  assert.ok((await long.textContent()).endsWith('the end'));
  await long.focus();
  await page.keyboard.press('End');
  await page.waitForFunction((it) => it.scrollTop > 0, await long.elementHandle());
  assert.deepEqual(await axe(page), []);
  await assertClean(visit);
  await visit.context.close();
});

test('digits and dates are the same for a reader whose browser has others', async () => {
  const visit = await world.visit({ wallet: null, locale: 'ar-EG' });
  const { page } = visit;
  for (const [route, ready] of [['#/defenders', '#operators'], ['#/governance', '[data-proposal]']]) {
    await load(page, route);
    await page.waitForSelector(ready);
    await page.$$eval('main details', (all) => all.forEach((it) => (it.open = true)));
    assert.doesNotMatch(await page.innerText('main'), /[\u0600-\u06ff]/, route);
  }
  await assertClean(visit);
  await visit.context.close();
});

test('a screen that cannot be read has its heading, and rows that appear keep the keyboard at their table', async () => {
  const visit = await world.visit({ wallet: null });
  const { page } = visit;
  await tableRows(page, '#validators');
  await page.focus('button:text-matches("Show all \\\\d+")');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.querySelector('#validators') !== null && document.activeElement.matches('[role=region]'));
  await page.route('**/cosmos/staking/v1beta1/validators?*', (route) => route.abort());
  for (const [route, name, title] of [['#/', 'Network', 'Who holds the power on this chain'], ['#/defenders', 'Defenders', 'The Defenders']]) {
    await load(page, route);
    await page.waitForSelector('[role=alert]:has-text("This cannot be read now.")');
    assert.deepEqual(await page.locator('h1').allInnerTexts(), [title]);
    assert.equal(await page.getAttribute('main', 'aria-label'), name);
    assert.deepEqual(await axe(page), []);
  }
  await assertClean(visit);
  await visit.context.close();
});

test('stake that the vault still moves is told beside a deposit, and not as what the deposit does', async () => {
  const visit = await world.visit({ wallet: null });
  const { page } = visit;
  await page.waitForSelector('#effect-told');
  const told = () => page.innerText('#effect');
  assert.doesNotMatch(await told(), /still moves stake/);
  await page.route('**/cosmos/staking/v1beta1/delegations/*', async (route) => {
    const answer = await (await route.fetch()).json();
    // as if a tenth of it were on its way
    answer.delegation_responses[0].balance.amount = '0';
    await route.fulfill({ json: answer });
  });
  await load(page, '#/');
  await page.waitForSelector('#effect-told');
  await page.focus('#slider');
  await page.keyboard.press('Home');
  const [, alone, here] = (await told()).match(/1 STAKE more in the vault make it ([\d.]*\d)[^]*without any deposit that alone makes it ([\d.]*\d)/) ?? [];
  assert.ok(Math.abs(Number(alone) - Number(here)) < 0.0002, `one STAKE does nothing: ${await told()}`);
  await assertClean(visit);
  await visit.context.close();
});

test('a vault whose code somebody may replace at any moment promises no notice', async () => {
  const { vault, owner } = world.devnet.config;
  const visit = await world.visit({ wallet: null });
  const { page } = visit;
  await page.route(`**/cosmwasm/wasm/v1/contract/${vault}`, async (route) => {
    const answer = await (await route.fetch()).json();
    answer.contract_info.admin = owner;
    await route.fulfill({ json: answer });
  });
  await load(page, '#/governance');
  await page.waitForSelector('#notice:text-is("none: its code can be replaced at any moment")');
  assert.match(await page.innerText('#contracts'), /not their own admin.*Do not deposit/);
  assert.doesNotMatch(await page.innerText('#contracts'), /only by a change that waits, as above/);
  await verifyNotOk(page, "who may replace the vault's code");
  await load(page, '#/how-it-works');
  await page.waitForSelector('.lesson .notice.bad:has-text("somebody may replace its code at any moment")');
  await page.unroute(`**/cosmwasm/wasm/v1/contract/${vault}`);
  await load(page, '#/how-it-works');
  await page.waitForSelector('.lesson section');
  assert.equal(await page.locator('.lesson .notice.bad').count(), 0);
  await assertClean(visit);
  await visit.context.close();
});

async function verifyNotOk(page, what) {
  await page.click('#verify button[type=submit]');
  await page.waitForSelector(`.checks [data-finding=not_ok][data-what="${what}"]`);
}
