// How much a share has become worth, day by day, as the vault wrote it down.
import { loadAllocation } from '../modules';
import { rate_changes as tell } from '../wasm/allocation.js';
import { csvCell } from '../network/csv';
import type { RateSample } from '../vault/types';
import type { Vault } from '../vault/vault';

export interface RateChange {
  days: number;
  since: number | null;
  tokens_per_share: string | null;
  /** A decimal with its sign, 0.05 for five hundredths more; null where no rate is so old. */
  change: string | null;
}

export interface Growth {
  /** Oldest first; the last is the rate now. */
  points: RateSample[];
  /** Since the oldest; null where the vault has written none. */
  whole: RateChange | null;
  changes: RateChange[];
  /** What the vault keeps of rewards, a decimal. */
  fee: string;
  height: number;
  time: number;
}

/** Over which changes are told, days. */
const DAYS = [7, 30];

export async function readGrowth(vault: Vault): Promise<Growth> {
  const [head, samples, rate, config] = await Promise.all([
    vault.chain.head(),
    vault.rateHistory(),
    vault.rate(),
    vault.config(),
    loadAllocation(),
  ]);
  const question = { rate: rate.tokens_per_share, samples, now: head.time, days: DAYS };
  const answer = JSON.parse(tell(JSON.stringify(question))) as Pick<Growth, 'whole' | 'changes'>;
  const now = { time: head.time, tokens_per_share: rate.tokens_per_share };
  return { ...answer, points: [...samples, now], fee: config.fee.performance_fee_rate, height: head.height, time: head.time };
}

/** A line a day, and one of now. */
export function growthCsv({ points, height }: Growth): string {
  const lines = points.map(({ time, tokens_per_share: rate }) => [new Date(time * 1000).toISOString(), rate, String(height)].map(csvCell).join(','));
  return ['time,tokens_per_share,read_at_height', ...lines, ''].join('\n');
}
