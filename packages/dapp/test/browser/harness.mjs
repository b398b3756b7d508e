// A browser on the built page and a devnet, with a wallet that signs.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { Devnet } from './devnet.mjs';
import { Host } from '../../tools/serve.mjs';
import { installCounters, installWallet, TestWallet } from './wallet.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SHOTS = fileURLToPath(new URL('../shots/', import.meta.url));
/** Milliseconds until an expectation fails. */
const PATIENCE = 20_000;

class World {
  async start(options) {
    this.devnet = new Devnet(...options);
    this.host = await Host.start(this.devnet.config, 0, this.devnet.home);
    this.browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
    mkdirSync(SHOTS, { recursive: true });
  }

  /** A stranger's browser; `wallet` null for none. */
  async visit({ wallet = new TestWallet('alice'), route = '', width = 1440, height = 900, scheme = 'light', locale = 'en-US', address = this.host.address } = {}) {
    const context = await this.browser.newContext({ viewport: { width, height }, colorScheme: scheme, locale, timezoneId: 'UTC' });
    context.setDefaultTimeout(PATIENCE);
    if (wallet !== null) {
      await context.exposeFunction('__wallet', (request) => wallet.answer(request));
      await context.addInitScript(installWallet);
    }
    await context.addInitScript(installCounters);
    const page = await context.newPage();
    const faults = [];
    const requests = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(address + route);
    return { context, page, wallet, faults, requests };
  }

  async stop() {
    await this.browser?.close();
    this.host?.stop();
    this.devnet?.stop();
  }
}

/** The one that all tests share. */
export let world;

/** `options` of the devnet. */
export async function startWorld(...options) {
  world = new World();
  await world.start(options);
}

export async function stopWorld() {
  await world.stop();
}

/** Of a test that failed: what its pages showed. Each is closed, so that none is in the way of the next test. */
export async function tellFailure({ name, passed }) {
  // where the devnet did not start there is none
  for (const context of world.browser?.contexts() ?? []) {
    for (const page of passed ? [] : context.pages()) {
      const shown = await page.innerText('body', { timeout: 2_000 }).catch((error) => `no text: ${error.message}`);
      console.log(`"${name}" was at ${page.url()}, which showed:\n${shown.replace(/^/gm, '  | ')}`);
    }
    await context.close();
  }
}

/** Violations of axe, in a line each. */
export async function axe(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

export async function shot(page, name) {
  await page.screenshot({ path: `${SHOTS}${name}.png`, fullPage: true });
}

/** Waits until the place of an act tells how it ended. */
export async function outcome(page, kind) {
  const place = page.locator(`.tx[data-outcome=${kind}]`);
  await place.waitFor();
  return place.innerText();
}

/** Rows of a table: the first cell is the name. */
export async function tableRows(page, selector) {
  await page.locator(`${selector} tbody tr`).first().waitFor();
  return page.$$eval(`${selector} tbody tr`, (rows) => rows.map((row) => Array.from(row.cells, (cell) => cell.innerText.trim())));
}
