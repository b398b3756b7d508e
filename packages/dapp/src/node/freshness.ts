// Whether what a node tells is of now.
import type { Head } from './chain';

/** A block older than this, by this machine's clock, is old. Seconds. */
const OLD = 120;

/** Behind one address there may be several nodes, some blocks apart. */
const APART = 5;

export type Freshness = { kind: 'fresh' } | { kind: 'old'; age: number } | { kind: 'falling'; from: number };

/**
 * Of the latest head beside the highest seen before. A chain's time may be ahead of this clock: that is no fault.
 * `now` in seconds.
 */
export function judgeHead(head: Head, highest: number, now: number): Freshness {
  if (head.height + APART < highest) return { kind: 'falling', from: highest };
  const age = now - head.time;
  return age > OLD ? { kind: 'old', age } : { kind: 'fresh' };
}
