// The numbers of concentration at past blocks, computed by the module of what the node still knows.
import { loadAllocation } from '../modules';
import { network as compute } from '../wasm/allocation.js';
import { Chain } from '../node/chain';
import type { Store } from '../storage';
import { findEarliest, readPast, sampleHeights, type Past } from '../node/past';
import { askOf, type Metrics, type NetworkAnswer } from './network';

/** How many blocks are looked at. */
const SAMPLES = 12;
/** A node prunes while it is asked: the earliest are left out, blocks. */
const MARGIN = 10;

export interface HistoryPoint extends Past {
  with: Metrics;
  without: Metrics;
}

export interface History {
  /** Of the node, the earliest first. */
  points: HistoryPoint[];
  /** Whether the node knows the chain's first block. */
  isWhole: boolean;
  /** The latest block when it was read. */
  head: { height: number; time: number };
}

/** Remembers points: a block's state never changes. */
export interface Shelf {
  get(height: number): HistoryPoint | null;
  set(point: HistoryPoint): void;
}

export function sessionShelf(chainId: string, vault: string, storage: Store): Shelf {
  const key = (height: number) => `defenders.history.${chainId}.${vault}.${height}`;
  return {
    get: (height) => {
      try {
        const kept = JSON.parse(storage.getItem(key(height)) ?? 'null') as Partial<HistoryPoint> | null;
        const isWhole = kept?.height === height && kept.time !== undefined && kept.with?.effective && kept.without?.effective;
        return isWhole ? (kept as HistoryPoint) : null;
      } catch {
        // not of this page
        return null;
      }
    },
    set: (point) => {
      try {
        storage.setItem(key(point.height), JSON.stringify(point));
      } catch {
        // full: it is read again next time
      }
    },
  };
}

/** `tell` hears how many of how many are read. */
export async function readHistory(
  chain: Chain,
  vault: string,
  shelf: Shelf,
  tell: (read: number, of: number) => void,
): Promise<History> {
  const [head] = await Promise.all([chain.head(), loadAllocation()]);
  const seen = new Map<number, Past | null>();
  const look = async (height: number): Promise<Past | null> => {
    const past = seen.get(height) ?? shelf.get(height) ?? (await readPast(chain, height));
    seen.set(height, past);
    return past;
  };
  // a node tells of a block before it can be asked of its state
  const last = Math.max(head.height - 1, 1);
  const earliest = await findEarliest(last, async (height) => (await look(height)) !== null);
  const first = earliest === 1 ? 1 : Math.min(earliest + MARGIN, last);
  const heights = sampleHeights(first, last, SAMPLES);
  const points: HistoryPoint[] = [];
  for (const height of heights) {
    const kept = shelf.get(height);
    const past = kept === null ? await look(height) : null;
    const point = kept ?? (past === null ? null : await readPoint(chain, vault, past));
    if (point !== null) {
      points.push(point);
      shelf.set(point);
    }
    tell(points.length, heights.length);
  }
  return { points, isWhole: earliest === 1, head: { height: head.height, time: head.time } };
}

async function readPoint(chain: Chain, vault: string, past: Past): Promise<HistoryPoint | null> {
  const then = new Chain(chain.rest.at(past.height), chain.chainId);
  const [validators, delegations] = await Promise.all([then.bondedValidators(), then.delegations(vault)]);
  if (validators.length === 0) return null;
  const question = { validators: askOf(validators, delegations), vault: null, deposit: null };
  const answer = JSON.parse(compute(JSON.stringify(question))) as NetworkAnswer;
  return { ...past, with: answer.with, without: answer.without };
}
