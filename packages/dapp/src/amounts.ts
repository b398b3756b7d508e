// Amounts as big integers in base units, and decimals of 18 places as the chain writes them. No float.
import { decimalMark, groupMark, showCount } from './locale';

/** How amounts of a coin are shown. */
export interface Unit {
  symbol: string;
  decimals: number;
}

/** The most that the chain's 128 bits hold. */
export const MOST = 2n ** 128n - 1n;

export type AmountFault = 'empty' | 'ambiguous' | 'not_a_number' | 'too_precise' | 'too_large' | 'zero';
export type ParsedAmount = { tokens: bigint } | { fault: AmountFault };

/**
 * What a person typed, in base units. One comma or dot is the decimal mark; grouping, sign and exponent are refused,
 * and so is a comma before exactly three digits, which is a thousand to some and a thousandth to others; a dot, where
 * it is how the reader's language groups thousands.
 */
export function parseAmount(text: string, decimals: number, locale?: string): ParsedAmount {
  const typed = text.trim();
  if (typed === '') return { fault: 'empty' };
  const match = /^(\d*)(?:([.,])(\d*))?$/.exec(typed);
  const [, whole = '', mark, fraction = ''] = match ?? [];
  if (!match || (whole === '' && fraction === '')) return { fault: 'not_a_number' };
  const isGrouping = mark === ',' || (mark === '.' && groupMark(locale) === '.');
  if (isGrouping && fraction.length === 3) return { fault: 'ambiguous' };
  const digits = fraction.replace(/0+$/, '');
  if (digits.length > decimals) return { fault: 'too_precise' };
  const tokens = BigInt(whole + digits.padEnd(decimals, '0'));
  if (tokens > MOST) return { fault: 'too_large' };
  return tokens === 0n ? { fault: 'zero' } : { tokens };
}

/** For a field: what `parseAmount` reads back in every language. Three decimals get a zero behind them. */
export function fieldAmount(tokens: bigint, decimals: number): string {
  const plain = plainAmount(tokens, decimals);
  return /\.\d{3}$/.test(plain) ? `${plain}0` : plain;
}

/** All digits, a dot, no grouping. */
export function plainAmount(tokens: bigint, decimals: number): string {
  const digits = tokens.toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

/** For reading: grouped by locale, cut off after `places` decimals, `least` of them even where they are nought. */
export function showNumber(tokens: bigint, decimals: number, places = 6, locale?: string, least = 0): string {
  const [whole = '0', fraction = ''] = plainAmount(tokens, decimals).split('.');
  const kept = fraction.slice(0, places).replace(/0+$/, '').padEnd(least, '0');
  const grouped = showCount(BigInt(whole), locale);
  return kept === '' ? grouped : grouped + decimalMark(locale) + kept;
}

/** With the unit's name and every digit: what is paid and signed. */
export function exactAmount(tokens: bigint, unit: Unit, locale?: string): string {
  return `${showNumber(tokens, unit.decimals, unit.decimals, locale)} ${unit.symbol}`;
}

/** With the unit's name. Large amounts lose decimals that nobody reads; what is there is never shown as nothing. */
export function showAmount(tokens: bigint, unit: Unit, locale?: string): string {
  const isLarge = tokens >= 1000n * 10n ** BigInt(unit.decimals);
  const isTiny = unit.decimals > 6 && tokens < 10n ** BigInt(unit.decimals - 6);
  if (isTiny) return exactAmount(tokens, unit, locale);
  return `${showNumber(tokens, unit.decimals, isLarge ? 2 : 6, locale)} ${unit.symbol}`;
}

/** For a column whose head names the unit: two decimals, always; what is there is never shown as nothing. */
export function alignAmount(tokens: bigint, decimals: number, locale?: string): string {
  const least = decimals > 2 ? 10n ** BigInt(decimals - 2) : 1n;
  if (tokens > 0n && tokens < least) return `< ${showNumber(least, decimals, 2, locale, 2)}`;
  return showNumber(tokens, decimals, 2, locale, 2);
}

/** A decimal string of the chain in units of 10^-18, what is beyond cut off. */
export function atomics(decimal: string): bigint {
  const match = /^(\d+)(?:\.(\d*))?$/.exec(decimal);
  if (!match) throw new RangeError(`${decimal} is no decimal`);
  const [, whole = '0', fraction = ''] = match;
  return BigInt(whole + fraction.slice(0, 18).padEnd(18, '0'));
}

/** A decimal string as a percentage, rounded down. */
export function showPercent(decimal: string, places = 2, locale?: string): string {
  return `${showNumber(atomics(decimal) * 100n, 18, places, locale)} %`;
}

/** As `showPercent`, for a column: all of its numbers have their decimal mark at one place. */
export function alignPercent(decimal: string, places = 2, locale?: string): string {
  return `${showNumber(atomics(decimal) * 100n, 18, places, locale, places)} %`;
}

/** As `showDecimal`, for a column. */
export function alignDecimal(decimal: string, places: number, locale?: string): string {
  return showNumber(atomics(decimal), 18, places, locale, places);
}

/** A decimal string for reading, rounded down. */
export function showDecimal(decimal: string, places: number, locale?: string): string {
  return showNumber(atomics(decimal), 18, places, locale);
}

/** tokens * (1 - tolerance), rounded down, and not nothing of something; the tolerance in basis points. */
export function leastOf(tokens: bigint, toleranceBps: bigint): bigint {
  const least = (tokens * (10_000n - toleranceBps)) / 10_000n;
  return least === 0n && tokens > 0n ? 1n : least;
}

/** What can be paid in at most: what is left for the fee and for later acts stays in the wallet. */
export function maxDeposit(spendable: bigint, fee: bigint, reserve: bigint): bigint {
  const left = spendable - fee - reserve;
  return left > 0n ? left : 0n;
}

/** The larger of two prices; the second may not be known. */
export function largerPrice(price: string, other: string | null): string {
  return other !== null && atomics(other) > atomics(price) ? other : price;
}

/** gas times a price such as `0.025`, rounded up. */
export function feeFor(gas: bigint, gasPrice: string): bigint {
  const one = 10n ** 18n;
  return (gas * atomics(gasPrice) + one - 1n) / one;
}
