// What a cw3 multisig answers. Any contract may own a vault: what it refuses is null, and what does not end is cut.
import type { Chain } from '../node/chain';
import { ChainError } from '../node/rest';
import { optional } from './contracts';

/** Entries that it tells in one answer. */
const PAGE = 30;
const MOST_PAGES = 100;

/** An answer as it came, of which the number and the status are read here. */
export type Proposal = { id: number; status: unknown } & Record<string, unknown>;

export interface Vote {
  voter: string;
  vote: string;
  weight: number;
}

export interface Voter {
  addr: string;
  weight: number;
}

/** All, the latest first; null where it lists none as cw3 does. */
export async function readProposals(chain: Chain, multisig: string): Promise<Proposal[] | null> {
  const all: Proposal[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const before = all.at(-1)?.id ?? null;
    const question = { reverse_proposals: { start_before: before, limit: PAGE } };
    const rows = (await optional(chain.ask<{ proposals?: Proposal[] }>(multisig, question)))?.proposals;
    if (!Array.isArray(rows)) return null;
    // one that repeats itself would be asked for ever
    if (rows.some((it, index) => typeof it?.id !== 'number' || it.id >= ((rows[index - 1]?.id ?? before) ?? Infinity))) return null;
    all.push(...rows);
    if (rows.length < PAGE) return all;
  }
  return null;
}

/** Whether it may still do something, as it says. */
export const isOver = (proposal: Proposal): boolean => proposal.status === 'executed' || proposal.status === 'rejected';

export async function readVotes(chain: Chain, multisig: string, proposal: number): Promise<Vote[]> {
  const all: Vote[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const after = all.at(-1)?.voter ?? null;
    const question = { list_votes: { proposal_id: proposal, start_after: after, limit: PAGE } };
    const { votes } = await chain.ask<{ votes?: Vote[] }>(multisig, question);
    if (!Array.isArray(votes)) throw new ChainError(200, `${multisig} lists no votes`);
    if (after !== null && votes[0]?.voter === after) return all;
    all.push(...votes);
    if (votes.length < PAGE) return all;
  }
  throw new ChainError(200, `the votes of ${multisig} do not end`);
}

/** All who vote; null where it does not tell, or tells without end. */
export async function readVoters(chain: Chain, multisig: string): Promise<Voter[] | null> {
  const all: Voter[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const question = { list_voters: { start_after: all.at(-1)?.addr ?? null, limit: PAGE } };
    const rows = (await optional(chain.ask<{ voters?: Voter[] }>(multisig, question)))?.voters;
    if (!Array.isArray(rows)) return null;
    all.push(...rows);
    if (rows.length < PAGE) return all;
  }
  return null;
}
