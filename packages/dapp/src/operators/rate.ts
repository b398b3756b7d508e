// A rate as a person types it, in percent.
import { atomics, parseAmount, plainAmount } from '../amounts';

/** `rate`: a decimal from 0 to 1, or null where nothing or nothing right is typed. */
export function parseRate(text: string): { rate: string | null; isWrong: boolean } {
  // a hundredth of a percent of 18 decimals
  const parsed = parseAmount(text, 16);
  if ('fault' in parsed) {
    if (parsed.fault === 'zero') return { rate: '0', isWrong: false };
    return { rate: null, isWrong: parsed.fault !== 'empty' };
  }
  if (parsed.tokens > atomics('1')) return { rate: null, isWrong: true };
  return { rate: plainAmount(parsed.tokens, 18), isWrong: false };
}
