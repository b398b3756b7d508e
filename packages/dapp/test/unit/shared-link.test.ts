// What others show of a link to the page.
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { texts } from '../../src/texts';

const html = readFileSync(new URL('../../index.html', import.meta.url), 'utf8');
const contentOf = (name: string) => new RegExp(`<meta (?:name|property)="${name}" content="([^"]*)"`).exec(html)?.[1];

test('a shared link shows title and description of the first screen, and a picture', () => {
  expect(contentOf('og:title')).toBe(texts.title);
  expect(contentOf('description')).toBe(texts.descriptions.network);
  expect(contentOf('og:description')).toBe(texts.descriptions.network);
  expect(contentOf('og:image:alt')).not.toBe('');
  const files = [contentOf('og:image'), ...[...html.matchAll(/<link rel="[a-z-]*icon" href="([^"]*)"/g)].map((it) => it[1])];
  expect(files).toHaveLength(3);
  for (const file of files) expect(existsSync(new URL(`../../public/${file}`, import.meta.url)), file).toBe(true);
});

test('the picture has the size that is told of it', () => {
  const png = readFileSync(new URL('../../public/preview.png', import.meta.url));
  expect([png.readUInt32BE(16), png.readUInt32BE(20)].map(String)).toEqual([contentOf('og:image:width'), contentOf('og:image:height')]);
  expect(png.length).toBeLessThan(100_000);
});
