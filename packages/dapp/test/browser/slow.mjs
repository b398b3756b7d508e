// A network and a host that are slow, or lose what they are asked for.
import { test } from 'node:test';
import { tableRows, world } from './harness.mjs';
import { assertClean } from './steps.mjs';

const later = (milliseconds) => async (route) => {
  await new Promise((done) => setTimeout(done, milliseconds));
  // a page that has gone on, or is closed, waits for nothing
  await route.continue().catch(() => undefined);
};

test('answers that take longer than blocks do are shown all the same', async () => {
  const { account } = world.devnet.position('carol');
  const visit = await world.visit({ wallet: null, address: 'about:blank' });
  const { page } = visit;
  // two questions after each other: longer than ten blocks
  await page.route('**/cosmwasm/**', later(2_200));
  await page.goto(`${world.host.address}#/position/${account}`);
  await page.waitForSelector('#shares', { timeout: 8_000 });
  await assertClean(visit);
  await visit.context.close();
});

test('what the host does not give at once is asked for again', async () => {
  const visit = await world.visit({ wallet: null, address: 'about:blank' });
  const { page, context } = visit;
  const other = await context.newPage();
  const lacks = async (tab, file, name) => {
    await tab.route(file, (route) => route.abort(), { times: 1 });
    await tab.goto(world.host.address);
    await tab.waitForSelector(`text=A part of this page did not come from its host (${name}`);
    await tableRows(tab, '#concentration');
  };
  await Promise.all([lacks(page, '**/config.json', 'config.json'), lacks(other, '**/*.wasm', 'allocation.wasm')]);
  await assertClean(visit);
  await visit.context.close();
});

test('who comes back after an hour is shown what is so now', async () => {
  const visit = await world.visit({ wallet: null });
  const { page } = visit;
  await tableRows(page, '#concentration');
  const asked = page.waitForRequest((request) => request.url().includes('/staking/v1beta1/validators'), { timeout: 5_000 });
  await page.clock.setSystemTime(Date.now() + 3_600_000);
  await asked;
  await assertClean(visit);
  await visit.context.close();
});

test('lesson 13: a browser that lets pages keep nothing shows every screen', async () => {
  const visit = await world.visit({ wallet: null, address: 'about:blank' });
  const { page } = visit;
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage']) {
      Object.defineProperty(window, name, {
        get: () => {
          throw new DOMException('Access is denied for this document.', 'SecurityError');
        },
      });
    }
  });
  await page.goto(world.host.address);
  await tableRows(page, '#concentration');
  await page.click('#history .actions button');
  await page.waitForSelector('#past');
  for (const [route, shown] of [['#/deposit', '#amount'], ['#/defenders', '#operator-count'], ['#/governance', '#contracts'], ['#/how-it-works', '#limits']]) {
    await page.evaluate((hash) => (location.hash = hash), route);
    await page.waitForSelector(shown);
  }
  await assertClean(visit);
  await visit.context.close();
});
