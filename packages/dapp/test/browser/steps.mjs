// What many tests do and ask.
import assert from 'node:assert/strict';
import { world } from './harness.mjs';

/** Base units of a whole STAKE. */
export const STAKE = 1_000_000n;
export const sharesOf = (name) => BigInt(world.devnet.position(name).shares);

/** Nothing broke and nothing was blocked; nobody was asked but the host and the node. */
export async function assertClean({ page, faults, requests }) {
  assert.deepEqual(await page.evaluate(() => window.__violations), [], 'lesson 25: a policy was violated');
  assert.deepEqual(faults, []);
  const known = [world.host.address, ...world.host.config.rest, 'blob:'];
  assert.deepEqual(requests.filter((url) => !known.some((it) => url.startsWith(it))), [], 'lesson 27: a stranger was asked');
}

export async function fill(page, amount) {
  await page.fill('#amount', amount);
  const button = page.locator('form button[type=submit]');
  await page.waitForFunction(() => !document.querySelector('form button[type=submit]').disabled);
  return button;
}

/** What browsers do: each text moves into an element of theirs, but where translation is switched off. */
export function translate(page) {
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
