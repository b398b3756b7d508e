// How far back a node can see, and what is asked of it.
import { describe, expect, test } from 'vitest';
import { historyCsv, metricsCsv } from '../../src/network/csv';
import { enterDiary, readDiary } from '../../src/network/diary';
import { sessionShelf, type HistoryPoint } from '../../src/network/history';
import { Chain } from '../../src/node/chain';
import { findEarliest, NoPastError, readPast, sampleHeights } from '../../src/node/past';
import { Rest } from '../../src/node/rest';

const search = async (head: number, first: number) => {
  let asked = 0;
  const found = await findEarliest(head, async (height) => {
    asked += 1;
    if (height < 1 || height > head) throw new RangeError(String(height));
    return height >= first;
  });
  return { found, asked };
};

describe('the earliest block with a state', () => {
  test('is found from below to within a fiftieth of what is kept, by few questions', async () => {
    for (const head of [1, 2, 17, 1_000, 30_000_000]) {
      for (const kept of [1, 2, 100, 999, 362_880, 29_999_999].filter((it) => it < head)) {
        const first = head - kept;
        const { found, asked } = await search(head, first);
        expect(found, `${head} ${kept}`).toBeGreaterThanOrEqual(first);
        expect(found - first, `${head} ${kept}`).toBeLessThanOrEqual(Math.max(1, kept / 50));
        expect(asked).toBeLessThanOrEqual(24);
      }
    }
  });

  test('is the first one of a node that keeps all, by one question', async () => {
    expect(await search(30_000_000, 1)).toEqual({ found: 1, asked: 1 });
  });

  test('is the latest where nothing else is kept', async () => {
    expect((await search(5_000, 5_000)).found).toBe(5_000);
  });
});

test('samples are even, include both ends, and are never twice the same', () => {
  expect(sampleHeights(1, 12, 12)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(sampleHeights(100, 100, 12)).toEqual([100]);
  expect(sampleHeights(5, 7, 12)).toEqual([5, 6, 7]);
  const many = sampleHeights(1_000, 362_880, 12);
  expect(many).toHaveLength(12);
  expect(many[0]).toBe(1_000);
  expect(many.at(-1)).toBe(362_880);
  expect(new Set(many).size).toBe(12);
});

describe('a past block', () => {
  const asked: [string, HeadersInit | undefined][] = [];
  const chainOf = (status: number, body: unknown) => {
    const fetch = async (url: string, init?: RequestInit) => {
      asked.push([url, init?.headers]);
      return new Response(JSON.stringify(body), { status });
    };
    return new Chain(new Rest(['https://node.example'], 1_000, fetch), 'x');
  };

  test('is asked for by the header of nodes', async () => {
    const past = await readPast(chainOf(200, { height: '42', timestamp: '2026-01-02T03:04:05.6Z' }), 42);
    expect(past).toEqual({ height: 42, time: 1_767_323_045 });
    expect(asked.at(-1)?.[1]).toEqual({ 'x-cosmos-block-height': '42' });
  });

  test('is gone where the node refuses, and not told of where it does not know the question or answers for another', async () => {
    expect(await readPast(chainOf(500, { code: 2, message: 'version does not exist' }), 42)).toBeNull();
    await expect(readPast(chainOf(501, { code: 12, message: 'Not Implemented' }), 42)).rejects.toThrow(NoPastError);
    await expect(readPast(chainOf(200, { height: '42', timestamp: 'soon' }), 42)).rejects.toThrow(NoPastError);
    await expect(readPast(chainOf(200, { height: '99', timestamp: '2026-01-02T03:04:05Z' }), 42)).rejects.toThrow(NoPastError);
  });
});

const metrics = { holders: 3, nakamoto_third: 1, nakamoto_two_thirds: 2, effective: '2.5', top1_share: '0.5', top10_share: '1' };
const point: HistoryPoint = { height: 7, time: 0, with: metrics, without: { ...metrics, effective: '2.4' } };

test('lesson 29: tables of measures as files, with height and time, the same in every language', () => {
  expect(metricsCsv([['with', metrics]], 7, 0)).toBe(
    'state,nakamoto_third,nakamoto_two_thirds,effective,top1_share,top10_share,height,time\nwith,1,2,2.5,0.5,1,7,1970-01-01T00:00:00.000Z\n',
  );
  const [header, line] = historyCsv([point]).split('\n');
  expect(header?.split(',')).toHaveLength(12);
  expect(line).toBe('7,1970-01-01T00:00:00.000Z,1,2,2.5,0.5,1,1,2,2.4,0.5,1');
});

test('what was read of a block is kept for the session, by chain and vault; a full store is no fault', () => {
  const kept = new Map<string, string>();
  const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) } as Storage;
  const shelf = sessionShelf('a', 'v', storage);
  expect(shelf.get(7)).toBeNull();
  shelf.set(point);
  expect(shelf.get(7)).toEqual(point);
  expect(sessionShelf('b', 'v', storage).get(7)).toBeNull();
  kept.set('defenders.history.a.v.7', '{"height":7}');
  expect(shelf.get(7)).toBeNull();
  kept.set('defenders.history.a.v.7', 'not ours');
  expect(shelf.get(7)).toBeNull();
  const full = { ...storage, setItem: () => { throw new Error('quota'); } } as Storage;
  expect(() => sessionShelf('a', 'v', full).set(point)).not.toThrow();
});

describe('the diary of earlier visits', () => {
  const store = () => {
    const kept = new Map<string, string>();
    return { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) } as Storage;
  };
  const day = 86_400;
  const at = (height: number, time: number): HistoryPoint => ({ ...point, height, time });
  const heights = (storage: Storage, head = at(1_000_000, 2_000 * day)) => readDiary('a', 'v', storage, head).map((it) => it.height);

  test('has one block a day, the last 400', () => {
    const storage = store();
    enterDiary('a', 'v', storage, at(1, day));
    enterDiary('a', 'v', storage, at(5, day + 60));
    enterDiary('a', 'v', storage, at(9, 2 * day));
    expect(heights(storage)).toEqual([1, 9]);
    for (let index = 3; index < 500; index += 1) enterDiary('a', 'v', storage, at(index * 10, index * day));
    expect(heights(storage)).toHaveLength(400);
    expect(heights(storage).at(-1)).toBe(4_990);
    expect(readDiary('b', 'v', storage, at(1_000_000, 2_000 * day))).toEqual([]);
  });

  test('is not believed where a chain was founded anew, and begins again', () => {
    const storage = store();
    enterDiary('a', 'v', storage, at(900, 5 * day));
    expect(heights(storage, at(30, 6 * day))).toEqual([]);
    enterDiary('a', 'v', storage, at(30, 6 * day));
    expect(heights(storage)).toEqual([30]);
  });

  test('with what is not of this page is empty, and a full store is no fault', () => {
    const storage = store();
    for (const odd of ['no', '{}', '[1]', '[{"height":1,"time":2}]', '[{"height":1,"time":2,"with":{"effective":"<b>","top1_share":"1"},"without":{"effective":"1","top1_share":"1"}}]']) {
      storage.setItem('defenders.seen.a.v', odd);
      expect(heights(storage), odd).toEqual([]);
    }
    const full = { ...storage, setItem: () => { throw new Error('quota'); } } as Storage;
    expect(() => enterDiary('a', 'v', full, at(1, 1))).not.toThrow();
  });
});
