import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { needsSelfBonds, readSelfBonds } from '../../src/network/network';
import { ChainError, type Rest } from '../../src/node/rest';
import { findAlike, normalName } from '../../src/alike';
import { texts } from '../../src/texts';
import { drawBadge, escapeXml, writeSnippet } from '../../src/operators/badge';
import { noteCommissions } from '../../src/operators/commissions';
import { operatorsCsv } from '../../src/operators/csv';
import { readWebsite, type OperatorRow } from '../../src/operators/operators';
import { drawPlace, findRows, sortRows } from '../../src/operators/order';
import { parseRate } from '../../src/operators/rate';
import { mapLimited, readDelegation, readSigningInfos, readValidators } from '../../src/operators/read';
import { kindOf, showChange, showUptime } from '../../src/operators/words';
import type { ConfigResponse, ValidatorInfo } from '../../src/vault/types';
import { initSync } from '../../src/wasm/allocation.js';

beforeAll(() => {
  initSync({ module: readFileSync(new URL('../../src/wasm/allocation_bg.wasm', import.meta.url)) });
});

const DAY = 86_400;
const OPERATOR = 'cosmosvaloper1c4k24jzduc365kywrsvf5ujz4ya6mwympnc4en';
const ACCOUNT = 'cosmos1c4k24jzduc365kywrsvf5ujz4ya6mwymy8vq4q';

function row(validator: string, change: Partial<OperatorRow> = {}): OperatorRow {
  return {
    validator,
    account: null,
    name: validator,
    otherName: null,
    website: null,
    reason: null,
    listedAt: 1,
    tokens: 100n,
    vault: 0n,
    info: null,
    commission: '0.05',
    maxCommission: '0.2',
    maxChange: '0.01',
    rank: 1,
    uptime: { missed: 0n, counted: 1_000n },
    state: 'eligible',
    isListed: true,
    fate: null,
    unseen: null,
    alike: [],
    ...change,
  };
}

/** Answers of a node by path. */
function fakeRest(answers: Record<string, unknown>, asked: string[] = []): Rest {
  const get = async (path: string) => {
    asked.push(path);
    await new Promise((done) => setTimeout(done, 1));
    const answer = answers[path];
    if (answer === undefined) throw new ChainError(404, 'not found');
    return answer;
  };
  const pages = async (path: string, key: string) => ((await get(path)) as Record<string, unknown[]>)[key];
  return { get, pages } as unknown as Rest;
}

describe('lesson 32: names that read the same are flagged', () => {
  test.each([
    ['Chorus One', 'CHORUS ONE'],
    ['Chorus One', 'Ｃｈｏｒｕｓ　Ｏｎｅ'],
    ['Chorus One', 'Chorus-One'],
    ['Chorus One', 'Сhоrus Оnе'],
    ['Chorus One', 'Ch\u200borus \u202eOne'],
    ['Chorus One', 'Chörus One'],
    ['Chorus One', 'Ch0rus 0ne'],
    ['Binary', '8ıпаrу'.replace('8', 'B')],
    ['ill', 'I11'],
    ['wave', 'wa\u3164ve\u2800'],
    ['🐌', '🐌 '],
    ['modern', 'rnodern'],
    ['wave', 'vvave'],
    ['Stølen', 'Stolen'],
    ['Łódź', 'Lodz'],
    ['Chorus', 'ᴄʜᴏʀᴜꜱ'],
    ['SERPAL', 'ᏚᎬᏒᏢᎪᏞ'],
    ['LISTED', 'ꓡꓲꓢꓔꓰꓓ'],
    ['forbole', 'ƒorbole'],
  ])('%s and %s', (one, other) => {
    expect(normalName(other)).toBe(normalName(one));
  });

  test('others are not', () => {
    for (const [one, other] of [
      ['wave', 'waves'],
      ['日本', '東京'],
      ['🐌', '🦊'],
      ['sg-1', 'sg-2'],
    ] as const) {
      expect(normalName(one)).not.toBe(normalName(other));
    }
    expect(normalName(null)).toBeNull();
    expect(normalName('')).toBeNull();
  });

  test('by every name that one goes by, and never with itself or with the nameless', () => {
    const alike = findAlike([
      { validator: 'a', names: ['Anna', 'ANNA'] },
      { validator: 'b', names: ['Bert', 'anna'] },
      { validator: 'c', names: ['bert'] },
      { validator: 'd', names: [null] },
      { validator: 'e', names: [null, null] },
    ]);
    expect([...alike]).toEqual([
      ['a', ['b']],
      ['b', ['a', 'c']],
      ['c', ['b']],
    ]);
  });
});

describe('the order', () => {
  const rows = ['a', 'b', 'c', 'd', 'e', 'f'].map((name, index) => row(name, { tokens: BigInt(index) }));
  const names = (sorted: OperatorRow[]) => sorted.map((it) => it.validator).join('');

  test('is drawn anew each day, the same for everybody, and never by power', () => {
    const at = (time: number) => names(sortRows(rows, { by: 'day', isDown: false }, time));
    expect(at(7 * DAY)).toBe(at(8 * DAY - 1));
    const days = Array.from({ length: 600 }, (_, day) => at(day * DAY));
    expect(new Set(days).size).toBeGreaterThan(300);
    // each stands first on about a sixth of the days
    for (const { validator } of rows) {
      const first = days.filter((day) => day.startsWith(validator)).length;
      expect(first, validator).toBeGreaterThan(60);
      expect(first, validator).toBeLessThan(150);
    }
  });

  test('a column orders both ways; equal ones stand as drawn, unknown ones last', () => {
    expect(names(sortRows(rows, { by: 'tokens', isDown: false }, 0))).toBe('abcdef');
    expect(names(sortRows(rows, { by: 'tokens', isDown: true }, 0))).toBe('fedcba');
    const [first = '', second = ''] = [...'ab'].sort((a, b) => drawPlace(a, 0) - drawPlace(b, 0));
    const some = [row('a'), row('b'), row('c', { uptime: null }), row('d', { uptime: { missed: 1n, counted: 1_000n } })];
    expect(names(sortRows(some, { by: 'uptime', isDown: false }, 0))).toBe(`d${first}${second}c`);
    expect(names(sortRows(some, { by: 'uptime', isDown: true }, 0))).toBe(`${first}${second}dc`);
  });

  test('is found by name however it is written, by address, site and reason, and by state', () => {
    const all = [
      row('xvaloper1a', { name: 'Chorus One', website: new URL('https://chorus.example/x') }),
      row('xvaloper1b', { name: 'Wave', reason: 'Runs its own machines', state: 'waiting' }),
      row('xvaloper1c', { name: null, fate: 'jailed' }),
    ];
    const find = (text: string, filter: Parameters<typeof findRows>[2] = 'all') =>
      names(findRows(all, text, filter)).replaceAll('xvaloper1', '');
    expect(find('')).toBe('abc');
    expect(find(' ＣＨＯＲＵＳ')).toBe('a');
    expect(find('chorus.ex')).toBe('a');
    expect(find('own machines')).toBe('b');
    expect(find('XVALOPER1C')).toBe('c');
    expect(find('', 'waiting')).toBe('b');
    expect(find('', 'trouble')).toBe('bc');
    expect(find('', 'none')).toBe('ac');
    expect(find('nobody')).toBe('');
  });
});

test('an eligible one that the rule gives nothing is told apart', () => {
  const info = { target: '0' } as ValidatorInfo;
  expect(kindOf({ state: 'eligible', info, vault: 0n })).toBe('none');
  expect(kindOf({ state: 'eligible', info, vault: 1n })).toBe('given');
  expect(kindOf({ state: 'eligible', info: { ...info, target: '5' }, vault: 0n })).toBe('next');
  expect(kindOf({ state: 'leaving', info, vault: 9n })).toBe('leaving');
});

describe('changes of commission since the last visit', () => {
  const kept = new Map<string, string>();
  const store = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, text: string) => void kept.set(key, text) };
  const note = (at: number, rates: Record<string, string>) => [...noteCommissions(store, 'k', at, new Map(Object.entries(rates)))];

  test('are told against the visit before, through reloads, until the next visit', () => {
    expect(note(1_000, { a: '0.05', b: '0.05' })).toEqual([]);
    expect(note(1_100, { a: '0.05', b: '0.05' })).toEqual([]);
    const changed = [['a', { was: '0.05', since: 1_100 }]];
    expect(note(DAY, { a: '0.10', b: '0.05', c: '0.01' })).toEqual(changed);
    expect(note(DAY + 60, { a: '0.10', b: '0.05', c: '0.01' })).toEqual(changed);
    expect(note(3 * DAY, { a: '0.10', b: '0.05', c: '0.01' })).toEqual([]);
  });

  test('a browser that keeps nothing, or nonsense, breaks nothing', () => {
    const full = {
      getItem: () => '{"at":1}',
      setItem: () => {
        throw new Error('full');
      },
    };
    expect(noteCommissions(full, 'k', 5, new Map([['a', '0.1']])).size).toBe(0);
    expect(
      noteCommissions(
        {
          ...full,
          getItem: () => {
            throw new Error('no');
          },
        },
        'k',
        5,
        new Map(),
      ).size,
    ).toBe(0);
  });
});

test('lesson 35: a site is an https address of the listing, without a name in it', () => {
  expect(readWebsite('https://wave.example/about')?.host).toBe('wave.example');
  for (const bad of [
    null,
    '',
    'wave.example',
    'http://wave.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'https://bank.example@evil.example/',
  ]) {
    expect(readWebsite(bad), String(bad)).toBeNull();
  }
});

describe('the badge', () => {
  const badge = {
    chain: 'Juno',
    name: '<script>alert("x")</script> & \u202eevil',
    title: 'Listed by the Defenders',
    stake: '5 X from the vault',
    date: 'on Nov 27, 2026',
    description: 'On the list of "x" & y',
  };

  test('lesson 33: names are text in it, however they are written', () => {
    const picture = drawBadge(badge);
    expect(picture).not.toMatch(/<script|on\w+=|href|url\(|@import|http:\/\/(?!www\.w3\.org)/i);
    expect(picture).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp;');
    expect(escapeXml("a\u0000\u0007b\uFFFF'<")).toBe('ab&#39;&lt;');
    const snippet = writeSnippet(badge, 'https://page.example/#/defenders/x"onload="y', 'a.svg');
    expect(snippet.match(/<[a-z/]/g)).toEqual(['<a', '<i', '</']);
    expect(snippet).not.toContain('"onload="');
    expect(picture + snippet).not.toContain('\u202e');
  });

  test('is read aloud, dated, and cut where it would not fit', () => {
    const picture = drawBadge({ ...badge, name: 'x'.repeat(90) });
    expect(picture).toContain(`<title id="badge-title">Listed by the Defenders: ${'x'.repeat(90)}</title>`);
    expect(picture).toContain(`>${'x'.repeat(22)}…</text>`);
    expect(picture).toContain('>on Nov 27, 2026</text>');
    expect(picture).toContain('>5 X from the vault</text>');
    expect(drawBadge({ ...badge, stake: null })).not.toContain('vault');
    expect(drawBadge(badge)).toContain('>Juno</text>');
    // wide letters, signs and digits take more room
    expect(drawBadge({ ...badge, name: 'W'.repeat(30) })).toContain(`>${'W'.repeat(9)}…</text>`);
    expect(drawBadge({ ...badge, name: '東'.repeat(30) })).toContain(`>${'東'.repeat(11)}…</text>`);
  });
});

test('a rate is typed in percent', () => {
  expect(parseRate('')).toEqual({ rate: null, isWrong: false });
  expect(parseRate('0')).toEqual({ rate: '0', isWrong: false });
  expect(parseRate('7.5')).toEqual({ rate: '0.075', isWrong: false });
  expect(parseRate('7,5')).toEqual({ rate: '0.075', isWrong: false });
  expect(parseRate('100')).toEqual({ rate: '1', isWrong: false });
  for (const bad of ['100.1', '-1', 'x', '0.00000000000000001']) expect(parseRate(bad), bad).toEqual({ rate: null, isWrong: true });
});

test('uptime is rounded down, and a change has its sign', () => {
  expect(showUptime({ missed: 1n, counted: 1_000_000n })).toBe('99.99 %');
  expect(showUptime({ missed: 0n, counted: 3n })).toBe('100 %');
  const unit = { symbol: 'X', decimals: 1 };
  expect(['-15', '0', '25'].map((it) => showChange(it, unit))).toEqual(['−1.5 X', '0 X', '+2.5 X']);
});

test('the file has a line for each, and names are no formulas', () => {
  const head = { chainId: 'c', height: 7, time: 0 };
  const [header = '', line = ''] = operatorsCsv([row('x1', { name: '=1+1', tokens: 2n ** 128n - 1n })], head).split('\n');
  expect(header.split(',')).toHaveLength(18);
  expect(line).toBe(`x1,'=1+1,,,eligible,,,${2n ** 128n - 1n},0,,,0.05,0.2,0,1000,1970-01-01T00:00:01.000Z,7,1970-01-01T00:00:00.000Z`);
});

describe('self-bonds', () => {
  const config = (factor: string | null, outOfForce: string[] = []) =>
    ({ policy: { bond_factor: factor }, caps_not_in_force: outOfForce }) as unknown as ConfigResponse;
  const path = `/cosmos/staking/v1beta1/validators/${OPERATOR}/delegations/${ACCOUNT}`;

  test('are read only where the rule goes by them', () => {
    expect(needsSelfBonds(config('20'))).toBe(true);
    expect(needsSelfBonds(config(null))).toBe(false);
    expect(needsSelfBonds(config('20', ['bond_factor']))).toBe(false);
  });

  test("are each operator's own delegation; one without any has none; the excluded are not asked for", async () => {
    const known = [{ validator: OPERATOR }, { validator: 'xvaloper1out', exclusion: 'jailed' }] as ValidatorInfo[];
    const asked: string[] = [];
    const rest = fakeRest({ [path]: { delegation_response: { balance: { amount: '123' } } } }, asked);
    expect([...(await readSelfBonds(rest, known))]).toEqual([[OPERATOR, 123n]]);
    expect(asked).toEqual([path]);
    expect(await readDelegation(fakeRest({}), ACCOUNT, OPERATOR)).toBe(0n);
    await expect(readSelfBonds(rest, [{ validator: 'xvaloper1bad' }] as ValidatorInfo[])).rejects.toThrow('xvaloper1bad');
  });

  test('so many are asked for at a time', async () => {
    let open = 0;
    let most = 0;
    const items = Array.from({ length: 40 }, (_, index) => index);
    const doubled = await mapLimited(items, 6, async (item) => {
      most = Math.max(most, (open += 1));
      await new Promise((done) => setTimeout(done, item % 3));
      open -= 1;
      return item * 2;
    });
    expect(doubled).toEqual(items.map((it) => it * 2));
    expect(most).toBe(6);
    expect(await mapLimited([], 6, async () => 1)).toEqual([]);
  });
});

test('validators are read in every status, with keys of the kind that is known', async () => {
  const raw = (change: object) => ({
    operator_address: 'x1',
    consensus_pubkey: { '@type': '/cosmos.crypto.ed25519.PubKey', key: 'AA==' },
    jailed: true,
    status: 'BOND_STATUS_UNBONDING',
    tokens: '7',
    description: { moniker: '\u202eAnna' },
    commission: { commission_rates: { rate: '0.050000000000000000', max_rate: '1.0', max_change_rate: '0.01' } },
    ...change,
  });
  const other = {
    consensus_pubkey: { '@type': '/cosmos.crypto.secp256k1.PubKey', key: 'AA==' },
    jailed: undefined,
    status: 'BOND_STATUS_UNBONDED',
  };
  const rest = fakeRest({
    '/cosmos/staking/v1beta1/validators': { validators: [raw({}), raw(other)] },
    '/cosmos/slashing/v1beta1/signing_infos': {
      info: [{ address: 'c1', index_offset: '9', missed_blocks_counter: '2', tombstoned: false }],
    },
  });
  const [first, second] = await readValidators(rest);
  expect(first).toMatchObject({ name: 'Anna', status: 'unbonding', jailed: true, consensusKey: 'AA==', tokens: 7n });
  expect(second).toMatchObject({ status: 'unbonded', jailed: false, consensusKey: null });
  expect(await readSigningInfos(rest)).toEqual([{ address: 'c1', missed: 2n, counted: 9n, tombstoned: false }]);
});

test('a long list says how many there are and how many of them are shown', () => {
  const { count } = texts.operators;
  expect(count(96, 96, 24)).toBe('There are 96 operators. The first 24 are shown.');
  expect(count(40, 96, 24)).toBe('40 of 96 operators fit. The first 24 are shown.');
  expect(count(96, 96, 96)).toBe('All 96 operators are shown.');
  expect(count(3, 96, 3)).toBe('3 of 96 operators are shown.');
  expect(count(1, 1, 1)).toBe('The one operator is shown.');
});
