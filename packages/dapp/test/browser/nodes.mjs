// Nodes of one's own, and tabs, wallets and browsers that do what they should not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, outcome, shot, world } from './harness.mjs';
import { assertClean, connect, fill, hideTx, sharesOf, STAKE } from './steps.mjs';
import { TestWallet } from './wallet.mjs';

const nodePlace = '#node-place';

test("lesson 23: when no node answers one of one's own is entered, checked, used, and removed", async () => {
  const [good] = world.devnet.config.rest;
  world.host.config = { ...world.devnet.config, rest: ['http://127.0.0.1:9'] };
  const visit = await world.visit({ wallet: null, route: '#/deposit', width: 360, height: 740 });
  const { page } = visit;
  await page.click('.banner-place button');
  assert.ok(await page.evaluate((it) => document.activeElement.closest(it) !== null, nodePlace), 'the focus is where an address is entered');
  const enter = async (address) => {
    await page.fill('#own-endpoint', address);
    await page.click(`${nodePlace} form button`);
  };
  const fault = (words) => page.waitForFunction((it) => new RegExp(it).test(document.querySelector('#own-endpoint-fault').textContent), words);
  // lesson 26
  await enter('http://rest.example.org');
  await fault('is refused: addresses begin with https:');
  await enter('rest.example.org');
  await fault('is no address');
  await enter('http://localhost:9');
  await fault('does not answer as a node');
  await enter(`${good}/?key=1`);
  await fault('address only');
  const latest = '**/blocks/latest';
  const answer = async (route, change) => {
    const json = await (await route.fetch()).json();
    change(json.block.header);
    await route.fulfill({ json });
  };
  await page.route(latest, (route) => (route.request().url().startsWith(good) ? answer(route, (header) => (header.chain_id = 'other-1')) : route.continue()));
  await enter(good);
  await fault('is of the chain other-1');
  await page.unroute(latest);
  await page.route(latest, (route) => (route.request().url().startsWith(good) ? answer(route, (header) => (header.time = '2026-01-01T00:00:00Z')) : route.continue()));
  await enter(good);
  await fault('minutes old');
  await page.unroute(latest);
  await shot(page, 'own-endpoint-360');
  assert.deepEqual(await axe(page), []);
  await enter(`${good}/`);
  await page.waitForSelector('#amount');
  assert.match(await page.innerText('.banner-place'), /you chose it/);
  await page.reload();
  await page.waitForSelector('#amount');
  assert.match(await page.innerText(`${nodePlace} summary`), new RegExp(`${new URL(good).host}.*Block`));
  await page.click('.banner-place button:text-is("Remove")');
  await page.waitForSelector('text=No node answers');
  assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((it) => it.startsWith('defenders.rest')).length), 0);
  await assertClean({ ...visit, requests: visit.requests.filter((url) => !/^http:\/\/(localhost:9|127)/.test(url)) });
  world.host.config = world.devnet.config;
  await visit.context.close();
});

test('lesson 24: when a node is behind the next one is read', async () => {
  const [good] = world.devnet.config.rest;
  const slow = good.replace('127.0.0.1', 'localhost');
  world.host.config = { ...world.devnet.config, rest: [slow, good] };
  const visit = await world.visit({ wallet: null });
  const { page } = visit;
  await page.route(`${slow}/**/blocks/latest`, async (route) => {
    const json = await (await route.fetch()).json();
    json.block.header.time = '2026-01-01T00:00:00Z';
    await route.fulfill({ json });
  });
  await page.reload();
  await page.waitForSelector('.banner-place .notice');
  await page.waitForSelector('.banner-place .notice', { state: 'detached' });
  assert.match(await page.innerText(`${nodePlace} summary`), new RegExp(new URL(good).host));
  await assertClean(visit);
  world.host.config = world.devnet.config;
  await visit.context.close();
});

test('lesson 12: two tabs send one transaction of an account at a time, and each tells of it', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page, context, wallet } = visit;
  await connect(page);
  const before = sharesOf('alice');
  await fill(page, '2');
  const other = await context.newPage();
  await other.goto(page.url());
  await fill(other, '2');
  const show = await hideTx(context);
  await Promise.all([page, other].map((it) => it.evaluate(() => document.querySelector('form').requestSubmit())));
  await Promise.race([page, other].map((it) => it.waitForSelector('text=Waiting for a block')));
  // whoever came second is told, or sees what the first one sent
  await Promise.all([page, other].map((it) => it.waitForSelector('text=/Waiting for a block|still open/')));
  assert.equal(wallet.calls.filter((it) => it === 'signDirect').length, 1);
  await show();
  await Promise.any([outcome(page, 'done'), outcome(other, 'done')]);
  assert.equal(sharesOf('alice') - before, 2n * STAKE);
  await assertClean(visit);
  await context.close();
});

test('lesson 13: a browser that keeps nothing deposits all the same, and is told to stay', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page, context } = visit;
  await context.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await page.reload();
  await connect(page);
  const before = sharesOf('alice');
  await (await fill(page, '2')).click();
  await page.waitForSelector('text=keeps nothing for this page');
  await outcome(page, 'done');
  assert.equal(sharesOf('alice') - before, 2n * STAKE);
  await assertClean(visit);
  await context.close();
});

test('a wallet that returns garbage sends nothing, and a long name breaks nothing', async () => {
  const wallet = new TestWallet('bob');
  wallet.isLedger = true;
  const visit = await world.visit({ wallet, route: '#/deposit', width: 360, height: 740 });
  const { page } = visit;
  await page.evaluate(() => {
    const { getKey } = window.keplr;
    window.keplr.getKey = async () => ({ ...(await getKey()), name: 'bob\u202E'.repeat(200) });
  });
  await connect(page);
  await page.waitForSelector('.account:has-text("bobbobbob")');
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `${overflow} px too wide`);
  const before = sharesOf('bob');
  const sent = () => visit.requests.filter((it) => it.endsWith('/cosmos/tx/v1beta1/txs')).length;
  const answers = [undefined, {}, { signed: {}, signature: {} }, 'signed', { signed: null, signature: { signature: 'AAAA' } }];
  for (const garbage of answers) {
    await page.evaluate((it) => (window.keplr.signAmino = async () => it), garbage);
    await (await fill(page, '1')).click();
    assert.match(await outcome(page, 'failed'), /Nothing was sent/, JSON.stringify(garbage));
    assert.equal(await page.inputValue('#amount'), '1');
  }
  await page.evaluate(() => (window.keplr.getKey = async () => ({ name: 'x'.repeat(500) })));
  await (await fill(page, '1')).click();
  assert.match(await outcome(page, 'failed'), /no account of this chain/);
  assert.equal(sent(), 0);
  assert.equal(sharesOf('bob'), before);
  await assertClean(visit);
  await visit.context.close();
});

test('what is under way for one account goes on when another one is chosen, which is free', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page, wallet } = visit;
  await connect(page);
  const [alice, carol] = ['alice', 'carol'].map(sharesOf);
  const showAll = await hideTx(page);
  await (await fill(page, '2')).click();
  await page.waitForSelector('text=Waiting for a block');
  const hash = /[0-9A-F]{64}/.exec(await page.innerText('.tx'))[0];
  const choose = async (name) => {
    wallet.name = name;
    await page.evaluate(() => window.dispatchEvent(new Event('keplr_keystorechange')));
    await page.waitForSelector(`.account:has-text("${name}")`);
  };
  await choose('carol');
  await page.waitForSelector('#amount:enabled');
  assert.equal(await page.locator('.tx .notice').count(), 0, "another's transaction is not this one's");
  // never both shown: it is asked for all the time
  const show = await hideTx(page, hash);
  await showAll();
  await (await fill(page, '3')).click();
  await outcome(page, 'done');
  await choose('alice');
  await page.waitForSelector('text=Waiting for a block');
  await show();
  await outcome(page, 'done');
  assert.deepEqual(['alice', 'carol'].map(sharesOf), [alice + 2n * STAKE, carol + 3n * STAKE]);
  // the way back forgets what was told
  await page.click('nav a[href="#/"]');
  await page.goBack();
  await page.waitForSelector('#amount');
  assert.equal(await page.locator('.tx .notice').count(), 0);
  await assertClean(visit);
  await visit.context.close();
});
