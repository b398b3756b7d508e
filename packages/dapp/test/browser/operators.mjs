// The Defenders: the list, and why an operator has its stake, beside what the program says.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { axe, shot, tableRows, world } from './harness.mjs';
import { align, askVault, assertExplained, editPath, listedRows, openOperator, ready, show } from './operators-steps.mjs';
import { assertClean } from './steps.mjs';

test('the list has every listed operator with its stake, and is ordered, searched, filtered and saved', async () => {
  const visit = await world.visit({ wallet: null, route: '#/defenders' });
  const { page } = visit;
  await ready(page);
  const listed = await listedRows();
  const columns = ['name', 'state', 'tokens', 'others', 'vault', 'cap', 'commission', 'uptime', 'since'];
  // site and reason stand below the name
  const read = async (column) => (await tableRows(page, '#operators')).map((row) => row[columns.indexOf(column)].split('\n')[0].trim());
  const names = await read('name');
  assert.deepEqual([...names].sort(), listed.map((it) => it.name).sort());
  const stakes = new Map(listed.map((it) => [it.name, [align(it.tokens), align(it.tokens - it.delegated), it.delegated === 0n ? '–' : align(it.delegated)]]));
  for (const row of await tableRows(page, '#operators')) assert.deepEqual(row.slice(2, 5), stakes.get(row[0].split('\n')[0].trim()), row[0]);
  assert.match((await tableRows(page, '#operators'))[0][0], /\.example\s+Charges \d/, 'site and reason');
  const bySize = [...listed].sort((a, b) => (a.tokens < b.tokens ? 1 : -1)).map((it) => it.name);
  assert.notDeepEqual(names, bySize, 'never by power by default');

  const header = page.locator('#operators thead th', { hasText: 'All stake' });
  assert.equal(await header.getAttribute('aria-sort'), 'none');
  await header.locator('button').focus();
  await page.keyboard.press('Enter');
  assert.equal(await header.getAttribute('aria-sort'), 'ascending');
  await page.keyboard.press('Enter');
  assert.equal(await header.getAttribute('aria-sort'), 'descending');
  assert.deepEqual(await read('name'), bySize);

  await page.fill('#search', 'ＷＡＶＥ');
  assert.deepEqual(await read('name'), ['wave']);
  assert.match(await page.innerText('#operator-count[role=status]'), /^1 of \d+ operators/);
  await page.fill('#search', '');
  await page.selectOption('#filter', 'given');
  assert.deepEqual((await read('name')).sort(), listed.filter((it) => it.delegated > 0n).map((it) => it.name).sort());
  await page.selectOption('#filter', 'leaving');
  assert.match(await page.innerText('#operator-count'), /Nobody on the list fits/);
  await page.selectOption('#filter', 'all');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=Save as CSV')]);
  assert.equal(readFileSync(await download.path(), 'utf8').trim().split('\n').length, listed.length + 1);

  await page.click('button:text-is("Cards")');
  assert.equal(await page.locator('.cards li').count(), listed.length);
  await page.reload();
  await page.waitForSelector('.cards li');
  assert.equal(await page.getAttribute('button:text-is("Cards")', 'aria-pressed'), 'true', 'the view is remembered');
  await page.click('.cards a:has-text("wave")');
  await page.waitForSelector('#acts');
  assert.match(page.url(), /#\/defenders\/wasmvaloper1/);
  assert.match(await page.title(), /^wave · /);
  await page.click('.back a');
  await page.waitForSelector('.cards li');
  assert.doesNotMatch(await page.title(), /wave/);
  await assertClean(visit);
  await visit.context.close();
});

test('why an operator has its stake and what would change that is what `defenders explain` says', async () => {
  const visit = await world.visit({ wallet: null, route: '#/defenders' });
  const { page } = visit;
  await ready(page);
  const listed = await listedRows();
  const known = new Set(listed.map((it) => it.name));
  const rows = await askVault({ validators: { limit: 30 } });
  const capped = listed.find((it) => rows.validators.find((info) => info.validator === it.validator).binding === 'vault_share');
  const free = listed.find((it) => rows.validators.find((info) => info.validator === it.validator).binding === null);
  const { validators } = await (await fetch(`${world.devnet.config.rest[0]}/cosmos/staking/v1beta1/validators`)).json();
  const unlisted = validators.filter((it) => !known.has(it.description.moniker));
  assert.equal(unlisted.length, 2);
  for (const name of [capped.name, free.name, ...unlisted.map((it) => it.description.moniker)]) {
    await openOperator(page, name);
    await assertExplained(page, name);
  }
  await openOperator(page, capped.name);
  await page.fill('#ask-bond', '12.5');
  await page.fill('#ask-rate', '4');
  await page.fill('#ask-most', '100');
  await assertExplained(page, capped.name, '--self-bond', '12.5STAKE', '--commission', '0.04', '--own-maximum', '100STAKE');
  assert.match(await page.innerText('#asked-result'), /the vault means 100 STAKE for it, [\d.]+ STAKE less than now/);
  await page.check('text=No maximum');
  await assertExplained(page, capped.name, '--self-bond', '12.5STAKE', '--commission', '0.04', '--own-maximum', 'none');
  await page.fill('#ask-rate', '101');
  assert.match(await page.innerText('#ask-rate-note'), /From 0 to 100/);
  await openOperator(page, unlisted[0].description.moniker);
  await page.fill('#ask-most', '5');
  await assertExplained(page, unlisted[0].description.moniker, '--own-maximum', '5STAKE');
  assert.match(await page.innerText('#asked-result'), /This alone brings it no stake/);
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 32: a name that another one has as well is flagged, and both are told apart by address', async () => {
  const visit = await world.visit({ wallet: null, route: '#/defenders' });
  const { page } = visit;
  const [wave] = (await listedRows()).filter((it) => it.name === 'wave');
  let other;
  await editPath(page, '**/staking/v1beta1/validators?*', (answer) => {
    const row = answer.validators.find((it) => it.description.moniker === 'sentinel');
    // Cyrillic, and letters as wide as Chinese ones
    row.description.moniker = 'ＷаvЕ';
    other = row.operator_address;
  });
  await page.reload();
  await ready(page);
  await page.fill('#search', 'wave');
  assert.match(await page.innerText('#operators tbody'), /Name taken twice/);
  await page.fill('#any-validator', 'WAVE');
  await page.keyboard.press('Enter');
  const found = page.locator('#any-validator-rows li');
  await found.first().waitFor();
  const texts = await found.allInnerTexts();
  assert.equal(texts.length, 2);
  for (const address of [wave.validator, other]) assert.ok(texts.some((it) => it.includes(address)), address);
  await page.click(`#any-validator-rows a[href="#/defenders/${other}"]`);
  await page.waitForSelector('#alike');
  assert.match(await page.innerText('#alike'), /This one is not it/);
  assert.ok((await page.innerText('#alike')).includes(wave.validator));
  await page.click('#alike a');
  await page.waitForSelector('h1:has-text("wave")');
  assert.doesNotMatch(await page.innerText('#alike'), /This one is not it/);
  assert.ok((await page.innerText('#alike')).includes(other));
  assert.deepEqual(await axe(page), []);
  await shot(page, 'operator-namesake');
  await assertClean(visit);
  await visit.context.close();
});

test('lessons 33 and 35: a listing is text; only its https site is a link; the badge carries both unharmed', async () => {
  const visit = await world.visit({ wallet: null, route: '#/defenders' });
  const { page } = visit;
  const [wave, figment] = ['wave', 'figment'];
  const name = '<script>alert(1)</script>&"\u202eeil';
  const question = Buffer.from('{"validators":{"limit":30}}').toString('base64');
  await editPath(page, `**/smart/${encodeURIComponent(question)}`, ({ data }) => {
    const listing = (it) => data.validators.find((row) => row.listing?.name === it).listing;
    Object.assign(listing(figment), { name: 'W'.repeat(64), website: 'javascript:alert(1)' });
    Object.assign(listing(wave), { name, website: 'https://wave.example/about', reason: 'Runs its own machines, https://lure.example' });
  });
  await page.reload();
  await ready(page);
  await page.click('button:text-is("Table")');
  const outside = await page.$$eval('main a', (links) => links.filter((it) => !it.getAttribute('href').startsWith('#')).map((it) => [it.href, it.rel, it.innerText]));
  assert.equal(outside.length, (await listedRows()).length - 1, 'one has no https address');
  for (const [href, rel, text] of outside) {
    assert.equal(rel, 'noopener noreferrer nofollow');
    assert.equal(new URL(href).host, text);
    assert.match(href, /^https:/);
  }
  assert.ok(outside.some(([href]) => href === 'https://wave.example/about'));
  // a long name breaks instead of pushing what is beside it away
  const assertFits = async (when) => assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), when);
  await page.setViewportSize({ width: 360, height: 800 });
  await page.click('button:text-is("Cards")');
  await assertFits('the cards');
  await page.click('.cards a:has-text("WWWW")');
  await page.waitForSelector('#badge');
  await assertFits('its own page');
  await page.goBack();
  await page.click('a:has-text("<script>")');
  await page.waitForSelector('#badge');
  assert.equal(await page.innerText('h1'), '<script>alert(1)</script>&"eil');
  assert.match(await page.innerText('main'), /It calls itself wave/);
  assert.match(await page.innerText('main'), /Runs its own machines/);
  await page.check('#badge input');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=Save the picture')]);
  const picture = readFileSync(await download.path(), 'utf8');
  // as another site would, which has a policy of its own
  const site = await visit.context.newPage();
  const parsed = await site.evaluate((text) => {
    const svg = new DOMParser().parseFromString(text, 'image/svg+xml');
    return { root: svg.documentElement.tagName, scripts: svg.querySelectorAll('script, a, image, use').length, texts: [...svg.querySelectorAll('text, title, desc')].map((it) => it.textContent) };
  }, picture);
  assert.equal(parsed.root, 'svg');
  assert.equal(parsed.scripts, 0);
  assert.equal(parsed.texts[0], 'Listed by the Defenders: <script>alert(1)</script>&"eil');
  assert.equal(parsed.texts.at(-3), 'Defenders devnet');
  assert.match(parsed.texts.at(-2), /^880\.\d+ STAKE from the vault$/);
  assert.match(parsed.texts.at(-1), /^on \w+ \d+, 20\d\d$/, 'it has its date');
  assert.ok(await page.$eval('#badge img', (image) => image.complete && image.naturalWidth === 260));
  const snippet = await page.inputValue('#snippet');
  const pasted = await site.evaluate((text) => {
    const html = new DOMParser().parseFromString(text, 'text/html');
    return { tags: [...html.body.querySelectorAll('*')].map((it) => it.tagName), link: html.querySelector('a').href, alt: html.querySelector('img').alt };
  }, snippet);
  assert.deepEqual(pasted.tags, ['A', 'IMG']);
  assert.equal(pasted.link, page.url());
  assert.match(pasted.alt, /^Listed by the Defenders: <script>alert\(1\)<\/script>&"eil\. On the Defenders’ list/);
  await assertClean(visit);
  await visit.context.close();
});

test('a commission that changed since the last visit is marked, and a link is copied', async () => {
  const visit = await world.visit({ wallet: null, route: '#/defenders' });
  const { page, context } = visit;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await ready(page);
  assert.equal(await page.locator('text=when you looked').count(), 0);
  await editPath(page, '**/staking/v1beta1/validators?*', (answer) => {
    answer.validators.find((it) => it.description.moniker === 'wave').commission.commission_rates.rate = '0.09';
  });
  await page.clock.setSystemTime(Date.now() + 86_400_000);
  await page.reload();
  await ready(page);
  const row = page.locator('#operators tr', { hasText: 'wave' });
  assert.match(await row.innerText(), /9 %[^]*was 10 % when you looked on/);
  assert.equal(await page.locator('text=when you looked').count(), 1);
  await row.locator('a').first().click();
  await page.click('text=Copy a link to this page');
  await page.waitForSelector('text=Copied.');
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), page.url());
  await assertClean(visit);
  await context.close();
});

test('where a bond factor is in force what operators have at stake themselves is read, a few at a time', async () => {
  const visit = await world.visit({ wallet: null, route: '#/defenders' });
  const { page, requests } = visit;
  await ready(page);
  const question = Buffer.from('{"config":{}}').toString('base64');
  await editPath(page, `**/smart/${encodeURIComponent(question)}`, ({ data }) => {
    data.policy.bond_factor = '0.1';
  });
  let open = 0;
  let most = 0;
  await page.route('**/validators/*/delegations/*', async (route) => {
    most = Math.max(most, (open += 1));
    const answer = await route.fetch();
    open -= 1;
    await route.fulfill({ response: answer });
  });
  await page.goto(`${world.host.address}#/`);
  await tableRows(page, '#effect-table');
  const asked = requests.filter((url) => /validators\/wasmvaloper1\w+\/delegations\/wasm1\w+$/.test(url));
  assert.equal(new Set(asked).size, (await listedRows()).length);
  assert.ok(most <= 6, `${most} at a time`);
  assert.match(await page.innerText('#effect-told'), /more in the vault make it/);
  await openOperator(page, 'wave');
  const [row] = (await tableRows(page, '#acts')).filter((it) => it[0].includes('more of its own'));
  // a tenth of what it has itself: 1 % more of all it has is a little more
  assert.match(row[2], /^\+\d/);
  await assertClean(visit);
  await visit.context.close();
});

test('the Defenders are for everybody: sizes, colours, axe, translation, a node that is gone', async () => {
  const visit = await world.visit({ wallet: null, route: '#/defenders' });
  const { page } = visit;
  await ready(page);
  const link = await page.getAttribute('#operators a:has-text("wave")', 'href');
  for (const [width, view] of [[360, 'Cards'], [768, 'Cards'], [1440, 'Table']]) {
    await page.setViewportSize({ width, height: 900 });
    for (const scheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: scheme });
      for (const [name, route] of [['defenders', '#/defenders'], ['operator', link]]) {
        await page.goto(world.host.address + route);
        await page.waitForSelector(name === 'operator' ? '#acts' : '#operator-count');
        if (name === 'defenders') await page.click(`button:text-is("${view}")`);
        await shot(page, `${name}-${width}-${scheme}`);
        if (width !== 768 && (name === 'defenders' || width === 1440)) assert.deepEqual(await axe(page), [], `${name} at ${width}, ${scheme}`);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(overflow <= 0, `${name} is ${overflow} px too wide at ${width}`);
      }
    }
  }
  // what browsers do when they translate
  const translate = () =>
    page.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found = [];
      while (walker.nextNode()) found.push(walker.currentNode);
      for (const node of found) {
        if (!node.textContent.trim() || node.parentElement.closest('[translate=no], script, title, option, textarea')) continue;
        const font = document.createElement('font');
        node.replaceWith(font);
        font.append(node);
      }
    });
  await translate();
  await page.fill('#ask-bond', '5');
  await page.check('#badge input');
  await page.goto(`${world.host.address}#/defenders`);
  await ready(page);
  await translate();
  await page.click('#operators button.sort >> nth=2');
  await page.fill('#search', 'wave');
  await page.click('.switch button >> nth=1');
  await page.waitForSelector('.cards a:has-text("wave")');
  await page.goto(`${world.host.address}#/defenders/wasmvaloper1nobody`);
  await page.waitForSelector('text=The chain has no validator wasmvaloper1nobody');
  await page.route('**/slashing/**', (route) => route.fulfill({ status: 501, json: { code: 12, message: 'not here', details: [] } }));
  await page.goto(world.host.address + link);
  await page.reload();
  await page.waitForSelector('#acts');
  assert.match(await page.innerText('#uptime'), /not known/);
  await page.route('**/cosmos/**', (route) => route.abort());
  await page.reload();
  await page.waitForSelector('[role=alert] button');
  // in this order: it is asked again without the button, too
  await page.click('[role=alert] button');
  await page.unroute('**/cosmos/**');
  await page.waitForSelector('#acts');
  await assertClean(visit);
  await visit.context.close();
});
