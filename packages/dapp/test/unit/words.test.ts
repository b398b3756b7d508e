import { describe, expect, test } from 'vitest';
import { csvCell, curveCsv } from '../../src/network/csv';
import { sliderSteps } from '../../src/network/steps';
import { cleanName, isAddress, shortAddress } from '../../src/names';
import { showDay, showTime } from '../../src/times';
import { texts } from '../../src/texts';
import type { WithdrawalInfo } from '../../src/vault/types';
import { isPaidByIdle, sumWithdrawals, tellPayment } from '../../src/vault/withdrawals';

describe('names of strangers', () => {
  test('lesson 33: control and direction characters are taken out', () => {
    expect(cleanName('safe\u202Egpj.exe')).toBe('safegpj.exe');
    expect(cleanName('a\u0000b\u200Bc\u2066d\u2028e\u00AD')).toBe('abcde');
    expect(cleanName('\u200E \u202E')).toBeNull();
    expect(cleanName('Žluťoučký 验证人')).toBe('Žluťoučký 验证人');
  });

  test('a name of ten thousand letters buries nothing, and no letter is cut in two', () => {
    expect(cleanName('A'.repeat(10_000))).toBe(`${'A'.repeat(140)}…`);
    expect(cleanName(`a${'🐌'.repeat(100)}`)).toBe(`a${'🐌'.repeat(69)}…`);
    expect(cleanName('A'.repeat(10_000), Infinity)).toHaveLength(10_000);
  });

  test('an address of the chain is told from other text', () => {
    const good = 'wasm1tn2lrlw44gs5v6c4f4mkxjfj2xs84vjzrded04';
    expect(isAddress(good, 'wasm')).toBe(true);
    for (const bad of ['', 'wasm1', good.toUpperCase(), `${good} `, good.replace('wasm', 'cosmos'), `${good}b`, '../x']) {
      expect(isAddress(bad, 'wasm'), bad).toBe(false);
    }
  });

  test('an address is shortened in its middle', () => {
    expect(shortAddress('wasm1tn2lrlw44gs5v6c4f4mkxjfj2xs84vjzrded04')).toBe('wasm1tn2l…rded04');
    expect(shortAddress('wasm1short')).toBe('wasm1short');
  });
});

describe('dates', () => {
  const row = (state: WithdrawalInfo['state'], earliest: number, latest: number): WithdrawalInfo => ({
    batch_id: 1,
    state,
    shares: '5',
    tokens: '7',
    pays_at: { earliest, latest },
  });

  test('lesson 19: one instant in two zones', () => {
    expect(showTime(1_700_000_000, 'en-GB', 'UTC')).toBe('14 Nov 2023, 22:13');
    expect(showTime(1_700_000_000, 'en-GB', 'Pacific/Auckland')).toBe('15 Nov 2023, 11:13');
  });

  /** All that a row says of its payment. */
  const told = (...of: Parameters<typeof tellPayment>) => {
    const { likely, latest } = tellPayment(...of);
    return [likely, latest].filter((it) => it !== null).join(' | ');
  };
  const [begin, day] = [1_700_000_000, 86_400];

  test('lesson 19: past the date it is due, and no countdown runs upwards', () => {
    expect(told(row('unbonding', begin, begin + day), begin - 21 * day)).toMatch(/^about .*, in 21 days \| at the latest .*, in 22 days$/);
    expect(told(row('unbonding', begin, begin), begin - 21 * day)).toMatch(/^about .*, in 21 days$/);
    expect(told(row('unbonding', begin, begin + day), begin + 60)).toMatch(/ \| at the latest .*, within a day$/);
    const idle = told(row('open', begin, begin + 40 * day), begin + 60);
    expect(idle, 'coins that lie idle can pay it any time').toMatch(/^soon, with the vault’s next step \| at the latest .*, in 40 days$/);
    expect(idle).not.toContain(showTime(begin));
    expect(told(row('unbonding', begin, begin + day), begin + 2 * day)).toBe(texts.position.due);
    expect(told(row('claimable', begin, begin), begin + 9 * day)).toBe(texts.position.now);
  });

  test('the worst case is no likely date: the two stand apart, and the likely one comes first', () => {
    const { likely, latest } = tellPayment(row('open', begin, begin + 17 * day), begin - 22 * day);
    expect(likely).toBe(`about ${showDay(begin)}, in 22 days`);
    expect(latest).toBe(`at the latest ${showDay(begin + 17 * day)}, in 39 days`);
    expect(tellPayment(row('open', begin, begin + 17 * day), begin - 3600).likely, 'what is near has its hour').toContain(showTime(begin));
  });

  test('what idle coins can pay is told apart from what has to unbond first', () => {
    const unbonding = 21 * day;
    expect(isPaidByIdle(row('open', begin + day, begin + 40 * day), unbonding, begin)).toBe(true);
    expect(isPaidByIdle(row('open', begin - 60, begin + 40 * day), unbonding, begin)).toBe(true);
    expect(isPaidByIdle(row('open', begin + unbonding - 60, begin + 40 * day), unbonding, begin), 'read some blocks ago').toBe(false);
    expect(isPaidByIdle(row('unbonding', begin + day, begin + 2 * day), unbonding, begin)).toBe(false);
    expect(texts.withdrawalStates.open(21, null, true)).toContain('lie in the vault to pay it');
    expect(texts.withdrawalStates.open(21, null, false)).not.toContain('lie in the vault');
  });

  test('lesson 21: what waits and what can be claimed are summed apart', () => {
    const rows = [row('open', 1, 2), row('claimable', 1, 2), row('unbonding', 1, 2)];
    expect(sumWithdrawals(rows)).toEqual({ waiting: 14n, ready: 7n });
  });

  test('lesson 20: no text names a period of its own', () => {
    const told = JSON.stringify(texts, (_, value: unknown) => (typeof value === 'function' ? String(value) : value));
    expect(told).not.toMatch(/\b\d+ (day|hour|week)/);
  });
});

test('lesson 35: the footer says that nobody asks for a seed phrase', () => {
  expect(texts.footer).toContain('seed phrase');
});

test('lessons 38 and 39: redeemable now, and neither a price nor a promised yield', () => {
  const told = JSON.stringify(texts, (_, value: unknown) => (typeof value === 'function' ? String(value) : value));
  expect(texts.position.worth).toContain('Redeemable now');
  expect(told).not.toMatch(/\b(price|yield|APR|APY)\b/i);
});

describe('lesson 29: the plot has its table as a file', () => {
  const point = { validator: 'v1', tokens: '9', delegated: '1', share: '0.9', cumulative: '0.9', is_in_third: true };
  test('with height and time', () => {
    const csv = curveCsv([point], new Map([['v1', 'Small, "fine"']]), 7, 0);
    expect(csv).toBe(
      'rank,validator,name,tokens,share,cumulative,vault_tokens,height,time\n1,v1,"Small, ""fine""",9,0.9,0.9,1,7,1970-01-01T00:00:00.000Z\n',
    );
  });
  test('a name is no formula', () => {
    expect(csvCell('=1+1')).toBe("'=1+1");
    expect(csvCell('@x')).toBe("'@x");
  });
});

test('the slider goes from one unit to its end', () => {
  expect(sliderSteps(60n, 1)).toEqual([10n, 20n, 50n]);
  expect(sliderSteps(3n, 1)).toEqual([10n]);
  expect(sliderSteps(2n ** 100n, 18).at(-1)).toBe(10n ** 30n);
});

test('one of a thing is told in the singular', () => {
  /** All that texts say where each number in them is one. */
  const said = (part: unknown): string[] => {
    if (typeof part === 'string') return [part];
    if (typeof part === 'function') return said((part as (...all: number[]) => unknown)(...Array<number>(part.length).fill(1)));
    return typeof part === 'object' && part !== null ? Object.values(part).flatMap(said) : [];
  };
  const { lesson, ...others } = texts;
  const wrong = said({ ...others, picture: lesson.picture }).filter((it) =>
    /(?<!\bof )(?<!\blast )\b1 (largest|were|seconds|minutes|hours|days|blocks|validators|operators|rows|transactions|steps)\b/.test(it),
  );
  expect(wrong).toEqual([]);
});
