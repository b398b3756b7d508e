// Why a vault would refuse a deposit, told before anything is signed. The vault judges the same.
import { atomics } from '../amounts';
import type { BrakeResponse, HealthResponse, TotalsResponse } from './types';

/** What it goes by; `now` is the chain's time, seconds. */
export interface Doors {
  totals: TotalsResponse;
  health: HealthResponse;
  brake: BrakeResponse;
  now: number;
}

export type Refusal =
  | { kind: 'brake'; until: number }
  | { kind: 'admin' }
  | { kind: 'doubt'; since: number }
  | { kind: 'worthless' }
  | { kind: 'notReady' }
  | { kind: 'full'; capacity: bigint }
  | { kind: 'room'; left: bigint }
  | { kind: 'selfLimit'; share: string; limit: string };

/** Null when it would be taken. */
export function findRefusal(doors: Doors, tokens: bigint): Refusal | null {
  const { totals, health, brake, now } = doors;
  if (typeof brake.until === 'number' && brake.until > now) return { kind: 'brake', until: brake.until };
  if (!health.is_own_admin) return { kind: 'admin' };
  if (totals.doubt) return { kind: 'doubt', since: totals.doubt.since };
  if (BigInt(totals.total_assets) === 0n) return { kind: 'worthless' };
  return findFull(totals, tokens) ?? findTooLarge(doors, tokens);
}

/** No place below the validators' caps. */
function findFull(totals: TotalsResponse, tokens: bigint): Refusal | null {
  const free = BigInt(totals.idle) + tokens - BigInt(totals.reserve);
  const total = BigInt(totals.bonded) + (free > 0n ? free : 0n) + BigInt(totals.restaking);
  const capacity = BigInt(totals.capacity);
  if (total <= capacity) return null;
  if (typeof totals.refreshed_at !== 'number') return { kind: 'notReady' };
  const left = capacity - (total - tokens);
  return left > 0n ? { kind: 'room', left } : { kind: 'full', capacity };
}

/** The vault would be too large a part of its chain. */
function findTooLarge({ totals, health }: Doors, tokens: bigint): Refusal | null {
  const vault = BigInt(totals.bonded) + BigInt(totals.idle) + BigInt(totals.restaking) + tokens;
  const all = vault + BigInt(totals.external_bonded);
  const one = 10n ** 18n;
  const share = all === 0n ? 0n : (vault * one) / all;
  if (share < atomics(health.hard_limit)) return null;
  return { kind: 'selfLimit', share: `${share / one}.${(share % one).toString().padStart(18, '0')}`, limit: health.hard_limit };
}
