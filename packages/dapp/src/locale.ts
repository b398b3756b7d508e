// How numbers and dates are written: numbers as the reader's browser has them, dates in the page's language.

/** Digits 0 to 9 everywhere: the fields take no others, and one amount is not written in two scripts. */
function numberFormat(locale?: string): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, { numberingSystem: 'latn', maximumFractionDigits: 1 });
}

/** A whole number, grouped. */
export function showCount(count: number | bigint, locale?: string): string {
  return numberFormat(locale).format(count);
}

export function decimalMark(locale?: string): string {
  const parts = numberFormat(locale).formatToParts(0.5);
  return parts.find((part) => part.type === 'decimal')?.value ?? '.';
}

/** Between thousands; none where the language has none. */
export function groupMark(locale?: string): string {
  const parts = numberFormat(locale).formatToParts(1_234_567);
  return parts.find((part) => part.type === 'group')?.value ?? '';
}

/**
 * Dates have words in them, which are of the page's language; the order of day and month is that of the reader's
 * variety of it, such as `en-GB`.
 */
export function dateLocale(language: string, preferred: readonly string[] = globalThis.navigator?.languages ?? []): string {
  return preferred.find((it) => it === language || it.startsWith(`${language}-`)) ?? language;
}
