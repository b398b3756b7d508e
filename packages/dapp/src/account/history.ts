// What an account did with the vault: found by the node, told by the module as `defenders export` tells it.
import { loadAllocation } from '../modules';
import { history as tell, searches } from '../wasm/allocation.js';
import type { Chain } from '../node/chain';
import { searchTxs, type FoundTx } from '../node/search';

export type Kind =
  | 'deposit'
  | 'withdrawal_request'
  | 'withdrawal_cancel'
  | 'claim'
  | 'shares_in'
  | 'shares_out'
  | 'seed'
  | 'fee'
  | 'unexplained';

/** Amounts are whole numbers of base units, negative where they left the account. */
export interface HistoryRow {
  time: number | null;
  height: number | null;
  tx: string | null;
  kind: Kind;
  batch_id: number | null;
  tokens: string;
  shares: string;
  /** Coins, as `5000ustake`. */
  network_fee: string | null;
  tokens_per_share: string | null;
  other: string | null;
  note: string;
}

export interface Gain {
  paid_in: string;
  came_back: string;
  gain: string;
  since: number | null;
}

export interface History {
  /** Oldest first. */
  rows: HistoryRow[];
  csv: string;
  /** Whether something is missing that a search of all calls might bring. */
  lacks: boolean;
  gain: Gain | null;
}

/** Whose, and what it has now. */
export interface Owner {
  account: string;
  vault: string;
  denom: string;
  /** Null where shares are the vault's own token. */
  shareDenom: string | null;
  shares: bigint;
  /** Of shares and withdrawals together, tokens. */
  worth: bigint;
  symbol: string;
  decimals: number;
}

/** `isThorough`: every call of the vault is read, not only what names the account. */
export async function readHistory(chain: Chain, owner: Owner, isThorough: boolean): Promise<History> {
  await loadAllocation();
  const side = { account: owner.account, vault: owner.vault, denom: owner.denom, share_denom: owner.shareDenom };
  const { own, all } = JSON.parse(searches(JSON.stringify(side))) as { own: string[]; all: string };
  const found = await Promise.all((isThorough ? [...own, all] : own).map((condition) => searchTxs(chain, condition)));
  const head = await chain.head();
  const question = {
    side,
    txs: found.flatMap((it) => it.txs).map(toQuestion),
    height: head.height,
    time: head.time,
    shares: owner.shares.toString(),
    worth: owner.worth.toString(),
    symbol: owner.symbol,
    decimals: owner.decimals,
  };
  const history = JSON.parse(tell(JSON.stringify(question))) as History;
  return found.some((it) => it.isCut) ? { ...history, lacks: true, gain: null } : history;
}

function toQuestion({ hash, height, time, isDone, events }: FoundTx) {
  return {
    hash,
    height,
    // an answer over REST does not tell the place in the block
    index: 0,
    is_done: isDone,
    time,
    events: events.map(({ type, attributes }) => ({ type, attributes: attributes.map(({ key, value }) => [key, value ?? '']) })),
  };
}
