import { describe, expect, test } from 'vitest';
import {
  alignAmount,
  atomics,
  exactAmount,
  feeFor,
  fieldAmount,
  leastOf,
  maxDeposit,
  MOST,
  parseAmount,
  plainAmount,
  showAmount,
  showNumber,
  showPercent,
} from '../../src/amounts';

const fault = (text: string, decimals = 6) => {
  const parsed = parseAmount(text, decimals);
  return 'fault' in parsed ? parsed.fault : parsed.tokens;
};

describe('typed amounts', () => {
  test('lesson 16: one comma or dot is the decimal mark', () => {
    expect(fault('12.5')).toBe(12_500_000n);
    expect(fault('12,5')).toBe(12_500_000n);
    expect(fault(' 7 ')).toBe(7_000_000n);
    expect(fault('.5')).toBe(500_000n);
    expect(fault('3.')).toBe(3_000_000n);
    expect(fault('1.250')).toBe(1_250_000n);
    expect(fault('0,25')).toBe(250_000n);
  });

  test('lesson 16: a comma before exactly three digits is refused, and so are grouping, sign and exponent', () => {
    expect(fault('1,250')).toBe('ambiguous');
    expect(fault('0,001')).toBe('ambiguous');
    expect(fault('1,2500')).toBe(1_250_000n);
    for (const text of ['1.000.000', '1,000,000', '1 000', "1'000", '-1', '+1', '1e3', '0x10', '.', ',', 'max', '١٢']) {
      expect(fault(text), text).toBe('not_a_number');
    }
  });

  test('lesson 16: where dots group thousands, one before exactly three digits is refused as well; Max is always read back', () => {
    expect(parseAmount('1.250', 6, 'de-DE')).toEqual({ fault: 'ambiguous' });
    expect(parseAmount('1.2500', 6, 'de-DE')).toEqual({ tokens: 1_250_000n });
    expect(parseAmount('12,5', 6, 'de-DE')).toEqual({ tokens: 12_500_000n });
    expect(parseAmount('1.250', 6, 'fr-FR')).toEqual({ tokens: 1_250_000n });
    for (const locale of ['en-US', 'de-DE', 'de-CH', 'fr-FR', 'es-ES', 'pt-BR', 'hi-IN']) {
      for (const tokens of [1_250_000n, 1_250_001n, 250_000n, 7_000_000n, 1n]) {
        expect(parseAmount(fieldAmount(tokens, 6), 6, locale), locale).toEqual({ tokens });
        expect(parseAmount(fieldAmount(tokens, 3), 3, locale), locale).toEqual({ tokens });
      }
    }
  });

  test('what cannot be paid is refused with its reason', () => {
    expect(fault('')).toBe('empty');
    expect(fault('0.0')).toBe('zero');
    expect(fault('0.0000001')).toBe('too_precise');
    expect(fault('0.1000000000')).toBe(100_000n);
    expect(fault(MOST.toString(), 0)).toBe(MOST);
    expect(fault((MOST + 1n).toString(), 0)).toBe('too_large');
  });

  test('lesson 17: round trips are exact up to 2^128 - 1, at 0, 6 and 18 decimals', () => {
    const samples = [1n, 10n, 999_999n, 1_000_001n, 2n ** 53n + 1n, 2n ** 64n + 1n, 10n ** 30n + 7n, MOST - 1n, MOST];
    for (const decimals of [0, 6, 18]) {
      for (const tokens of samples) {
        expect(parseAmount(plainAmount(tokens, decimals), decimals), `${tokens} ${decimals}`).toEqual({ tokens });
      }
    }
  });
});

describe('shown amounts', () => {
  test('lesson 16: what is signed has all its digits, and what is there is never shown as nothing', () => {
    const atom = { symbol: 'ATOM', decimals: 18 };
    const stake = { symbol: 'STAKE', decimals: 6 };
    expect(exactAmount(1_234_567_891n, stake, 'en-US')).toBe('1,234.567891 STAKE');
    expect(exactAmount(10n ** 30n + 1n, atom, 'en-US')).toBe('1,000,000,000,000.000000000000000001 ATOM');
    expect(showAmount(4_831n, atom, 'en-US')).toBe('0.000000000000004831 ATOM');
    expect(showAmount(0n, atom, 'en-US')).toBe('0 ATOM');
    expect(showAmount(1n, stake, 'en-US')).toBe('0.000001 STAKE');
  });

  test('digits are cut off, never rounded up', () => {
    expect(showNumber(1_999_999n, 6, 2, 'en')).toBe('1.99');
    expect(showNumber(MOST, 6, 6, 'en')).toBe('340,282,366,920,938,463,463,374,607,431,768.211455');
    expect(showNumber(1_234_500_000n, 6, 2, 'de')).toBe('1.234,5');
    expect(showAmount(999_999_999n, { symbol: 'ATOM', decimals: 6 }, 'en')).toBe('999.999999 ATOM');
    expect(showAmount(1_000_999_999n, { symbol: 'ATOM', decimals: 6 }, 'en')).toBe('1,000.99 ATOM');
  });

  test('percentages are those of the program: two places, rounded down', () => {
    expect(showPercent('0.231531531820276401', 2, 'en')).toBe('23.15 %');
    expect(showPercent('1', 2, 'en')).toBe('100 %');
    expect(showPercent('0.000666014153199668', 2, 'en')).toBe('0.06 %');
    expect(atomics('0.1')).toBe(10n ** 17n);
    expect(() => atomics('1e3')).toThrow(RangeError);
  });
});

describe('what is paid', () => {
  test('lesson 14: max leaves fee and reserve, and is never negative', () => {
    expect(maxDeposit(1_000n, 100n, 50n)).toBe(850n);
    expect(maxDeposit(150n, 100n, 50n)).toBe(0n);
    expect(maxDeposit(10n, 100n, 50n)).toBe(0n);
  });

  test('fees are rounded up, least shares down', () => {
    expect(feeFor(300_001n, '0.025')).toBe(7_501n);
    expect(feeFor(100n, '0')).toBe(0n);
    expect(leastOf(999n, 50n)).toBe(994n);
    expect(leastOf(1n, 50n)).toBe(1n);
    expect(leastOf(0n, 50n)).toBe(0n);
    expect(leastOf(MOST, 50n)).toBe((MOST * 9_950n) / 10_000n);
  });
});

test('amounts in a column have their decimal marks below each other, and none of them is shown as nothing', () => {
  const shown = [12_345_678_123_456n, 880_100_000n, 5_000_000n, 10_000n, 9_999n, 1n, 0n].map((it) => alignAmount(it, 6, 'en-US'));
  expect(shown).toEqual(['12,345,678.12', '880.10', '5.00', '0.01', '< 0.01', '< 0.01', '0.00']);
  expect([alignAmount(1n, 0, 'en-US'), alignAmount(1n, 2, 'en-US')]).toEqual(['1.00', '0.01']);
});
