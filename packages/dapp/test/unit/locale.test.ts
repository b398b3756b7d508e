// Numbers as the reader's browser has them; amounts stay big integers whatever it is.
import { describe, expect, test } from 'vitest';
import { parseAmount, MOST, plainAmount, showAmount, showNumber, showPercent } from '../../src/amounts';
import { dateLocale, decimalMark, showCount } from '../../src/locale';
import { showTime } from '../../src/times';

const LOCALES = ['en-US', 'de-DE', 'de-CH', 'fr-FR', 'hi-IN', 'ar', 'ar-EG', 'fa-IR', 'bn-BD', 'mr-IN'];
/** French groups by a narrow space that does not break. */
const NARROW = '\u202f';

describe('numbers', () => {
  test('are grouped and marked by locale, whole part and fraction in the same digits', () => {
    const shown = (locale: string) => showNumber(1_234_567_891_234n, 6, 6, locale);
    expect(shown('en-US')).toBe('1,234,567.891234');
    expect(shown('de-DE')).toBe('1.234.567,891234');
    expect(shown('fr-FR')).toBe(`1${NARROW}234${NARROW}567,891234`);
    expect(shown('hi-IN')).toBe('12,34,567.891234');
    for (const locale of LOCALES) expect(shown(locale), locale).toMatch(/^[0-9.,’'\u00a0\u202f]+$/);
  });

  test('lesson 17: every digit of 128 bits is there in every locale', () => {
    for (const locale of LOCALES) {
      for (const decimals of [0, 6, 18]) {
        const shown = showNumber(MOST, decimals, 18, locale);
        const plain = plainAmount(MOST, decimals);
        expect(shown.replace(/\D/g, ''), locale).toBe(plain.replace('.', ''));
      }
    }
  });

  test('lesson 16: an amount below a thousand is read back as it is shown', () => {
    for (const locale of LOCALES) {
      for (const tokens of [1n, 500_000n, 12_500_000n, 999_999_999n]) {
        const shown = showNumber(tokens, 6, 6, locale);
        const read = parseAmount(shown, 6);
        // three digits after a comma are refused rather than guessed
        if ('fault' in read) expect(shown, locale).toMatch(/,\d{3}$/);
        else expect(read, `${locale} ${shown}`).toEqual({ tokens });
      }
    }
  });

  test('amounts, percentages and counts go by the same rule', () => {
    const unit = { symbol: 'ATOM', decimals: 6 };
    expect(showAmount(1_000_999_999n, unit, 'de-DE')).toBe('1.000,99 ATOM');
    expect(showPercent('0.231531531820276401', 2, 'fr-FR')).toBe('23,15 %');
    expect(showCount(1_234_567, 'hi-IN')).toBe('12,34,567');
    expect(showCount(1_234, 'ar-EG')).toBe('1,234');
    expect(decimalMark('de-DE')).toBe(',');
  });
});

describe('dates', () => {
  test('are in the language of the page, in the reader’s variety of it', () => {
    expect(dateLocale('en', ['de-DE', 'en-GB', 'en-US'])).toBe('en-GB');
    expect(dateLocale('en', ['de-DE'])).toBe('en');
    expect(dateLocale('en', ['eno'])).toBe('en');
    expect(showTime(1_700_000_000, dateLocale('en', ['fr-FR']), 'UTC')).toMatch(/^Nov 14, 2023, 10:13\sPM$/);
  });
});
