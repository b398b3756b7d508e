// What a node still knows of past blocks.
import type { Chain } from './chain';
import { ChainError } from './rest';

/** A past block of which the node has the state. */
export interface Past {
  height: number;
  /** Its time, seconds. */
  time: number;
}

/** A node that answers with its latest state, whatever block it is asked about. */
export class NoPastError extends Error {}

/** Null where the node has no state of that block any more. */
export async function readPast(chain: Chain, height: number): Promise<Past | null> {
  type Answer = { height: string; timestamp: string };
  let told: Answer;
  try {
    told = await chain.rest.at(height).get<Answer>('/cosmos/base/node/v1beta1/status');
  } catch (error) {
    // without the question there is no telling which block an answer is of
    if (error instanceof ChainError && error.status === 501) throw new NoPastError(error.message);
    if (error instanceof ChainError) return null;
    throw error;
  }
  if (told.height !== String(height)) throw new NoPastError(`asked for block ${height}, the node answers for block ${told.height}`);
  const time = Math.floor(Date.parse(told.timestamp) / 1000);
  if (Number.isNaN(time)) throw new NoPastError(`the node gives block ${height} no time`);
  return { height, time };
}

/**
 * The earliest block with a state, to within a fiftieth of what is kept; `head` has one. `has` asks the node.
 */
export async function findEarliest(head: number, has: (height: number) => Promise<boolean>): Promise<number> {
  if (await has(1)) return 1;
  let [gone, kept] = [1, head];
  // first how far back in powers of four: most nodes keep little
  for (let back = 16; head - back > 1; back *= 4) {
    if (await has(head - back)) {
      kept = head - back;
    } else {
      gone = head - back;
      break;
    }
  }
  while (kept - gone > Math.max(1, Math.floor((head - kept) / 50))) {
    const middle = Math.floor((gone + kept) / 2);
    if (await has(middle)) kept = middle;
    else gone = middle;
  }
  return kept;
}

/** At most `count` heights from `first` to `last`, evenly, both of them included. */
export function sampleHeights(first: number, last: number, count: number): number[] {
  const steps = Math.min(count - 1, last - first);
  if (steps <= 0) return [last];
  return Array.from({ length: steps + 1 }, (_, step) => first + Math.floor(((last - first) * step) / steps));
}
