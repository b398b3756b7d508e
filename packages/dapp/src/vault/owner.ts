// How many votes the vault's owner needs for an act, where it is a multisig that says so.
import type { Chain } from '../node/chain';
import { ChainError } from '../node/rest';

export interface Votes {
  needed: number;
  total: number;
}

/** Null where the owner is no contract, or counts in another way. */
export async function readVotes(chain: Chain, owner: string): Promise<Votes | null> {
  type Answer = { absolute_count?: { weight: number; total_weight: number } };
  try {
    const { absolute_count: count } = await chain.ask<Answer>(owner, { threshold: {} });
    return count === undefined ? null : { needed: count.weight, total: count.total_weight };
  } catch (error) {
    if (error instanceof ChainError) return null;
    throw error;
  }
}
