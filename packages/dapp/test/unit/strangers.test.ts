// What strangers put on chain, in files and in proposals: nothing is run, nothing buries the rest.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkConfig } from '../../src/config';
import { foldMessages, groupWarnings, isLong } from '../../src/governance/fold';
import type { MessageRow } from '../../src/governance/module';
import { chooseShown } from '../../src/governance/read';
import { showMaximum } from '../../src/governance/values';
import { cleanName } from '../../src/names';
import { csvCell } from '../../src/network/csv';

const STAKE = { symbol: 'STAKE', decimals: 6 };

describe('files', () => {
  test('a name is no formula, at the beginning of a cell or where another spreadsheet begins one', () => {
    expect(csvCell('=1+1')).toBe("'=1+1");
    expect(csvCell('@SUM(1)')).toBe("'@SUM(1)");
    expect(csvCell(' =1+1')).toBe("' =1+1");
    expect(csvCell('＝1+1')).toBe("'＝1+1");
    expect(csvCell('Good;=HYPERLINK(1)')).toBe("Good;'=HYPERLINK(1)");
    expect(csvCell('Good; -2+3')).toBe("Good;' -2+3");
    expect(csvCell('a\t=cmd|x')).toBe("a\t'=cmd|x");
    expect(csvCell('Small & Sons; a=b, c-d')).toBe('"Small & Sons; a=b, c-d"');
    expect(csvCell('880100000')).toBe('880100000');
  });
});

describe('proposals', () => {
  const message = (index: number, name: string): MessageRow => ({
    place: `msgs[${index}]`,
    contract: 'wasm1vault',
    name,
    valid_until: null,
    funds: [],
    effects: [],
    fields: [],
  });

  test('fifty times the same warning is one, and the rare one stands first', () => {
    const spam = Array.from({ length: 50 }, (_, index) => ({ place: `msgs[${index}]`, kind: 'late', message: 'valid_until is far' }));
    const groups = groupWarnings([...spam, { place: 'msgs[50]', kind: 'owner', message: 'x becomes the owner' }]);
    expect(groups.map((it) => it.message)).toEqual(['x becomes the owner', 'valid_until is far']);
    expect(groups[1]?.places).toHaveLength(50);
  });

  test('of each kind of message the first are shown: another one among them is never folded', () => {
    const spam = Array.from({ length: 49 }, (_, index) => message(index, 'propose_settings'));
    const { shown, folded } = foldMessages([...spam, message(49, 'transfer_ownership')], 3);
    expect(shown.map((it) => it.place)).toEqual(['msgs[0]', 'msgs[1]', 'msgs[2]', 'msgs[49]']);
    expect(folded).toHaveLength(46);
  });

  test('a hundred open ones are not all asked for at once: the latest, the oldest, and whatever has passed', () => {
    const all = Array.from({ length: 100 }, (_, index) => ({ id: 100 - index, status: index === 50 ? 'passed' : 'open' }));
    const shown = chooseShown(all, 5).map((it) => it.id);
    expect(shown).toHaveLength(21);
    expect([shown[0], shown[9], shown[10], shown[11], shown[20]]).toEqual([100, 91, 50, 10, 1]);
    expect(chooseShown(all, 60)).toHaveLength(100);
    const over = Array.from({ length: 30 }, (_, index) => ({ id: 30 - index, status: 'executed' }));
    expect(chooseShown(over, 5)).toHaveLength(5);
  });

  test('a long text gets a place of its own', () => {
    expect(isLong('As agreed.')).toBe(false);
    expect(isLong('A'.repeat(10_000))).toBe(true);
    expect(isLong('\n'.repeat(300))).toBe(true);
  });

  test('a maximum of a listing is an amount, and nothing else in the words changes', () => {
    expect(showMaximum('maximum 5000000, operator maximum-7', STAKE)).toBe('maximum 5 STAKE, operator maximum-7');
    expect(showMaximum('maximum 900000000000', STAKE)).toBe('maximum 900,000 STAKE');
  });
});

test('a heap of accents on a letter is cut, and those that a language needs stay', () => {
  expect(cleanName(`z${'\u0335\u0321\u0322'.repeat(20)}algo`)).toBe('z\u0335\u0321\u0322algo');
  expect(cleanName('Việt Nam สู้ שָׁלוֹם')).toBe('Việt Nam สู้ שָׁלוֹם');
});

describe('config.json', () => {
  const denom = { base: 'ustake', symbol: 'STAKE', decimals: 6 };
  const config = { chainId: 'c', chainName: 'C', rpc: 'https://r', rest: ['https://r'], vault: 'v', bech32Prefix: 'wasm', gasPrice: '0.1', denom };

  test('a list on another host is refused, however it is written', () => {
    for (const list of ['https://evil.example/l', '//evil.example/l', '\\\\evil.example/l', '/\\evil.example/l', 'data:,x']) {
      expect(() => checkConfig({ ...config, list }), list).toThrow('list is no address');
    }
    expect(checkConfig({ ...config, list: 'lists/ours.json' }).list).toBe('lists/ours.json');
  });

  test('decimals are those of a coin', () => {
    for (const decimals of [-1, 19, 0.5]) expect(() => checkConfig({ ...config, denom: { ...denom, decimals } })).toThrow('decimals');
  });
});

describe('writing', () => {
  test('no number is written in digits that the fields do not take', () => {
    const files = readdirSync(new URL('../../src', import.meta.url), { recursive: true, encoding: 'utf8' });
    const sources = files.filter((it) => /\.tsx?$/.test(it) && !it.startsWith('wasm'));
    expect(sources.length).toBeGreaterThan(80);
    const wrong = sources.filter((it) => readFileSync(new URL(`../../src/${it}`, import.meta.url), 'utf8').includes('toLocaleString('));
    expect(wrong).toEqual([]);
  });
});
