// What became of a transaction that was sent: asked until a block has it, or none can any more.
import { ChainError, NoEndpointError } from '../node/rest';
import { Chain, fromBase64, type Account, type TxResult } from '../node/chain';
import { findBySequence } from '../node/search';
import { texts } from '../texts';
import { isWrongSequence, tellFailure } from './judge';
import type { Pending, PendingStore } from './pending';

/** After so long the page says that it is not known. Milliseconds. */
const PATIENCE = 60_000;
const POLL = 1_000;
/** After so long a node is given the same bytes once more. Milliseconds. */
const OFFER_AGAIN = 8_000;
/** In the second round, and so many rounds later, it is asked whether it is over. */
const ROUNDS = 5;
/** How far an index may be behind its node: blocks, and milliseconds. */
const INDEX_BLOCKS = 5;
const INDEX_DELAY = 30_000;
/** Behind one address there may be several nodes: so often in a row the number has to be free after the last height. */
const LOOKS = 3;

export type Step =
  | { kind: 'preparing' }
  | { kind: 'signing' }
  | { kind: 'sending' }
  | { kind: 'following'; hash: string; isUnknown: boolean };

export type Outcome =
  | { kind: 'done'; result: TxResult }
  | { kind: 'refused' }
  | { kind: 'failed'; words: string; hash: string | null };

export const failed = (words: string, hash: string | null = null): Outcome => ({ kind: 'failed', words, hash });
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What is known of the account's number. */
interface Seen {
  /** Since when it is used up: that does not pass. */
  used: { height: number; at: number } | null;
  /** How often in a row it was free after the last height. */
  free: number;
}

/** Asks until a block has it, or none can any more. Nothing that a node answers ends it otherwise. */
export async function follow(
  chain: Chain,
  pending: PendingStore,
  address: string,
  open: Pending,
  tell: (step: Step) => void,
): Promise<Outcome> {
  const begin = Date.now();
  let offered = begin;
  const seen: Seen = { used: null, free: 0 };
  for (let round = 1; ; round += 1) {
    tell({ kind: 'following', hash: open.hash, isUnknown: Date.now() - begin > PATIENCE });
    try {
      // the height first: what is included between the two answers is found by the second
      const head = await chain.head();
      const result = await chain.findTx(open.hash);
      let outcome = result !== null && !isWrongSequence(result) ? judgeIncluded(result) : null;
      const isPossible = open.timeoutHeight === 0 || head.height <= open.timeoutHeight;
      // the same bytes are one transaction, however often they are given: a node may have lost them
      if (result === null && isPossible && open.bytes !== undefined && Date.now() - offered > OFFER_AGAIN) {
        offered = Date.now();
        await chain.broadcast(fromBase64(open.bytes));
      }
      // a verdict needs one node for all of it: of two the second may be behind
      if (outcome === null && (!isPossible || round % ROUNDS === 2)) outcome = await judgeMissing(chain.pinned(), address, open, seen);
      if (outcome !== null) {
        pending.clear(address, open);
        return outcome;
      }
    } catch {
      // whatever a node says now, and in whatever shape: only a block or the height decides
    }
    await wait(POLL);
  }
}

function judgeIncluded(result: TxResult): Outcome {
  const failure = tellFailure(result);
  return failure === null ? { kind: 'done', result } : failed(texts.tx.failed(failure), result.hash);
}

/**
 * Of a transaction that no index has carried out: why it is over; null while that cannot be told. As long as its number is
 * free, whoever has the bytes may still put it into a block, so that a refusal ends nothing.
 */
async function judgeMissing(node: Chain, address: string, open: Pending, seen: Seen): Promise<Outcome | null> {
  const head = await node.head();
  if (head.chainId !== node.chainId) return null;
  const found = await node.findTx(open.hash);
  if (found !== null && !isWrongSequence(found)) return null;
  const isOver = open.timeoutHeight > 0 && head.height > open.timeoutHeight + INDEX_BLOCKS;
  // that it is used is so whatever block says it; that it is free has to be said after the last height
  const account = isOver ? await readAccount(node, address, head.height) : await node.account(address);
  if (account !== null && account.sequence > BigInt(open.sequence)) seen.used ??= { height: head.height, at: Date.now() };
  if (seen.used === null) {
    seen.free = isOver ? seen.free + 1 : 0;
    return seen.free < LOOKS ? null : failed(texts.tx.expired, open.hash);
  }
  // who used the number is proof; that an index has nothing is none, as it may be behind or not kept
  const takers = (await findBySequence(node, address, open.sequence)).filter((it) => !isWrongSequence(it));
  const own = takers.find((it) => it.hash === open.hash);
  if (own !== undefined) return judgeIncluded(own);
  const [other] = takers;
  if (other !== undefined) return failed(texts.tx.displaced(other.hash), open.hash);
  const isLong = head.height > seen.used.height + INDEX_BLOCKS && Date.now() - seen.used.at > INDEX_DELAY;
  return isOver || isLong ? failed(texts.tx.notIndexed, open.hash) : null;
}

/** As of that block, where the node lets pages ask so; else as of its latest. */
async function readAccount(node: Chain, address: string, height: number): Promise<Account | null> {
  try {
    return await new Chain(node.rest.at(height), node.chainId).account(address);
  } catch (error) {
    // another node behind the same address, which is behind in blocks, too
    if (error instanceof ChainError && /future/i.test(error.message)) throw error;
    if (error instanceof ChainError || error instanceof NoEndpointError) return node.account(address);
    throw error;
  }
}
