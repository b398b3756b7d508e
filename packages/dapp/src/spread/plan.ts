// What goes where, computed by the code that the program `defenders spread` runs, as WebAssembly.
import { spread as compute } from '../wasm/client.js';
import type { TxResult } from '../node/chain';
import type { StakingFacts } from '../node/staking';
import type { Metrics } from '../network/network';
import type { Message } from '../tx/encode';
import type { ValidatorInfo } from '../vault/types';

/** Over whom: a vault's rows, or a file's bytes in base64. */
export type List = { vault: ValidatorInfo[] } | { file: string };

export type WhyBlocked = 'redelegation_locked' | 'entries' | 'no_destination' | 'max_moves';

export interface PlanRow {
  validator: string;
  listed: boolean;
  /** Why it is given nothing. */
  exclusion: string | null;
  before: string;
  after: string;
  cap: string | null;
  locked_until: number | null;
}

export interface Blocked {
  validator: string;
  tokens: string;
  why: WhyBlocked;
  free_at: number | null;
}

export interface Plan {
  listed: number;
  eligible: number;
  unplaced: string;
  delegations: { validator: string; tokens: string }[];
  redelegations: { source: string; destination: string; tokens: string }[];
  blocked: Blocked[];
  validators: PlanRow[];
  before: Metrics;
  after: Metrics;
  most_messages: number;
  most_messages_on_device: number;
}

/** After `loadClient`. Throws the module's reason. */
export function computePlan(facts: StakingFacts, list: List, amount: bigint, redelegate: boolean): Plan {
  const question = {
    situation: {
      max_entries: facts.maxEntries,
      now: facts.head.time,
      validators: facts.validators.map((it) => ({
        address: it.address,
        status: it.status,
        is_jailed: it.isJailed,
        tokens: it.tokens.toString(),
        commission: it.commission,
        max_commission: it.maxCommission,
      })),
      own: Object.fromEntries(Array.from(facts.own, ([validator, tokens]) => [validator, tokens.toString()])),
      redelegations: facts.moved.map(({ source, destination, completionTime }) => ({
        source,
        destination,
        completion_time: completionTime,
      })),
    },
    list,
    amount: amount.toString(),
    redelegate,
  };
  return JSON.parse(compute(JSON.stringify(question))) as Plan;
}

/** Coins first, then stake, as the program sends them. */
export function toMessages(plan: Plan, delegator: string, denom: string): Message[] {
  return [
    ...plan.delegations.map(({ validator, tokens }) => ({ delegator, validator, amount: { denom, amount: tokens } })),
    ...plan.redelegations.map(({ source, destination, tokens }) => ({
      delegator,
      source,
      destination,
      amount: { denom, amount: tokens },
    })),
  ];
}

export interface PlanSums {
  delegated: bigint;
  moved: bigint;
  /** Validators that have more then. */
  gaining: number;
}

export function sumPlan(plan: Plan): PlanSums {
  const sum = (rows: { tokens: string }[]) => rows.reduce((all, row) => all + BigInt(row.tokens), 0n);
  return {
    delegated: sum(plan.delegations),
    moved: sum(plan.redelegations),
    gaining: plan.validators.filter((row) => BigInt(row.after) > BigInt(row.before)).length,
  };
}

export interface Carried {
  delegated: bigint;
  moved: bigint;
  rewards: bigint;
}

/** What transactions did, from their events: amounts are coins, such as `12ustake`, several with commas. */
export function sumCarried(results: TxResult[], denom: string): Carried {
  const sum = (type: string) => {
    let all = 0n;
    for (const event of results.flatMap((result) => result.events)) {
      if (event.type !== type) continue;
      const coins = event.attributes.find((it) => it.key === 'amount')?.value ?? '';
      for (const coin of coins.split(',')) {
        const [, digits, of] = /^(\d+)(.*)$/.exec(coin) ?? [];
        if (digits !== undefined && (of === denom || of === '')) all += BigInt(digits);
      }
    }
    return all;
  };
  return { delegated: sum('delegate'), moved: sum('redelegate'), rewards: sum('withdraw_rewards') };
}
