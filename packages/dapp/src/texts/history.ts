// The text of the network's history.
import { showCount } from '../locale';

export const history = {
  title: 'How it was before',
  lead: 'The same numbers at past blocks. The page asks the node for each of them, which takes some seconds.',
  start: 'Read the past',
  again: 'Read it anew',
  reading: (read: number, of: number) => `Reading the past: ${read} of ${of} blocks …`,
  finding: 'Asking how far back the node can see …',
  none: 'This node cannot tell of past blocks, so there is no history to show.',
  refused: (reason: string) => `The node is gone, or does not let web pages ask about past blocks. ${reason}`,
  done: (count: number) => (count === 1 ? 'One block is read.' : `${count} blocks are read.`),
  summary: (from: string, to: string, first: string, last: string) =>
    first === last
      ? `From ${from} to ${to} the effective number with the vault stayed at ${last}.`
      : `From ${from} to ${to} the effective number with the vault went from ${first} to ${last}.`,
  whole: 'This goes back to the first block of the chain.',
  pruned: (height: number) =>
    `The node has thrown away what is older than about block ${showCount(height)}. A node that keeps more shows more.`,
  remembered: (count: number) =>
    count === 1 ? 'One earlier block is from your last visits.' : `${count} earlier blocks are from your last visits.`,
  plot: 'Effective number of validators over time',
  with: 'with the vault',
  without: 'without it',
  table: 'The numbers at past blocks',
  /** Of one point on the curve. */
  reader: {
    slider: 'Read the curve, one validator after the other',
    rank: (rank: number) => `${rank}.`,
    value: (share: string, sum: string) => ` has ${share}, and all up to it ${sum}.`,
  },
  columns: {
    height: 'Block',
    time: 'Time',
    third: 'Can halt',
    twoThirds: 'Decide',
    effective: 'Effective number',
    without: 'Without the vault',
    top: 'With the largest',
  },
};
