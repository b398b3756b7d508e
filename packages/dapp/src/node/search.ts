// Transactions that a node's index finds. Not every node keeps one.
import { ChainError, NoEndpointError } from './rest';
import { toResult, type Chain, type TxAnswer, type TxEvent, type TxResult } from './chain';

/** Transactions of an answer: they come whole, with all their events. */
const PAGE = 50;
/** Pages at most: whoever did more than that is shown the latest. */
const MOST_PAGES = 20;

export interface FoundTx {
  hash: string;
  height: number;
  /** Of its block, seconds. */
  time: number;
  isDone: boolean;
  events: TxEvent[];
}

export interface Found {
  /** Latest first. */
  txs: FoundTx[];
  /** Whether there are more than were read. */
  isCut: boolean;
}

/** The node keeps no index: another one may. */
export class NoIndexError extends Error {}

interface Answer {
  tx_responses: (TxAnswer & { timestamp: string })[];
}

/** All that a condition finds, such as `message.sender = 'ADDRESS'`. */
export async function searchTxs(chain: Chain, condition: string): Promise<Found> {
  const txs: FoundTx[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { tx_responses: found } = await askPage(chain, condition, page);
    txs.push(
      ...found.map((it) => ({
        hash: it.txhash,
        height: Number(it.height),
        time: Math.floor(Date.parse(it.timestamp) / 1000),
        isDone: it.code === 0,
        events: it.events,
      })),
    );
    if (found.length < PAGE) return { txs, isCut: false };
  }
  return { txs, isCut: true };
}

/** Whatever used that number of an account, in a block: nodes note both. None where the index does not tell. */
export async function findBySequence(chain: Chain, address: string, sequence: string): Promise<TxResult[]> {
  const place = `${address}/${sequence}`;
  try {
    const { tx_responses: found } = await askPage(chain, `tx.acc_seq='${place}'`, 1);
    const isOf = (event: TxEvent) => event.type === 'tx' && event.attributes.some((it) => it.key === 'acc_seq' && it.value === place);
    return found.map(toResult).filter((it) => it.events.some(isOf));
  } catch (error) {
    if (error instanceof ChainError || error instanceof NoIndexError || error instanceof NoEndpointError) return [];
    throw error;
  }
}

async function askPage(chain: Chain, condition: string, page: number): Promise<Answer> {
  const pathOf = (query: string) => `/cosmos/tx/v1beta1/txs?${query}&order_by=ORDER_BY_DESC&page=${page}&limit=${PAGE}`;
  try {
    return await chain.rest.get<Answer>(pathOf(`query=${encodeURIComponent(condition)}`));
  } catch (error) {
    if (!(error instanceof ChainError)) throw error;
    // what lies behind the last page
    if (page > 1 && /page should be within/i.test(error.message)) return { tx_responses: [] };
    if (/index/i.test(error.message)) throw new NoIndexError(error.message);
    // nodes before SDK 0.50 want the parts one by one
    if (!/event/i.test(error.message)) throw error;
    const parts = condition.split(' AND ').map((part) => `events=${encodeURIComponent(part.replace(/ = /, '='))}`);
    return chain.rest.get<Answer>(pathOf(parts.join('&')));
  }
}
