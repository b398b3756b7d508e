// Pictures that others show: of a link that was shared, and of the page on the first screen of a phone.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const place = (name) => fileURLToPath(new URL(`../public/${name}`, import.meta.url));
const shield = readFileSync(place('icon.svg'), 'utf8');
// tokens of the light design
const [ground, ink, soft, accent, accentSoft, bad, warn] = ['#fbfaf7', '#17211f', '#55625f', '#0b6b5d', '#d9ece7', '#a3221c', '#8a4b00'];
const curve = 'M0 290C40 130 120 70 290 32S520 8 600 4';
const preview = `<body style="margin:0;width:1200px;height:630px;overflow:hidden;background:${ground};color:${ink};font-family:system-ui,'DejaVu Sans',sans-serif">
  <svg style="position:absolute;right:0;bottom:0" width="600" height="290">
    <path d="${curve}V290H0z" class="area" fill="${accentSoft}"/><path d="${curve}" fill="none" stroke="${accent}" stroke-width="5"/>
    <path d="M0 193H600" stroke="${bad}" stroke-width="3" stroke-dasharray="12 8"/><path d="M0 97H600" stroke="${warn}" stroke-width="3" stroke-dasharray="4 6"/>
  </svg>
  <div style="position:absolute;left:72px;top:72px;width:120px;height:120px">${shield}</div>
  <div style="position:absolute;left:72px;top:212px;width:1100px;font-size:60px;font-weight:700;line-height:1.15;letter-spacing:-.02em">Decentralized Staking Defenders</div>
  <div style="position:absolute;left:72px;top:312px;width:480px;font-size:34px;line-height:1.4;color:${soft}">See who holds the power on a chain, then move your stake.</div>
</body>`;
const icon = `<body style="margin:0;padding:22px;width:136px;height:136px;background:${ground}">${shield}</body>`;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
for (const [name, width, height, html] of [['preview.png', 1200, 630, preview], ['icon-180.png', 180, 180, icon]]) {
  const page = await browser.newPage({ viewport: { width, height } });
  await page.setContent(html);
  await page.screenshot({ path: place(name) });
}
await browser.close();
