// What is worked out of an operator, in words.
import { showCount } from '../locale';
import { showAmount, showDecimal, showNumber, showPercent, type Unit } from '../amounts';
import { texts } from '../texts';
import type { CapName } from '../vault/types';
import type { Obstacle, OperatorFacts, OperatorRow, State, Uptime, WhatIf } from './operators';

const words = texts.operators;

export const nameOf = (row: { name: string | null }): string => row.name ?? words.noName;

/** Eligible ones by what the rule gives them. */
export type Kind = 'given' | 'next' | 'none' | Exclude<State, 'eligible'>;

export function kindOf({ state, info, vault }: Pick<OperatorRow, 'state' | 'info' | 'vault'>): Kind {
  if (state !== 'eligible') return state;
  if (vault > 0n) return 'given';
  return info !== null && info.target !== '0' ? 'next' : 'none';
}

/** Why it is not simply eligible: one sentence for each cause. */
export function tellTroubles(row: OperatorRow): string[] {
  const troubles: string[] = [];
  if (row.unseen !== null) troubles.push(words.unseen(words.fates[row.unseen]));
  else if (row.fate !== null) troubles.push(`${words.fates[row.fate]}.`);
  const exclusion = row.info?.exclusion ?? null;
  const isTold = row.fate !== null && (exclusion === 'jailed' || exclusion === 'tombstoned' || exclusion === 'not_bonded');
  if (exclusion !== null && !isTold) troubles.push(`${capital(words.exclusions[exclusion])}.`);
  return troubles;
}

export function tellCap(cap: CapName | null | undefined): string {
  return cap ? words.caps[cap] : words.noCap;
}

/** A limit with the policy's number. */
export function tellCapOf(cap: CapName, { config, totals }: Pick<OperatorFacts, 'config' | 'totals'>): string {
  switch (cap) {
    case 'vault_share':
      return words.capOf.vault_share(showPercent(totals.vault_share_cap_in_force));
    case 'chain_share':
      return words.capOf.chain_share(showPercent(config.policy.chain_share_cap ?? '0'));
    case 'match':
      return words.capOf.match(showPercent(config.policy.match_cap ?? '0'));
    case 'bond':
      return words.capOf.bond(showDecimal(config.policy.bond_factor ?? '0', 2));
    default:
      return words.caps[cap];
  }
}

/** Why the rule gives one no more, with the policy's number. */
export function tellHeld(cap: CapName | null | undefined, facts: Pick<OperatorFacts, 'config' | 'totals'>): string {
  return cap ? words.own.heldBy[cap](tellCapOf(cap, facts)) : words.own.heldByNone;
}

/** The part of blocks that it signed, rounded down. */
export function showUptime({ missed, counted }: Uptime): string {
  return `${showNumber(((counted - missed) * 10_000n) / counted, 2, 2)} %`;
}

export function tellMissed({ missed, counted }: Uptime): string {
  return words.uptime(showCount(missed), showCount(counted));
}

export function tellNoUptime({ fate }: Pick<OperatorRow, 'fate'>): string {
  return fate === null ? words.uptimeUnknown : words.uptimeNone;
}

export function tellObstacle(obstacle: Obstacle): string {
  switch (obstacle.kind) {
    case 'commission':
    case 'commission_ceiling':
      return words.own.obstacle[obstacle.kind](showPercent(obstacle.rate), showPercent(obstacle.most));
    case 'top_third':
      return words.exclusions.top_third;
    default:
      return words.exclusions[obstacle.kind];
  }
}

export function tellAct({ act, value }: WhatIf, unit: Unit): string {
  const acts = words.own.acts;
  switch (act) {
    case 'self_bond':
      return acts.self_bond(showAmount(BigInt(value ?? '0'), unit));
    case 'commission':
      return acts.commission(showPercent(value ?? '0'));
    case 'own_maximum':
      return value === null ? acts.own_maximum_none : acts.own_maximum(showAmount(BigInt(value), unit));
    default:
      return acts[act];
  }
}

/** With a sign that can be read. */
export function showChange(change: string, unit: Unit): string {
  if (change.startsWith('-')) return `−${showAmount(BigInt(change.slice(1)), unit)}`;
  return change === '0' ? showAmount(0n, unit) : `+${showAmount(BigInt(change), unit)}`;
}

/** As part of a sentence. */
export function tellChange(change: string, unit: Unit): string {
  if (change === '0') return words.own.same;
  const amount = showAmount(BigInt(change.replace('-', '')), unit);
  return change.startsWith('-') ? words.own.less(amount) : words.own.more(amount);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
