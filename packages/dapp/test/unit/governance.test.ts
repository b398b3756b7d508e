// Words of the screen of governance, and what strangers write into it.
import { expect, test } from 'vitest';
import { checkConfig } from '../../src/config';
import { isOver, readProposals, readVoters, readVotes } from '../../src/governance/multisig';
import { showBounds, showDuration, showValue, tellCountdown } from '../../src/governance/values';
import { Chain } from '../../src/node/chain';
import { Rest } from '../../src/node/rest';
import { chooseShown } from '../../src/governance/read';
import { localTimes, showTime } from '../../src/times';

const DENOM = { base: 'u', symbol: 'STAKE', decimals: 6 };

test('durations are told in their two largest parts', () => {
  const told = [0, 1, 59, 60, 3_600, 86_399, 86_400, 90_000, 2_592_000, 86_460, -5].map(showDuration);
  expect(told).toEqual([
    '0 seconds',
    '1 second',
    '59 seconds',
    '1 minute',
    '1 hour',
    '23 hours 59 minutes',
    '1 day',
    '1 day 1 hour',
    '30 days',
    '1 day',
    '0 seconds',
  ]);
});

test('lesson 19: a countdown ends when its time has come, and never runs upwards', () => {
  const left = [0, 3_599, 3_600, 3_601].map((now) => tellCountdown(3_600, now));
  expect(left).toEqual(['in 1 hour', 'in 1 second', null, null]);
});

test('lesson 19: instants are told in the zone of the reader, in words of the program as well', () => {
  const at = Date.UTC(2026, 11, 31, 23, 30) / 1000;
  expect(showTime(at, 'en-US', 'Pacific/Auckland')).toBe('Jan 1, 2027, 12:30 PM');
  expect(showTime(at, 'en-US', 'America/Los_Angeles')).toBe('Dec 31, 2026, 3:30 PM');
  expect(localTimes('not before 2026-12-31T23:30:00Z, or 2026-12-31T23:30Z.')).toBe(`not before ${showTime(at)}, or ${showTime(at)}.`);
  expect(localTimes('9999-99-99T99:99Z stays')).toBe('9999-99-99T99:99Z stays');
});

test('values are told by what they count, and what does not fit stays as it is', () => {
  expect(showValue('share', '0.05', DENOM)).toBe('5 %');
  expect(showValue('factor', '1.5', DENOM)).toBe('1.5 times');
  expect(showValue('seconds', '604800', DENOM)).toBe('7 days');
  expect(showValue('tokens', '1500000', DENOM)).toBe('1.5 STAKE');
  expect(showValue('count', '1234', DENOM)).toBe((1234).toLocaleString());
  expect(showValue('source', 'grpc', DENOM)).toBe('the chain itself');
  expect(showValue('source', 'rank:60', DENOM)).toBe('rank:60');
  expect(showValue('account', null, DENOM)).toBe('none');
  for (const unit of ['share', 'seconds', 'tokens', 'count']) expect(showValue(unit, 'NaN', DENOM)).toBe('NaN');
  expect(showBounds('share', ['0.02', '0.2'], DENOM)).toBe('2 % to 20 %');
  expect(showBounds('tokens', ['1', (2n ** 128n - 1n).toString()], DENOM)).toBe('at least 0.000001 STAKE');
});

/** A multisig that answers each question by this. */
function answering(answer: (question: Record<string, Record<string, unknown>>) => unknown): Chain {
  const fetch = (url: string) => {
    const asked = decodeURIComponent(url.split('/smart/')[1] ?? '');
    const found = answer(JSON.parse(atob(asked)) as Record<string, Record<string, unknown>>);
    const [status, body] = found === undefined ? [500, { code: 2, message: 'unknown variant' }] : [200, { data: found }];
    return Promise.resolve(new Response(JSON.stringify(body), { status }));
  };
  return new Chain(new Rest(['http://127.0.0.1'], 1_000, fetch as never), 'c');
}

test('any contract may own a vault: one that refuses, repeats itself or never ends is not told', async () => {
  expect(await readProposals(answering(() => undefined), 'm')).toBeNull();
  expect(await readProposals(answering(() => ({ proposals: 'many' })), 'm')).toBeNull();
  const again = Array.from({ length: 30 }, (_, index) => ({ id: 30 - index, status: 'open' }));
  expect(await readProposals(answering(() => ({ proposals: again })), 'm')).toBeNull();
  expect(await readVoters(answering(() => ({ voters: Array.from({ length: 30 }, () => ({ addr: 'a', weight: 1 })) })), 'm')).toBeNull();
  await expect(readVotes(answering(() => ({})), 'm', 1)).rejects.toThrow('lists no votes');
});

test('all proposals are read, page by page, the latest first', async () => {
  const all = Array.from({ length: 65 }, (_, index) => ({ id: 65 - index, status: index === 64 ? 'open' : 'executed' }));
  const chain = answering((question) => {
    const { start_before: before, limit } = question['reverse_proposals'] ?? {};
    return { proposals: all.filter((it) => it.id < ((before as number | null) ?? 100)).slice(0, limit as number) };
  });
  const read = (await readProposals(chain, 'm')) ?? [];
  expect(read.map((it) => it.id)).toEqual(all.map((it) => it.id));
  // what may still do something is never hidden behind later ones
  expect(chooseShown(read, 5).map((it) => it.id)).toEqual([65, 64, 63, 62, 61, 1]);
  expect(read.filter((it) => !isOver(it))).toHaveLength(1);
});

test('a list of checksums is a file beside config.json, and no other address', () => {
  const config = {
    chainId: 'c', chainName: 'c', rpc: 'http://127.0.0.1', vault: 'v', bech32Prefix: 'w', gasPrice: '0.1',
    denom: DENOM, rest: ['https://rest.example'],
  };
  expect(checkConfig({ ...config, checksums: 'checksums.txt' }).checksums).toBe('checksums.txt');
  for (const checksums of ['https://evil.example/x', '//evil.example', '../x', 'a/b', 7]) {
    expect(() => checkConfig({ ...config, checksums }), String(checksums)).toThrow('checksums');
  }
});
