import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const SOURCE = fileURLToPath(new URL('../../src/', import.meta.url));
const read = (path: string) => readFileSync(SOURCE + path, 'utf8');
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' });
const sheets = files.filter((it) => it.startsWith('style/') && it.endsWith('.css'));
const withoutComments = (css: string) => css.replace(/\/\*[^]*?\*\//g, '');
const rules = new Map(sheets.map((it) => [it, withoutComments(read(it))]));
const screens = files.filter((it) => it.endsWith('.tsx')).map(read).join('\n');

describe('the style sheets', () => {
  test('are all in the one that the page loads, tokens first', () => {
    const loaded = [...read('style.css').matchAll(/@import '\.\/(style\/[a-z]+\.css)'/g)].map((it) => it[1]);
    expect(loaded[0]).toBe('style/tokens.css');
    expect([...loaded].sort()).toEqual([...sheets].sort());
  });

  test('have no class that no screen uses', () => {
    const dead = new Set<string>();
    for (const css of rules.values()) {
      for (const [, name] of css.replace(/\{[^{}]*\}/g, '{}').matchAll(/\.([a-z][a-z-]*)/g)) {
        if (name !== undefined && !new RegExp(`["'\`\\s]${name}["'\`\\s]`).test(screens)) dead.add(name);
      }
    }
    expect([...dead]).toEqual([]);
  });

  test('take every colour from a token, and have no token that nothing takes', () => {
    const tokens = rules.get('style/tokens.css') ?? '';
    const others = sheets.filter((it) => it !== 'style/tokens.css').map((it) => rules.get(it) ?? '');
    for (const css of others) expect(css).not.toMatch(/#[0-9a-f]{3,8}\b|rgb\(|hsl\(/i);
    const all = [tokens, ...others].join('\n');
    const declared = new Set([...tokens.matchAll(/(--[a-z0-9-]+):/g)].map((it) => it[1] ?? ''));
    expect([...declared].filter((it) => !all.includes(`var(${it})`))).toEqual([]);
    const taken = new Set([...all.matchAll(/var\((--[a-z0-9-]+)\)/g)].map((it) => it[1] ?? ''));
    expect([...taken].filter((it) => !declared.has(it))).toEqual([]);
  });

  test('declare one selector once: two places would contradict each other', () => {
    const seen = new Map<string, string>();
    const twice: string[] = [];
    for (const [sheet, css] of rules) {
      // what holds for some media only says something else there
      for (const [, selector = ''] of css.replace(/@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, '').matchAll(/([^{}]+)\{/g)) {
        const name = selector.trim().replace(/\s+/g, ' ');
        if (seen.has(name)) twice.push(`${name} in ${seen.get(name)} and ${sheet}`);
        seen.set(name, sheet);
      }
    }
    expect(twice).toEqual([]);
  });
});
