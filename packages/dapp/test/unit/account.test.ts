import { describe, expect, test } from 'vitest';
import { growthCsv } from '../../src/account/growth';
import { writeCalendar } from '../../src/account/calendar';
import { Chain } from '../../src/node/chain';
import { Rest } from '../../src/node/rest';
import { NoIndexError, searchTxs } from '../../src/node/search';

describe('the calendar file of a withdrawal', () => {
  const reminder = {
    chainId: 'chain-1',
    vault: 'wasm1vault',
    account: 'wasm1me',
    batchId: 7,
    tokens: '1,250.5 STAKÉ; \\ or so',
    earliest: 1_795_798_113,
    latest: 1_795_801_713,
    address: 'https://defenders.example/a/folder/#/position/wasm1me',
  };
  const text = writeCalendar(reminder, 1_795_000_000);
  const unfolded = text.replace(/\r\n /g, '');

  test('is one event after RFC 5545: CRLF, folded lines, times in UTC, an identity that stays', () => {
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(text.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line), line).toBeLessThanOrEqual(75);
    expect(text).not.toContain('\uFFFD');
    expect(unfolded).toContain('UID:chain-1.wasm1vault.wasm1me.7@defenders\r\n');
    expect(unfolded).toContain('DTSTAMP:20261118T110640Z\r\n');
    expect(unfolded).toContain('DTSTART:20261127T174833Z\r\n');
    expect(writeCalendar(reminder, 9).match(/UID:.*/)?.[0]).toBe(text.match(/UID:.*/)?.[0]);
    for (const part of ['VCALENDAR', 'VEVENT', 'VALARM']) {
      expect(text.match(new RegExp(`BEGIN:${part}\r\n`, 'g'))).toHaveLength(1);
      expect(text.match(new RegExp(`END:${part}\r\n`, 'g'))).toHaveLength(1);
    }
  });

  test('escapes what RFC 5545 gives a meaning', () => {
    expect(unfolded).toContain('about 1\\,250.5 STAKÉ\\; \\\\ or so can be claimed');
    expect(unfolded).toContain('likely ready on 2026-11-27 16:48 UTC\\, and on 2026-11-27 17:48 UTC at the latest');
  });

  test('reminds of the likely day as well, where the worst case is far behind it', () => {
    const far = writeCalendar({ ...reminder, latest: reminder.earliest + 17 * 86_400 }, 1_795_000_000).replace(/\r\n /g, '');
    expect([...far.matchAll(/DTSTART:(\w+)/g)].map((it) => it[1])).toEqual(['20261127T164833Z', '20261214T164833Z']);
    expect(new Set([...far.matchAll(/UID:.*/g)].map((it) => it[0])).size).toBe(2);
    const past = writeCalendar({ ...reminder, latest: reminder.earliest + 17 * 86_400 }, reminder.earliest);
    expect(past.match(/BEGIN:VEVENT/g), 'a day that is over needs no reminder').toHaveLength(1);
  });

  test('has no line that somebody else wrote', () => {
    const lure = 'x\rATTACH:https://evil.example\nURL:https://evil.example\u2028END:VEVENT';
    const file = writeCalendar({ ...reminder, chainId: lure, tokens: lure, address: lure }, 9).replace(/\r\n /g, '');
    expect(file.split(/\r\n|[\r\n\u2028]/).filter((line) => /^(ATTACH|URL)/.test(line))).toEqual([]);
    expect(file.match(/^END:VEVENT\r$/gm)).toHaveLength(1);
  });

  test('lesson 19: is the same in every zone', () => {
    const before = process.env.TZ;
    for (const zone of ['Pacific/Auckland', 'America/Los_Angeles']) {
      process.env.TZ = zone;
      expect(writeCalendar(reminder, 1_795_000_000), zone).toBe(text);
    }
    process.env.TZ = before;
  });
});

test('rates are saved with their times and the height at which they were read', () => {
  const points = [{ time: 0, tokens_per_share: '1.000000000000000001' }];
  const growth = { points, whole: null, changes: [], fee: '0.05', height: 9, time: 1 };
  expect(growthCsv(growth)).toBe('time,tokens_per_share,read_at_height\n1970-01-01T00:00:00.000Z,1.000000000000000001,9\n');
});

describe('a search of transactions', () => {
  const row = (height: number) => ({ txhash: `H${height}`, height: String(height), timestamp: '2026-11-27T16:48:34Z', code: 0, events: [] });
  const chainOf = (answer: (url: URL) => [number, unknown]) => {
    const asked: URL[] = [];
    const fetch = async (input: string) => {
      asked.push(new URL(input));
      const [status, body] = answer(asked.at(-1) as URL);
      return new Response(JSON.stringify(body), { status });
    };
    return { asked, chain: new Chain(new Rest(['http://127.0.0.1:1'], 1_000, fetch), 'c') };
  };
  const condition = "message.action = '/a.B' AND message.sender = 'me'";

  test('reads page by page until one is not full', async () => {
    const { asked, chain } = chainOf((url) => [200, { tx_responses: Array.from({ length: url.searchParams.get('page') === '3' ? 1 : 50 }, (_, it) => row(it)) }]);
    const { txs, isCut } = await searchTxs(chain, condition);
    expect([txs.length, isCut, asked.length]).toEqual([101, false, 3]);
    expect(asked[0]?.searchParams.get('query')).toBe(condition);
    expect(txs[0]).toMatchObject({ hash: 'H0', height: 0, isDone: true, time: 1_795_798_114 });
  });

  test('stops at a set number of pages, and says so', async () => {
    const { asked, chain } = chainOf(() => [200, { tx_responses: Array.from({ length: 50 }, (_, it) => row(it)) }]);
    expect((await searchTxs(chain, condition)).isCut).toBe(true);
    expect(asked.length).toBe(20);
  });

  test('ends well where a page was the last and full', async () => {
    const { chain } = chainOf((url) =>
      url.searchParams.get('page') === '1'
        ? [200, { tx_responses: Array.from({ length: 50 }, (_, it) => row(it)) }]
        : [500, { code: 2, message: 'page should be within [1, 1] range, given 2' }],
    );
    expect((await searchTxs(chain, condition)).txs.length).toBe(50);
  });

  test('asks older nodes part by part', async () => {
    const { asked, chain } = chainOf((url) =>
      url.searchParams.has('events') ? [200, { tx_responses: [row(1)] }] : [400, { code: 3, message: 'must declare at least one event to search' }],
    );
    expect((await searchTxs(chain, condition)).txs.length).toBe(1);
    expect(asked[1]?.searchParams.getAll('events')).toEqual(["message.action='/a.B'", "message.sender='me'"]);
  });

  test('tells a node without an index apart', async () => {
    const { chain } = chainOf(() => [500, { code: 2, message: 'transaction indexing is disabled' }]);
    await expect(searchTxs(chain, condition)).rejects.toBeInstanceOf(NoIndexError);
  });
});
