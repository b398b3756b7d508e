// Messages, as many in a transaction as gas and the wallet allow.
import type { Message } from '../tx/encode';

export interface Batch {
  messages: Message[];
  /** Gas to allow, by a trial run. */
  gas: bigint;
}

/**
 * Each transaction has at most `most` messages and takes at most half of a block's gas: others want to get into it too.
 * `estimate` is a trial run.
 */
export async function splitMessages(
  messages: Message[],
  most: number,
  blockGas: bigint | null,
  estimate: (messages: Message[]) => Promise<bigint>,
): Promise<Batch[]> {
  const batches: Batch[] = [];
  let rest = messages;
  while (rest.length > 0) {
    let count = Math.max(1, Math.min(most, rest.length));
    for (;;) {
      const taken = rest.slice(0, count);
      const gas = await estimate(taken);
      if (blockGas !== null && gas > blockGas / 2n && count > 1) {
        count = Math.min(Math.ceil(count / 2), count - 1);
        continue;
      }
      batches.push({ messages: taken, gas });
      rest = rest.slice(count);
      break;
    }
  }
  return batches;
}
