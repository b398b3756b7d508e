// All screens for everybody: sizes, colours, keyboard, translation, no wallet.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, outcome, shot, tableRows, world } from './harness.mjs';
import { assertClean, fill, sharesOf, STAKE, translateTexts } from './steps.mjs';

/** Notes what live regions say. */
function listen() {
  window.__heard = [];
  const last = new WeakMap();
  new MutationObserver((all) => {
    for (const { target } of all) {
      const region = (target.parentElement?.isConnected && target instanceof Element ? target : target.parentElement)?.closest('[aria-live], [role=status], [role=alert]');
      const text = region?.innerText.trim() ?? '';
      if (text === '' || last.get(region) === text) continue;
      last.set(region, text);
      window.__heard.push(text);
    }
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
}

test('a deposit with the keyboard alone, announced to who cannot see', async () => {
  const visit = await world.visit();
  const { page } = visit;
  const before = sharesOf('alice');
  await page.evaluate(listen);
  await tableRows(page, '#concentration');
  const tabTo = async (selector) => {
    for (let step = 0; step < 25; step += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate((it) => document.activeElement?.matches(it), selector)) return;
    }
    assert.fail(`${selector} is not reached`);
  };
  await tabTo('.hero .button');
  await page.keyboard.press('Enter');
  await page.waitForSelector('form button[type=submit]');
  await page.waitForSelector('#amount');
  await tabTo('#amount');
  await page.keyboard.type('2');
  await page.waitForFunction(() => !document.querySelector('form button[type=submit]').disabled);
  await page.keyboard.press('Enter');
  await outcome(page, 'done');
  const said = await page.innerText('.tx[data-outcome=done] [role=status]');
  assert.match(said, /^Done: 2 STAKE became/);
  assert.doesNotMatch(said, /[0-9A-F]{64}/, 'nobody wants to hear a hash');
  assert.match(await page.innerText('.tx .hash'), /^[0-9A-F]{64}$/);
  const heard = await page.evaluate(() => window.__heard);
  assert.equal(heard.filter((it) => /For 2 STAKE you get about/.test(it)).length, 1, heard.join('\n'));
  assert.deepEqual(heard.filter((it) => it.includes('–')), [], 'no empty review is read out');
  assert.equal(sharesOf('alice') - before, 2n * STAKE);
  await assertClean(visit);
  await visit.context.close();
});

test("lesson 30: the browser's translation breaks nothing, and leaves names and addresses alone", async () => {
  const visit = await world.visit();
  const { page } = visit;
  await tableRows(page, '#concentration');
  const translate = () => translateTexts(page);
  await translate();
  assert.equal(await page.locator('#validators th[scope=row] font').count(), 0);
  await page.focus('#slider');
  await page.keyboard.press('End');
  await page.click('.hero .button');
  await page.waitForSelector('#amount');
  await translate();
  await (await fill(page, '1')).click();
  await outcome(page, 'done');
  await translate();
  await page.click('nav a[href="#/position"]');
  await page.waitForSelector('#shares');
  await translate();
  await page.click('nav a[href="#/"]');
  await tableRows(page, '#concentration');
  assert.equal(await page.locator('h1').count(), 1);
  await assertClean(visit);
  await visit.context.close();
});

for (const scheme of ['light', 'dark']) {
  for (const width of [360, 768, 1440]) {
    test(`axe finds nothing and nothing is cut off at ${width} px, ${scheme}`, async () => {
      const visit = await world.visit({ width, height: width === 360 ? 740 : 900, scheme });
      const { page } = visit;
      await tableRows(page, '#concentration');
      if (width === 1440) {
        const button = await page.locator('.hero .button').boundingBox();
        assert.ok(button.y + button.height < 900, 'the way to a deposit is on the first screen');
        await page.screenshot({ path: new URL(`../shots/first-screen-${scheme}.png`, import.meta.url).pathname });
        // the README's
        if (process.env.UPDATE_PICTURE === '1' && scheme === 'light') {
          await page.screenshot({ path: new URL('../../docs/first-screen.png', import.meta.url).pathname, clip: { x: 140, y: 0, width: 1160, height: 868 } });
        }
      }
      for (const route of ['#/', '#/deposit', '#/position', '#/how-it-works']) {
        await page.goto(world.host.address + route);
        await page.waitForSelector(`nav a[href="${route}"][aria-current=page]`, { state: 'attached' });
        await page.waitForSelector('h1');
        if (route === '#/position') {
          await page.click('main .narrow .button');
          await page.waitForSelector('#shares');
        }
        if (route === '#/deposit') await page.waitForSelector('#amount');
        if (route === '#/how-it-works') await page.waitForSelector('#limits');
        await shot(page, `${route.slice(2) || 'network'}-${width}-${scheme}`);
        assert.deepEqual(await axe(page), [], route);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(overflow <= 0, `${route} is ${overflow} px too wide`);
      }
      await assertClean(visit);
      await visit.context.close();
    });
  }
}

test('who uses a keyboard goes on from where he was, when what he pressed goes away', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page } = visit;
  const focused = (selector) => page.waitForFunction((it) => document.activeElement?.matches(it), selector);
  await page.focus('form .button');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.account');
  await focused('#amount');
  await page.focus('.account button');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.account', { state: 'detached' });
  await focused('header button:not(.menu)');
  await assertClean(visit);
  await visit.context.close();
});

test('on a phone the screens are behind a button, which the keyboard opens and Escape closes', async () => {
  const visit = await world.visit({ width: 360, height: 740 });
  const { page } = visit;
  const links = page.locator('nav a');
  const menu = page.locator('button.menu');
  assert.equal(await links.first().isVisible(), false);
  const bar = await page.locator('.bar').boundingBox();
  assert.ok(bar.height < 70, `the head of the page takes ${bar.height} px`);
  await menu.focus();
  await page.keyboard.press('Enter');
  assert.equal(await menu.getAttribute('aria-expanded'), 'true');
  await links.last().waitFor();
  assert.deepEqual(await axe(page), []);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.closest('nav') !== null), true);
  await page.keyboard.press('Escape');
  assert.equal(await menu.getAttribute('aria-expanded'), 'false');
  assert.equal(await menu.evaluate((it) => it === document.activeElement), true, 'the keyboard is back where it was');
  assert.equal(await links.first().isVisible(), false);
  await menu.click();
  await page.click('nav a[href="#/position"]');
  await page.waitForFunction(() => location.hash === '#/position');
  assert.equal(await links.first().isVisible(), false);
  await page.setViewportSize({ width: 1440, height: 900 });
  assert.equal(await menu.isVisible(), false);
  assert.equal(await links.first().isVisible(), true);
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 31: without a wallet reading works, and it says what to do', async () => {
  const visit = await world.visit({ wallet: null, route: '#/deposit' });
  await visit.page.click('form .button');
  await visit.page.waitForSelector('text=No wallet was found');
  await visit.page.fill('#amount', '7');
  await visit.page.waitForFunction(() => /\d DEFEND/.test(document.querySelector('section.card')?.innerText));
  await assertClean(visit);
  await visit.context.close();
});

test('any address is looked at without a wallet, and nothing can be done for it', async () => {
  const visit = await world.visit({ wallet: null, route: '#/position' });
  const { page } = visit;
  await page.fill('#address', 'cosmos1no');
  await page.click('button:text-is("Look")');
  await page.waitForSelector('text=begins with wasm1');
  const { account, shares } = world.devnet.position('carol');
  await page.fill('#address', account);
  await page.click('button:text-is("Look")');
  await page.waitForSelector('#shares');
  assert.equal((await page.innerText('#shares')).replace(/[^\d.]/g, ''), String(BigInt(shares) / STAKE));
  await shot(page, 'position-of-another');
  assert.ok(page.url().endsWith(`#/position/${account}`));
  assert.equal(await page.locator('main button:not(:has-text("CSV"))').count(), 0);
  assert.deepEqual(await axe(page), []);
  await assertClean(visit);
  await visit.context.close();
});

test('an address that changes as the page appears is followed', async () => {
  const visit = await world.visit({ wallet: null, address: 'about:blank' });
  const { page } = visit;
  // in the turn in which the screen is drawn first, as a quick click or a link of another program may come
  await page.addInitScript(() => {
    const place = new MutationObserver(() => {
      if (document.querySelector('main') === null) return;
      place.disconnect();
      location.hash = '#/how-it-works';
    });
    place.observe(document, { subtree: true, childList: true });
  });
  await page.goto(world.host.address);
  await page.waitForSelector('nav a[href="#/how-it-works"][aria-current=page]');
  await visit.context.close();
});
