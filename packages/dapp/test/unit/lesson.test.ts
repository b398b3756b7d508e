// "How it works" can be read by anybody, and every number in it is given from outside.
import { describe, expect, test } from 'vitest';
import type { LessonNumbers } from '../../src/texts/lesson';
import { plainText, type Prose } from '../../src/prose';
import { texts } from '../../src/texts';
import { measure } from './reading-ease';

/** Plain English. */
const LEAST = 60;

const numbers: LessonNumbers = {
  chain: 'Juno',
  holders: 140,
  third: 7,
  twoThirds: 21,
  effective: '36.4',
  evenThird: 47,
  largest: { name: 'Largest', share: '8.1 %' },
  topTen: '44.2 %',
  listed: 31,
  eligible: 28,
  topThird: 7,
  vault: { holds: 25, share: '1.72 %', most: '9.8 %', lossOfMost: '0.49 %' },
  unbondingDays: 21,
  waitDays: 30,
  ownerMoves: '35 %',
  commission: '10 %',
  fee: '5 %',
  bounty: '12 %',
  communityTax: '2 %',
  leftOfHundred: '83.7',
  selfLimit: '22 %',
  doubleSign: '5 %',
  downtime: '0.01 %',
  window: 10_000,
  mostMissed: '95 %',
  jailMinutes: 11,
  votes: { needed: 3, total: 5 },
  brake: 'ready',
};

const { sections, glossary } = texts.lesson;
const paragraphs = (all: LessonNumbers) =>
  sections.map((it) => ({
    id: it.id,
    read: [...it.body(all), ...(it.points?.(all) ?? []), ...(it.end?.(all) ?? [])].map(plainText),
  }));

describe('reading ease', () => {
  test('is Flesch’s', () => {
    // 1 sentence, 6 words, 6 syllables; 1 sentence, 2 words, 9 syllables
    expect(measure(['The cat sat on the mat.']).ease).toBeCloseTo(206.835 - 1.015 * 6 - 84.6, 5);
    expect(measure(['Incomprehensible documentation.']).ease).toBeLessThan(0);
    expect(measure(['It is 12.5 % now. It was 3.']).words).toBe(8);
  });

  for (const { id, read } of paragraphs(numbers)) {
    test(`of the section "${id}"`, () => {
      const { ease, words } = measure(read);
      expect(words).toBeGreaterThan(30);
      expect(words, 'short').toBeLessThan(230);
      expect(ease, read.join('\n')).toBeGreaterThanOrEqual(LEAST);
    });
  }

  test('of the words and their meanings', () => {
    expect(glossary.entries.length).toBeGreaterThanOrEqual(10);
    expect(measure(glossary.entries.map(([, meaning]) => meaning)).ease).toBeGreaterThanOrEqual(LEAST);
  });

  test('of all of it, and with whatever the other numbers make of it', () => {
    const others = (['none', 'on', 'used'] as const).map((brake) => ({ ...numbers, votes: null, brake }));
    const owners = ([null, 'key', { needed: 1, total: 5 }] as const).map((votes) => ({ ...numbers, votes }));
    for (const all of [numbers, ...others, ...owners]) {
      expect(measure(paragraphs(all).flatMap((it) => it.read)).ease).toBeGreaterThanOrEqual(LEAST);
    }
  });
});

describe('reading ease of the other texts', () => {
  /** Sentences of a part of the texts; what takes numbers is given sevens. */
  const sentencesOf = (part: unknown): string[] => {
    if (typeof part === 'string') return part.split(/\s+/).length >= 6 ? [part] : [];
    if (typeof part === 'function') return sentencesOf((part as (...all: unknown[]) => unknown)(...Array<number>(part.length).fill(7)));
    if (Array.isArray(part)) return sentencesOf(plainText(part as Prose));
    return typeof part === 'object' && part !== null ? Object.values(part).flatMap(sentencesOf) : [];
  };
  const { lesson: _, ...others } = texts;
  for (const [name, part] of Object.entries(others)) {
    const read = sentencesOf(part);
    if (measure(read).words < 30) continue;
    test(`of "${name}"`, () => {
      expect(measure(read).ease, read.join('\n')).toBeGreaterThanOrEqual(LEAST);
    });
  }
});

describe('numbers', () => {
  test('each is in the text: another one is another text', () => {
    const told = JSON.stringify(paragraphs(numbers));
    const change = (value: unknown): unknown => {
      if (typeof value === 'number') return value + 1_234;
      if (value === 'ready') return 'on';
      if (typeof value === 'string') return `${value}!`;
      return value === null ? value : Object.fromEntries(Object.entries(value as object).map(([name, it]) => [name, change(it)]));
    };
    for (const name of Object.keys(numbers) as (keyof LessonNumbers)[]) {
      // in the sentence below the picture
      if (name === 'evenThird') continue;
      expect(JSON.stringify(paragraphs({ ...numbers, [name]: change(numbers[name]) })), name).not.toBe(told);
    }
  });

  test('an owner that is one key, or of which one vote is enough, is told as that', () => {
    const told = (votes: LessonNumbers['votes']) => JSON.stringify(paragraphs({ ...numbers, votes }));
    expect(told('key')).toContain('owned by one key. Who has that key decides alone');
    expect(told({ needed: 1, total: 5 })).toContain('each of its members decides alone');
    expect(told(null)).toContain('cannot see whether it is');
  });

  test('lesson 20: none is typed', () => {
    const typed = String(JSON.stringify(sections, (_, value: unknown) => (typeof value === 'function' ? String(value) : value)));
    // a hundred coins are an example
    expect(typed.replace(/\b100\b/g, '').match(/[^$\w"#.\\-]\d+(\.\d+)?\s*(%|days|validators|blocks)/g)).toBeNull();
  });
});
