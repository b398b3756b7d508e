// How the page looks to somebody who came to use it: with an account connected, on a phone, with rows in its tables.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, shot, tableRows, world } from './harness.mjs';
import { ask, assertClean, cutOff } from './steps.mjs';

const connect = async (page) => {
  await page.click('header button:text-is("Connect wallet")');
  await page.waitForSelector('.account:has-text("alice")');
};

test('with an account connected the head is one row, at every width', async () => {
  const visit = await world.visit();
  const { page } = visit;
  await connect(page);
  for (const width of [360, 420, 768, 1024, 1121, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    const bar = await page.locator('header .bar').boundingBox();
    assert.ok(bar.height < 72, `at ${width} px the head takes ${bar.height} px`);
    assert.deepEqual(await cutOff(page, 'header'), [], `at ${width} px`);
  }
  // on a phone one disconnects in the menu
  await page.setViewportSize({ width: 360, height: 740 });
  const disconnect = page.locator('.account button');
  assert.equal(await disconnect.isVisible(), false);
  const menu = page.locator('button.menu');
  const before = await menu.boundingBox();
  await menu.click();
  await disconnect.waitFor();
  assert.deepEqual(await menu.boundingBox(), before, 'what opens the menu closes it at the same place');
  assert.deepEqual(await axe(page), []);
  await shot(page, 'menu-360-light');
  await disconnect.click();
  await page.waitForSelector('.account', { state: 'detached' });
  await assertClean(visit);
  await visit.context.close();
});

test('no screen is cut off on a phone or a tablet, and no sign touches its own edge', async () => {
  const [{ operator }] = world.devnet.json('devnet', 'status', '--home', '.').validators;
  for (const width of [360, 768]) {
    const visit = await world.visit({ width, height: 800, scheme: 'dark' });
    const { page } = visit;
    await connect(page);
    for (const [route, ready] of [
      ['#/position', '#history table'],
      ['#/spread', '#spread-review'],
      ['#/defenders', '.mark'],
      ['#/governance', '#contracts'],
      [`#/defenders/${operator}`, '#acts'],
    ]) {
      await page.goto(world.host.address + route);
      await page.waitForSelector(ready);
      await shot(page, `${route.slice(2, 14).replace('/', '-')}-${width}-dark`);
      assert.deepEqual(await cutOff(page, 'main'), [], `${route} at ${width} px`);
      const bare = await page.$$eval('.mark', (all) => all.filter((it) => parseFloat(getComputedStyle(it).paddingInlineStart) < 4).map((it) => it.innerText));
      assert.deepEqual(bare, [], `${route} at ${width} px`);
    }
    await assertClean(visit);
    await visit.context.close();
  }
});

test('cards of facts use their width: no name beside its value leaves it less than half', async () => {
  const visit = await world.visit({ wallet: null, route: '#/governance', width: 360, height: 740 });
  const { page } = visit;
  await page.waitForSelector('#contracts .card');
  const narrow = await page.$$eval('#roles .card, #contracts .card', (cards) =>
    cards.flatMap((card) => {
      const inner = card.clientWidth - 2 * parseFloat(getComputedStyle(card).paddingInlineStart);
      return [...card.querySelectorAll('dd')].filter((it) => it.clientWidth < inner * 0.9).map((it) => it.innerText.slice(0, 30));
    }),
  );
  assert.deepEqual(narrow, []);
  await assertClean(visit);
  await visit.context.close();
});

test('on a phone heads of tables are whole words, and what will happen stands below the amount, before all else', async () => {
  const visit = await world.visit({ wallet: null, width: 360, height: 740 });
  const { page } = visit;
  await tableRows(page, '#validators');
  const { head, caption } = await page.$eval('#validators', (table) => ({
    head: table.tHead.getBoundingClientRect().height,
    caption: table.caption.getBoundingClientRect().right,
  }));
  assert.ok(head < 100, `the head of the table is a tower of ${head} px`);
  assert.ok(caption <= 360, `its name ends at ${caption} px`);
  await page.goto(`${world.host.address}#/deposit`);
  await page.waitForSelector('#before-deposit');
  const tops = await page.$$eval('form > *', (parts) => parts.map((it) => it.getBoundingClientRect().top));
  assert.deepEqual(tops, [...tops].sort((a, b) => a - b));
  assert.equal(await page.innerText('form > :nth-child(2) h2'), 'What will happen');
  await assertClean(visit);
  await visit.context.close();
});

test('shares in a column stand below each other by their decimal mark', async () => {
  const visit = await world.visit({ wallet: null });
  const { page } = visit;
  for (const row of await tableRows(page, '#validators')) {
    for (const share of [row[3], row[4]]) assert.match(share, /^\d+\.\d\d %$/);
  }
  await assertClean(visit);
  await visit.context.close();
});

test('before anything is signed a deposit says what can be lost, what is kept, and when one is out', async () => {
  const visit = await world.visit({ wallet: null, route: '#/deposit', width: 360, height: 740 });
  const { page } = visit;
  await page.waitForSelector('#before-deposit');
  const told = await page.innerText('#before-deposit');
  const { fee, unbonding_time: unbonding } = await ask({ config: {} });
  assert.match(told, /lose/);
  assert.match(told, /No outside firm has checked/);
  assert.match(told, new RegExp(`${Number(fee.performance_fee_rate) * 100} % of the rewards`));
  assert.match(told, new RegExp(`${unbonding / 86_400} days`));
  await page.click('#before-deposit a');
  await page.waitForSelector('#risks');
  await assertClean(visit);
  await visit.context.close();
});

test('on a laptop the table of operators has its place', async () => {
  const visit = await world.visit({ wallet: null, route: '#/defenders' });
  const { page } = visit;
  await tableRows(page, '#operators');
  const beyond = await page.$eval('.wide', (it) => it.scrollWidth - it.clientWidth);
  assert.ok(beyond <= 0, `${beyond} px are not seen`);
  await shot(page, 'defenders-1440-light');
  await assertClean(visit);
  await visit.context.close();
});

test('while no node answers every screen says what it is about, and why there is nothing to see', async () => {
  const visit = await world.visit({ wallet: null, route: '#/deposit' });
  const { page, context } = visit;
  await page.waitForSelector('#amount');
  await context.route(`${world.devnet.config.rest[0]}/**`, (route) => route.abort());
  const links = await page.$$eval('header nav a', (all) => all.map((it) => it.getAttribute('href')));
  const walk = async (tab, some) => {
    for (const link of some) {
      await tab.evaluate((hash) => (location.hash = hash), link);
      await tab.waitForSelector(`nav a[href="${link}"][aria-current=page]`);
      await tab.waitForSelector('main h1');
      if (link !== '#/position' && link !== '#/spread') await tab.waitForSelector('main [role=alert]');
      assert.deepEqual(await axe(tab), [], link);
    }
  };
  // a node is asked for seconds until it is given up: in two tabs at the same time
  const other = await context.newPage();
  await other.goto(page.url());
  await Promise.all([walk(page, links.slice(0, 3)), walk(other, links.slice(3))]);
  await page.waitForSelector('.banner-place .notice');
  await shot(page, 'no-node-1440-light');
  await assertClean(visit);
  await visit.context.close();
});
