// The page as people use it, on a real node.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, outcome, shot, tableRows, World } from './harness.mjs';
import { TestWallet } from './wallet.mjs';

let world;
before(async () => {
  world = await World.start();
});
after(() => world?.stop());

/** Base units of a whole STAKE. */
const STAKE = 1_000_000n;
const sharesOf = (name) => BigInt(world.devnet.position(name).shares);

/** Nothing broke and nothing was blocked; nobody was asked but the host and the node. */
async function assertClean({ page, faults, requests }) {
  assert.deepEqual(await page.evaluate(() => window.__violations), [], 'lesson 25: a policy was violated');
  assert.deepEqual(faults, []);
  const known = [world.host.address, ...world.host.config.rest, 'blob:'];
  assert.deepEqual(requests.filter((url) => !known.some((it) => url.startsWith(it))), [], 'lesson 27: a stranger was asked');
}

/** Values of `concentration --json` as the page shows them: rounded down. */
function expectRows({ nakamoto_third: third, nakamoto_two_thirds: twoThirds, effective, top1_share: top1, top10_share: top10 }) {
  const cut = (decimal, places) => {
    const [whole, fraction = ''] = decimal.split('.');
    const kept = fraction.slice(0, places).replace(/0+$/, '');
    return kept === '' ? whole : `${whole}.${kept}`;
  };
  const percent = (decimal) => {
    const [whole, fraction = ''] = decimal.split('.');
    const digits = fraction.padEnd(2, '0');
    return `${cut(`${BigInt(whole + digits.slice(0, 2))}.${digits.slice(2)}`, 2)} %`;
  };
  return [String(third), String(twoThirds), cut(effective, 4), percent(top1), percent(top10)];
}

async function fill(page, amount) {
  await page.fill('#amount', amount);
  const button = page.locator('form button[type=submit]');
  await page.waitForFunction(() => !document.querySelector('form button[type=submit]').disabled);
  return button;
}

test('the network screen has the numbers of `defenders concentration`', async () => {
  const visit = await world.visit({ wallet: null });
  const { page } = visit;
  const report = world.devnet.json('concentration').by_validator;
  const rows = await tableRows(page, '#concentration');
  assert.deepEqual(rows.map((row) => row[1]), expectRows(report.with));
  assert.deepEqual(rows.map((row) => row[2]), expectRows(report.without));
  assert.match(await page.innerText('h1'), /^Two validators together can halt this chain/);
  assert.deepEqual(await page.$$eval('.curve .count', (nodes) => nodes.map((it) => it.textContent)), rows.slice(0, 2).map((row) => row[1]));
  await page.click('text=Show all 20');
  assert.equal((await tableRows(page, '#validators')).length, 20);
  await assertClean(visit);
  await visit.context.close();
});

test('the slider shows what a deposit does here and at the largest, as `concentration --deposit` has it', async () => {
  const visit = await world.visit({ wallet: null });
  const { page } = visit;
  for (const key of ['Home', 'End', 'ArrowLeft']) {
    await page.focus('#slider');
    await page.keyboard.press(key);
    const amount = (await page.innerText('label[for=slider] strong')).replace(/[^\d.]/g, '');
    const report = world.devnet.json('concentration', '--deposit', `${amount}STAKE`).by_validator;
    const rows = await tableRows(page, '#effect-table');
    assert.deepEqual(rows.map((row) => row[1]), expectRows(report.after), `${amount} here`);
    assert.deepEqual(rows.map((row) => row[2]), expectRows(report.at_top), `${amount} at the largest`);
  }
  await assertClean(visit);
  await visit.context.close();
});

test('a stranger deposits in three clicks from the first screen', async () => {
  const visit = await world.visit();
  const { page, wallet } = visit;
  const before = sharesOf('alice');
  await page.click('.hero .button');
  const button = await fill(page, '12.5');
  const review = await page.innerText('section.card');
  assert.match(review, /12\.5 STAKE/);
  assert.ok(review.includes(world.devnet.position('alice').account), 'lesson 6: the review shows who signs');
  await button.click();
  const told = await outcome(page, 'done');
  const got = sharesOf('alice') - before;
  assert.equal(got, (125n * STAKE) / 10n);
  assert.match(told, /12\.5 STAKE became 12\.5 DEFEND/, 'lesson 18: figures come from the events');
  assert.ok((await page.evaluate(() => window.__clicks)) <= 3);
  assert.deepEqual(wallet.calls.filter((it) => it.startsWith('sign')), ['signDirect']);
  await shot(page, 'deposit-done');
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 8: after a refusal the filled form is usable again', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page, wallet } = visit;
  await page.click('form .button');
  const before = sharesOf('alice');
  wallet.isRefusing = true;
  await (await fill(page, '3')).click();
  assert.match(await outcome(page, 'refused'), /Nothing was sent/);
  assert.equal(await page.inputValue('#amount'), '3');
  assert.equal(sharesOf('alice'), before);
  wallet.isRefusing = false;
  await (await fill(page, '3')).click();
  await outcome(page, 'done');
  assert.equal(sharesOf('alice') - before, 3n * STAKE);
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 3: a Ledger signs amino, never direct', async () => {
  const wallet = new TestWallet('bob');
  wallet.isLedger = true;
  const visit = await world.visit({ wallet, route: '#/deposit' });
  const { page } = visit;
  await page.click('form .button');
  const before = sharesOf('bob');
  await (await fill(page, '4')).click();
  await outcome(page, 'done');
  assert.equal(sharesOf('bob') - before, 4n * STAKE);
  assert.deepEqual(wallet.calls.filter((it) => it.startsWith('sign')), ['signAmino']);
  await assertClean(visit);
  await visit.context.close();
});

test('lessons 2 and 7: the document that the wallet returns is sent, with its own fee, and a memo of < > &', async () => {
  const wallet = new TestWallet('bob');
  wallet.isLedger = true;
  wallet.edit = (doc) => ({ ...doc, memo: '<small> & independent', fee: { ...doc.fee, amount: [{ denom: 'ustake', amount: '123456' }] } });
  const visit = await world.visit({ wallet, route: '#/deposit' });
  const { page } = visit;
  await page.click('form .button');
  await (await fill(page, '1')).click();
  await outcome(page, 'done');
  const hash = await page.innerText('.tx .hash');
  const answer = await (await fetch(`${world.devnet.config.rest[0]}/cosmos/tx/v1beta1/txs/${hash}`)).json();
  assert.equal(answer.tx.body.memo, '<small> & independent');
  assert.equal(answer.tx.auth_info.fee.amount[0].amount, '123456');
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 14: max leaves fees and a visible reserve', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page } = visit;
  await page.click('form .button');
  await page.click('text=Max');
  const amount = BigInt((await page.inputValue('#amount')).replace('.', '').padEnd(13, '0'));
  const address = world.devnet.position('alice').account;
  const path = `/cosmos/bank/v1beta1/spendable_balances/${address}/by_denom?denom=ustake`;
  const { balance } = await (await fetch(world.devnet.config.rest[0] + path)).json();
  const fees = BigInt(balance.amount) - amount;
  assert.equal(fees, 17_500n + 50_000n, `${amount} of ${balance.amount}`);
  assert.match(await page.innerText('#amount-hint'), /leaves 0\.05 STAKE/);
  await assertClean(visit);
  await visit.context.close();
});

test('why the vault would refuse is told before anything is signed', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page, wallet } = visit;
  await page.click('form .button');
  await page.fill('#amount', '9000000');
  await page.waitForFunction(() => /validators take .* more/.test(document.querySelector('#amount-fault').textContent));
  assert.ok(await page.isDisabled('form button[type=submit]'));
  await page.fill('#amount', '99000000');
  await page.waitForFunction(() => /less than that/.test(document.querySelector('#amount-fault').textContent));
  assert.deepEqual(wallet.calls.filter((it) => it.startsWith('sign')), []);
  await assertClean(visit);
  await visit.context.close();
});

test("the contract's own refusal is told in its words, and nothing is sent", async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page, wallet } = visit;
  // as if shares had become dearer since the preview
  const preview = Buffer.from('{"preview_deposit":{"amount":"5000000"}}').toString('base64');
  await page.route(`**/smart/${encodeURIComponent(preview)}`, (route) => route.fulfill({ json: { data: '7000000' } }));
  await page.click('form .button');
  await (await fill(page, '5')).click();
  const told = await outcome(page, 'failed');
  assert.match(told, /nothing was sent: .*5000000.*6965000/);
  assert.deepEqual(wallet.calls.filter((it) => it.startsWith('sign')), []);
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 10: out of gas is a failure, and a second try works', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page } = visit;
  await page.click('form .button');
  const before = sharesOf('alice');
  await page.route('**/cosmos/tx/v1beta1/simulate', (route) => route.fulfill({ json: { gas_info: { gas_used: '90000' } } }));
  await (await fill(page, '2')).click();
  assert.match(await outcome(page, 'failed'), /ran out of gas/);
  assert.equal(sharesOf('alice'), before);
  await page.unroute('**/cosmos/tx/v1beta1/simulate');
  await (await fill(page, '2')).click();
  await outcome(page, 'done');
  assert.equal(sharesOf('alice') - before, 2n * STAKE);
  await assertClean(visit);
  await visit.context.close();
});

test('lessons 11 and 13: an open transaction blocks a second one, and is found again after a reload', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page, wallet } = visit;
  await page.click('form .button');
  const before = sharesOf('alice');
  await page.route('**/cosmos/tx/v1beta1/txs/*', (route) =>
    route.fulfill({ status: 404, json: { code: 5, message: 'tx not found: hidden by the test' } }),
  );
  const button = await fill(page, '6');
  // lesson: a double click sends once
  await button.dblclick();
  await page.waitForSelector('text=Waiting for a block');
  await page.reload();
  await page.waitForSelector('text=Waiting for a block');
  assert.ok(await page.isDisabled('form button[type=submit]'));
  await page.unroute('**/cosmos/tx/v1beta1/txs/*');
  await outcome(page, 'done');
  assert.equal(sharesOf('alice') - before, 6n * STAKE);
  assert.deepEqual(wallet.calls.filter((it) => it.startsWith('sign')), ['signDirect']);
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 5: another account in the wallet clears the form and loads everything anew', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page, wallet } = visit;
  await page.click('form .button');
  await fill(page, '8');
  wallet.name = 'carol';
  await page.evaluate(() => window.dispatchEvent(new Event('keplr_keystorechange')));
  const carol = world.devnet.position('carol');
  await page.waitForFunction((address) => document.querySelector('section.card')?.innerText.includes(address), carol.account);
  assert.equal(await page.inputValue('#amount'), '');
  await page.click('nav a[href="#/position"]');
  await page.waitForSelector('#shares');
  assert.equal((await page.innerText('#shares')).replace(/[^\d.]/g, ''), String(BigInt(carol.shares) / STAKE));
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 23: a dead endpoint leads to the next; when none answers it says so, and recovers', async () => {
  const [good] = world.devnet.config.rest;
  world.host.config = { ...world.devnet.config, rest: ['http://127.0.0.1:9', good] };
  const visit = await world.visit({ wallet: null });
  const { page } = visit;
  await tableRows(page, '#concentration');
  await page.route('**/cosmos/**', (route) => route.abort());
  await page.waitForSelector('.banner-place .notice');
  assert.match(await page.innerText('.banner-place'), /No node answers/);
  assert.equal((await tableRows(page, '#concentration')).length, 5, 'what was read stays');
  await page.unroute('**/cosmos/**');
  await page.waitForSelector('.banner-place .notice', { state: 'detached' });
  await assertClean(visit);
  world.host.config = world.devnet.config;
  await visit.context.close();
});

test('lesson 24: a node that fell behind warns and stops signing', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page } = visit;
  await page.click('form .button');
  await fill(page, '1');
  await page.route('**/blocks/latest', async (route) => {
    const answer = await (await route.fetch()).json();
    answer.block.header.height = '3';
    await route.fulfill({ json: answer });
  });
  await page.waitForSelector('text=went back to an older block');
  assert.ok(await page.isDisabled('form button[type=submit]'));
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 9: a funded account that has never signed makes its first deposit; one without coins is told so', async () => {
  const visit = await world.visit({ wallet: new TestWallet('guardian'), route: '#/deposit' });
  const { page, wallet } = visit;
  await page.click('form .button');
  await (await fill(page, '9')).click();
  await outcome(page, 'done');
  assert.equal(sharesOf('guardian'), 9n * STAKE);
  wallet.name = 'nobody';
  await page.evaluate(() => window.dispatchEvent(new Event('keplr_keystorechange')));
  await page.waitForSelector('.account:has-text("nobody")');
  await page.waitForSelector('#amount');
  await page.fill('#amount', '1');
  await page.waitForFunction(() => /no coins on this chain/.test(document.querySelector('#amount-fault').textContent));
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 6: a wallet that signs as another account is refused', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page, wallet } = visit;
  await page.click('form .button');
  const button = await fill(page, '1');
  // as an extension that answers for another
  wallet.name = 'bob';
  await button.click();
  assert.match(await outcome(page, 'failed'), new RegExp(world.devnet.position('bob').account));
  assert.deepEqual(wallet.calls.filter((it) => it.startsWith('sign')), []);
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 12: a sequence that is used up asks for a new signature, and the second try works', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page } = visit;
  await page.click('form .button');
  const button = await fill(page, '1');
  await page.route('**/account_info/*', async (route) => {
    const answer = await (await route.fetch()).json();
    answer.info.sequence = '0';
    await route.fulfill({ json: answer });
  });
  await button.click();
  assert.match(await outcome(page, 'failed'), /sign anew/);
  await page.unroute('**/account_info/*');
  await (await fill(page, '1')).click();
  await outcome(page, 'done');
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 11: a time-out means unknown; it is over only when no block can take it any more', async () => {
  const visit = await world.visit({ route: '#/deposit' });
  const { page } = visit;
  await page.click('form .button');
  const before = sharesOf('alice');
  // lost on its way: the page cannot know
  await page.route('**/cosmos/tx/v1beta1/txs', (route) => route.abort());
  await (await fill(page, '1')).click();
  await page.waitForSelector('text=Waiting for a block');
  await page.clock.setSystemTime(Date.now() + 90_000);
  await page.waitForSelector('text=Do not send it again');
  assert.ok(await page.isDisabled('form button[type=submit]'));
  await page.route('**/blocks/latest', async (route) => {
    const answer = await (await route.fetch()).json();
    answer.block.header.height = String(Number(answer.block.header.height) + 1_000);
    await route.fulfill({ json: answer });
  });
  assert.match(await outcome(page, 'failed'), /Nothing was paid/);
  assert.equal(await page.inputValue('#amount'), '1');
  assert.equal(sharesOf('alice'), before);
  await assertClean(visit);
  await visit.context.close();
});

test('a deposit with the keyboard alone, announced to who cannot see', async () => {
  const visit = await world.visit();
  const { page } = visit;
  const before = sharesOf('alice');
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
  assert.equal(await page.getAttribute('.tx[data-outcome=done]', 'role'), 'status');
  assert.equal(sharesOf('alice') - before, 2n * STAKE);
  await assertClean(visit);
  await visit.context.close();
});

test("lesson 30: the browser's translation breaks nothing, and leaves names and addresses alone", async () => {
  const visit = await world.visit();
  const { page } = visit;
  await tableRows(page, '#concentration');
  // what browsers do: each text moves into an element of theirs, but where translation is switched off
  const translate = () =>
    page.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found = [];
      while (walker.nextNode()) found.push(walker.currentNode);
      for (const node of found) {
        if (!node.textContent.trim() || node.parentElement.closest('[translate=no], script, title')) continue;
        const font = document.createElement('font');
        node.replaceWith(font);
        font.append(node);
      }
    });
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

test('lesson 21: through a whole exit every token is on one screen', async () => {
  const visit = await world.visit({ route: '#/position' });
  const { page } = visit;
  await page.click('main .button');
  await page.waitForSelector('#shares');
  const figure = async (id) => BigInt((await page.innerText(`#${id}`)).replace(/[^\d.]/g, '').replace(/^(\d+)$/, '$1.').replace(/\.(\d*)$/, (_, it) => it.padEnd(6, '0')));
  const all = async () => (await figure('worth')) + (await figure('waiting')) + (await figure('ready')) + (await figure('wallet'));
  const whole = await all();
  // amounts above a thousand are cut after two places, five of them; the rest is fees and rounding
  const assertWhole = async (when) => {
    const off = whole - (await all());
    assert.ok(off > -50_000n && off < 150_000n, `${when}: ${off} are missing`);
  };
  const row = (state) => page.locator(`#withdrawals tr[data-state=${state}]`);

  await page.fill('#shares-field', '100');
  await page.click('form.card button[type=submit]:enabled');
  await outcome(page, 'done');
  await row('open').waitFor();
  assert.match(await row('open').innerText(), /about 100 STAKE/);
  assert.match(await row('open').innerText(), /in \d+ to \d+ days/, 'lesson 22: the date of payment');
  await assertWhole('waiting');

  await row('open').locator('button').click();
  await page.waitForSelector('text=are yours again');
  await row('open').waitFor({ state: 'detached' });
  await assertWhole('cancelled');

  await page.fill('#shares-field', '250');
  await page.click('form.card button[type=submit]:enabled');
  await page.waitForSelector('text=Asked for about');
  await row('open').waitFor();
  await shot(page, 'position-open');
  world.devnet.advance('2d');
  world.devnet.keep();
  await row('unbonding').waitFor();
  assert.equal(await row('unbonding').locator('button').count(), 0, 'cancelling is offered only while it can be done');
  await assertWhole('unbonding');
  await shot(page, 'position-unbonding');

  world.devnet.advance('22d');
  world.devnet.keep();
  await row('claimable').waitFor();
  assert.deepEqual(await axe(page), []);
  await assertWhole('claimable');
  const before = await figure('wallet');
  await row('claimable').locator('button').click();
  const told = await outcome(page, 'done');
  assert.match(told, /250\S* STAKE came back/);
  await page.waitForSelector('#withdrawals', { state: 'detached' });
  assert.ok((await figure('wallet')) - before > 249n * STAKE);
  await assertWhole('claimed');
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
      }
      for (const route of ['#/', '#/deposit', '#/position']) {
        await page.goto(world.host.address + route);
        await page.waitForSelector('h1');
        if (route === '#/position' && (await page.locator('main .card .button').count()) > 0) await page.click('main .card .button');
        if (route === '#/position') await page.waitForSelector('#shares');
        if (route === '#/deposit') await page.waitForSelector('#amount');
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

test('lesson 31: without a wallet reading works, and it says what to do', async () => {
  const visit = await world.visit({ wallet: null, route: '#/deposit' });
  await visit.page.click('form .button');
  await visit.page.waitForSelector('text=No wallet was found');
  await visit.page.fill('#amount', '7');
  await visit.page.waitForFunction(() => /\d DEFEND/.test(document.querySelector('section.card')?.innerText));
  await assertClean(visit);
  await visit.context.close();
});
