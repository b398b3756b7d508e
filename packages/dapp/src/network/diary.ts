// What this browser saw on earlier visits, one block a day: it reaches further back than most nodes.
import type { HistoryPoint } from './history';
import type { Store } from '../storage';
import type { Metrics } from './network';

/** Seconds between two entries. */
const EVERY = 20 * 3_600;
/** Entries kept: more than a year of days. */
const MOST = 400;

const keyOf = (chainId: string, vault: string) => `defenders.seen.${chainId}.${vault}`;

/** Earliest first, before a block; nothing where it cannot be of this chain, such as one that was founded anew. */
export function readDiary(chainId: string, vault: string, storage: Store, head: { height: number; time: number }): HistoryPoint[] {
  let kept: unknown;
  try {
    kept = JSON.parse(storage.getItem(keyOf(chainId, vault)) ?? '[]');
  } catch {
    return [];
  }
  if (!Array.isArray(kept) || !kept.every(isPoint)) return [];
  const isInOrder = [...kept, head].every((it, index, all) => {
    const before = all[index - 1];
    return before === undefined || (before.height <= it.height && before.time <= it.time);
  });
  return isInOrder ? kept : [];
}

/** Enters a block, if the last entry is a day old. */
export function enterDiary(chainId: string, vault: string, storage: Store, point: HistoryPoint): void {
  const kept = readDiary(chainId, vault, storage, point);
  const last = kept.at(-1);
  if (last !== undefined && point.time - last.time < EVERY) return;
  try {
    storage.setItem(keyOf(chainId, vault), JSON.stringify([...kept, point].slice(-MOST)));
  } catch {
    // full, or switched off: the page does without
  }
}

function isPoint(it: unknown): it is HistoryPoint {
  const point = it as Partial<HistoryPoint> | null;
  const isDecimal = (text: unknown) => typeof text === 'string' && /^\d+(\.\d+)?$/.test(text);
  const areMeasures = (state: Partial<Metrics> | undefined) =>
    [state?.nakamoto_third, state?.nakamoto_two_thirds].every(Number.isSafeInteger) &&
    [state?.effective, state?.top1_share, state?.top10_share].every(isDecimal);
  const isBlock = [point?.height, point?.time].every(Number.isSafeInteger);
  return isBlock && areMeasures(point?.with) && areMeasures(point?.without);
}
