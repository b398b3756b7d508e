// Several transactions, one after the other: each is sent once, and the first that does not go through is the last.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { TxResult } from '../node/chain';
import { usePage } from '../page';
import type { Batch } from './batches';
import { sumCarried, type Carried } from './plan';

/** The page's own name of this act. */
export const ACT = 'spread';

export interface Run {
  /** From 1; null when none is under way. */
  index: number | null;
  count: number;
  /** What went through. */
  results: TxResult[];
}

export interface Runner {
  /** Of the last time; null before. */
  run: Run | null;
  /** Resolves to what went through; null where it is under way already. */
  start: (batches: Batch[]) => Promise<Carried | null>;
}

export function useRunner(): Runner {
  const { tx, config } = usePage();
  const [run, setRun] = useState<Run | null>(null);
  // a double click comes before the next drawing
  const isStarted = useRef(false);
  // whoever goes elsewhere, or lets the account go, is not asked for more signatures there
  const isLeft = useRef(false);
  useEffect(() => {
    isLeft.current = false;
    return () => {
      isLeft.current = true;
    };
  }, []);
  const start = async (batches: Batch[]): Promise<Carried | null> => {
    if (isStarted.current) return null;
    isStarted.current = true;
    const results: TxResult[] = [];
    const count = batches.length;
    for (const [index, batch] of batches.entries()) {
      if (isLeft.current) break;
      setRun({ index: index + 1, count, results: [...results] });
      const outcome = await tx.runAll(ACT, batch.messages);
      if (outcome?.kind !== 'done') break;
      results.push(outcome.result);
    }
    isStarted.current = false;
    setRun({ index: null, count, results });
    return sumCarried(results, config.denom.base);
  };
  return { run, start };
}
