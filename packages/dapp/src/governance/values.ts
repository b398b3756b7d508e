// Values of settings and instants, as people read them.
import { showCount } from '../locale';
import { showAmount, showDecimal, showPercent, type Unit } from '../amounts';
import { texts } from '../texts';

const words = texts.governance;

/** Whole days, hours, minutes or seconds where they are whole; else the two largest parts. */
export function showDuration(seconds: number): string {
  const parts: [number, (count: number) => string][] = [
    [86_400, words.days],
    [3_600, words.hours],
    [60, words.minutes],
    [1, words.seconds],
  ];
  const told: string[] = [];
  let left = Math.max(0, Math.floor(seconds));
  for (const [size, tell] of parts) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) told.push(tell(count));
    // a part that is empty ends it: a day and a minute is a day
    if (told.length === 2 || (told.length === 1 && count === 0)) break;
  }
  return told.length === 0 ? words.seconds(0) : told.join(' ');
}

/** Until an instant, by the block's time. */
export function tellCountdown(until: number, now: number): string | null {
  return until > now ? words.inTime(showDuration(until - now)) : null;
}

const isDecimal = (text: string): boolean => /^\d+(\.\d+)?$/.test(text);
const isWhole = (text: string): boolean => /^\d+$/.test(text);

/** A value as `propose_settings` takes it, by what it counts. What does not fit is shown as it is. */
export function showValue(unit: string, value: string | null, denom: Unit): string {
  if (value === null) return words.none;
  if (unit === 'share' && isDecimal(value)) return showPercent(value);
  if (unit === 'factor' && isDecimal(value)) return words.times(showDecimal(value, 3));
  if (unit === 'seconds' && isWhole(value)) return showDuration(Number(value));
  if (unit === 'tokens' && isWhole(value)) return showAmount(BigInt(value), denom);
  if (unit === 'count' && isWhole(value)) return showCount(BigInt(value));
  if (unit === 'source') return words.sources[value] ?? value;
  return value;
}

/** Terms of a listing in the program's words, its maximum as people read amounts. */
export function showMaximum(terms: string, denom: Unit): string {
  return terms.replace(/\bmaximum (\d+)(?=,|$)/g, (_, tokens: string) => `maximum ${showAmount(BigInt(tokens), denom)}`);
}

/** The largest amount stands for none. */
export function showBounds(unit: string, bounds: [string, string] | null, denom: Unit): string {
  if (bounds === null) return words.noBounds;
  const [least, most] = bounds;
  if (unit === 'tokens') return words.atLeast(showValue(unit, least, denom));
  return words.bounds(showValue(unit, least, denom), showValue(unit, most, denom));
}
