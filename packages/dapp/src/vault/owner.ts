// How many votes the vault's owner needs for an act, where it is a multisig that says so.
import type { Chain } from '../node/chain';
import { ChainError } from '../node/rest';

export interface Votes {
  needed: number;
  total: number;
}

/** Null where the owner counts in another way; `key` where it is no contract. */
export async function readVotes(chain: Chain, owner: string): Promise<Votes | 'key' | null> {
  type Answer = { absolute_count?: { weight: number; total_weight: number } };
  try {
    const { absolute_count: count } = await chain.ask<Answer>(owner, { threshold: {} });
    return count === undefined ? null : { needed: count.weight, total: count.total_weight };
  } catch (error) {
    if (error instanceof ChainError) return /no such contract/i.test(error.message) ? 'key' : null;
    throw error;
  }
}
