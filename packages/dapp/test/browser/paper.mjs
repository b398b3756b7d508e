// Paper, other languages' numbers, colours of the reader's own, titles.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shot, tableRows, world } from './harness.mjs';
import { assertClean } from './steps.mjs';

test('on paper stand address, block and whole tables, and nothing to press', async () => {
  const visit = await world.visit({ wallet: null });
  const { page } = visit;
  await tableRows(page, '#validators');
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  for (const [route, selector] of [['#/', '#validators'], ['#/how-it-works', '#limits']]) {
    await page.goto(world.host.address + route);
    await page.waitForSelector(selector);
    await page.waitForSelector(`.only-print:has-text("${world.host.address}${route} ")`);
    const read = await page.innerText('body');
    assert.ok(read.includes(world.devnet.config.vault));
    assert.match(read, /Block [\d,]+, /);
    for (const gone of ['nav:visible', 'button:visible', 'input[type=range]:visible', '.button:visible']) {
      assert.equal(await page.locator(gone).count(), 0, `${gone} on ${route}`);
    }
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.equal(paper, 'rgb(255, 255, 255)');
    await shot(page, `paper-${route.slice(2) || 'network'}`);
  }
  await page.goto(`${world.host.address}#/`);
  await page.waitForSelector('#validators');
  assert.equal(await page.locator('#validators tbody tr:visible').count(), 20, 'tables are whole');
  assert.ok((await page.pdf({ format: 'A4' })).length > 10_000);
  await assertClean(visit);
  await visit.context.close();
});

test('numbers are written as the reader’s browser has them, dates in the language of the page', async () => {
  const visit = await world.visit({ wallet: null, locale: 'de-DE' });
  const { page } = visit;
  const report = world.devnet.json('concentration').by_validator;
  const rows = await tableRows(page, '#concentration');
  assert.equal(rows[2][1], report.with.effective.slice(0, report.with.effective.indexOf('.') + 5).replace('.', ','));
  assert.match((await tableRows(page, '#validators'))[0][2], /^\d\.\d{3}\.\d{3},\d\d$/);
  assert.match(await page.innerText('footer'), /Block [\d.]+, \w{3} \d+, \d{4}/);
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  await page.goto(`${world.host.address}#/deposit`);
  await page.fill('#amount', '12,5');
  await page.waitForFunction(() => /12,5 STAKE/.test(document.querySelector('section.card')?.innerText));
  await assertClean(visit);
  await visit.context.close();
});

test('with colours of the reader’s own and without motion every plot keeps its lines', async () => {
  const visit = await world.visit({ wallet: null });
  const { page } = visit;
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await tableRows(page, '#concentration');
  const drawn = await page.evaluate(() => {
    const of = (selector, property) => getComputedStyle(document.querySelector(selector))[property];
    return { line: of('.curve .line', 'stroke'), text: of('.curve text', 'fill'), ground: of('body', 'backgroundColor') };
  });
  assert.notEqual(drawn.line, drawn.ground);
  assert.notEqual(drawn.text, drawn.ground);
  await shot(page, 'network-forced-colors');
  await page.goto(`${world.host.address}#/how-it-works`);
  await page.waitForSelector('.shares');
  const [taken, other] = await page.evaluate(() => ['.taken', '.other'].map((it) => getComputedStyle(document.querySelector(it)).fill));
  assert.notEqual(taken, other);
  await shot(page, 'how-it-works-forced-colors');
  await assertClean(visit);
  await visit.context.close();
});

test('each screen has its title and description, and an unknown hash leads to the first', async () => {
  const visit = await world.visit({ wallet: null });
  const { page } = visit;
  const seen = new Set();
  for (const link of await page.$$eval('nav a', (all) => all.map((it) => it.getAttribute('href')))) {
    await page.goto(world.host.address + link);
    await page.waitForSelector(`nav a[href="${link}"][aria-current=page]`);
    await page.waitForSelector('h1');
    const name = await page.innerText('nav a[aria-current=page]');
    await page.waitForFunction((it) => document.title.startsWith(`${it} · `), name);
    seen.add(await page.getAttribute('meta[name=description]', 'content'));
  }
  assert.ok(seen.size >= 4, 'descriptions differ');
  await page.goto(`${world.host.address}#/no/such/screen`);
  await tableRows(page, '#concentration');
  const icon = await page.request.get(new URL(await page.getAttribute('link[rel=icon]', 'href'), world.host.address).href);
  assert.equal(icon.status(), 200);
  await assertClean(visit);
  await visit.context.close();
});

test('without JavaScript it says what is missing', async () => {
  const context = await world.browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(world.host.address);
  assert.match(await page.innerText('body'), /needs JavaScript/);
  await context.close();
});
