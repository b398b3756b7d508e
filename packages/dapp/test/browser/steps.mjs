// What many tests do and ask.
import assert from 'node:assert/strict';
import { world } from './harness.mjs';

/** Base units of a whole STAKE. */
export const STAKE = 1_000_000n;
export const sharesOf = (name) => BigInt(world.devnet.position(name).shares);

/** Nothing broke and nothing was blocked; nobody was asked but the host and the node. */
export async function assertClean({ page, faults, requests }) {
  // an answer that a test changes must not outlive its page
  await page.unrouteAll({ behavior: 'wait' });
  assert.deepEqual(await page.evaluate(() => window.__violations), [], 'lesson 25: a policy was violated');
  assert.deepEqual(faults, []);
  const known = [world.host.address, ...world.host.config.rest, 'blob:'];
  assert.deepEqual(requests.filter((url) => !known.some((it) => url.startsWith(it))), [], 'lesson 27: a stranger was asked');
}

/** Connects the wallet on the screen of deposits. */
export async function connect(page) {
  await page.click('form .button');
  await page.waitForSelector('.account');
  await page.waitForSelector('#amount');
}

export async function fill(page, amount) {
  await page.fill('#amount', amount);
  const button = page.locator('form button[type=submit]');
  await page.waitForFunction(() => !document.querySelector('form button[type=submit]').disabled);
  return button;
}

/** What a browser's translation does: each text moves into an element of its own, but where translation is switched off. */
export function translateTexts(page) {
  return page.evaluate(() => {
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
}

/** What the node answers to a path. */
export const get = async (path) => (await fetch(world.devnet.config.rest[0] + path)).json();

/** What the vault answers to a question. */
export async function ask(question) {
  const encoded = encodeURIComponent(Buffer.from(JSON.stringify(question)).toString('base64'));
  return (await get(`/cosmwasm/wasm/v1/contract/${world.devnet.config.vault}/smart/${encoded}`)).data;
}

/** Texts of elements that stand beyond the edge, beside those in tables that are scrolled. */
export function cutOff(page, within) {
  return page.evaluate((selector) => {
    const faults = [];
    for (const element of document.querySelectorAll(`${selector} *`)) {
      const scroller = element.closest('.wide');
      const isScrolled = scroller !== null && scroller.querySelector('.stack') === null;
      if (isScrolled || element.closest('pre, .unseen, thead') !== null || element.getClientRects().length === 0) continue;
      const edge = (scroller ?? document.documentElement).getBoundingClientRect().right;
      if (element.getBoundingClientRect().right > edge + 1) faults.push(`${element.tagName} ${element.textContent.slice(0, 40)}`);
    }
    return faults;
  }, within);
}

/**
 * The node's index knows nothing of a transaction, by its hash and by the account's number; of all, where none is named.
 * Resolves to what ends that.
 */
export async function hideTx(page, hash = '*') {
  const routes = [
    [`**/cosmos/tx/v1beta1/txs/${hash}`, (route) => route.fulfill({ status: 404, json: { code: 5, message: 'tx not found: hidden by the test' } })],
    [/\/txs\?query=tx\.acc_seq/, (route) => route.fulfill({ json: { tx_responses: [] } })],
  ];
  for (const [url, answer] of routes) await page.route(url, answer);
  return async () => {
    for (const [url, answer] of routes.reverse()) await page.unroute(url, answer);
  };
}

/** The node says that it has taken what it is given, and loses it. */
export function loseTx(page) {
  const tx_response = { txhash: '', height: '0', code: 0, codespace: '', raw_log: '', gas_used: '0', gas_wanted: '0', events: [] };
  return page.route('**/cosmos/tx/v1beta1/txs', (route) => route.fulfill({ json: { tx_response } }));
}

/** The node says that it is many blocks on. */
export async function leapAhead(page) {
  await page.route('**/blocks/latest', async (route) => {
    const answer = await (await route.fetch()).json();
    answer.block.header.height = String(Number(answer.block.header.height) + 1_000);
    await route.fulfill({ json: answer });
  });
  // as of then an account is as it is now
  await page.route('**/account_info/*', (route) => {
    const { 'x-cosmos-block-height': _, ...headers } = route.request().headers();
    return route.continue({ headers });
  });
}
