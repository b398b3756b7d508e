// From messages to their place in a block: simulate, sign, give it to a node, ask until it is known what became of it.
import { exactAmount, feeFor, largerPrice } from '../amounts';
import type { Config } from '../config';
import { ChainError, NoEndpointError } from '../node/rest';
import { fromBase64, toBase64, type Chain, type Head, type TxResult } from '../node/chain';
import { texts } from '../texts';
import { checkKey, isRefusal, tellThrown, type KeplrLike, type WalletKey } from '../wallet/wallet';
import { aminoDoc, encodeAminoTx, encodeAuth, encodeBody, encodeTx, hashOf, readFee, readSigned, type Coin, type Message, type Terms } from './encode';
import { checkAnswer, checkSigned, isKnownAlready, tellFailure, tellLowFee, tellSimulation } from './judge';
import type { Pending, PendingStore } from './pending';

/** Blocks in which it can be included. */
const TIMEOUT_BLOCKS = 200;
/** After so long the page says that it is not known. Milliseconds. */
const PATIENCE = 60_000;
const POLL = 1_000;
/** After so long a node is given the same bytes once more. Milliseconds. */
const OFFER_AGAIN = 8_000;
/** Rounds of asking until it is asked whether it is over. */
const ROUNDS = 5;
/** How far an index may be behind its node: blocks, and milliseconds. */
const INDEX_BLOCKS = 5;
const INDEX_DELAY = 30_000;
/** Gas allowed, of what the simulation used, in thousandths: as the command line has it: by the
 * next block the vault may have more to do. */
const GAS_FACTOR = 1_500n;

export type Step =
  | { kind: 'preparing' }
  | { kind: 'signing' }
  | { kind: 'sending' }
  | { kind: 'following'; hash: string; isUnknown: boolean };

export type Outcome =
  | { kind: 'done'; result: TxResult }
  | { kind: 'refused' }
  | { kind: 'failed'; words: string; hash: string | null };

export interface Sender {
  chain: Chain;
  config: Config;
  wallet: KeplrLike;
  key: WalletKey;
  pending: PendingStore;
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const failed = (words: string, hash: string | null = null): Outcome => ({ kind: 'failed', words, hash });

/** Sends one transaction of these messages, once. */
export async function send(sender: Sender, act: string, messages: Message[], tell: (step: Step) => void): Promise<Outcome> {
  const { chain, wallet, config, key, pending } = sender;
  const address = key.bech32Address;
  if (pending.read(address) !== null) return failed(texts.tx.open);
  tell({ kind: 'preparing' });
  const account = await chain.account(address);
  if (account === null) return failed(texts.deposit.noCoins);
  const { base } = config.denom;
  const [head, gasPrice, spendable] = await Promise.all([chain.head(), chain.leastGasPrice(base), chain.spendable(address, base)]);
  let gas: bigint;
  try {
    gas = await estimateGas(chain, key.pubKey, messages, account.sequence);
  } catch (error) {
    if (error instanceof ChainError) return failed(texts.tx.wouldFail(tellSimulation(error.message)));
    throw error;
  }
  const terms: Terms = {
    chainId: config.chainId,
    accountNumber: account.number,
    sequence: account.sequence,
    timeoutHeight: BigInt(head.height + TIMEOUT_BLOCKS),
    gas,
    fee: [{ denom: base, amount: feeFor(gas, largerPrice(config.gasPrice, gasPrice)).toString() }],
  };
  const short = tellShort(spendable, config, messages, terms.fee);
  if (short !== null) return failed(short);
  tell({ kind: 'signing' });
  let bytes: Uint8Array;
  try {
    // the account may have been switched since the form was opened
    const now = checkKey(await wallet.getKey(config.chainId), config);
    if (now.bech32Address !== address) return failed(texts.tx.otherAccount(now.bech32Address));
    bytes = checkSigned(await sign(wallet, key, messages, terms), encodeBody(messages, 0n));
  } catch (error) {
    return isRefusal(error) ? { kind: 'refused' } : failed(texts.tx.notSigned(tellThrown(error)));
  }
  tell({ kind: 'sending' });
  const hash = await hashOf(bytes);
  const signed = readSigned(bytes);
  const open: Pending = {
    hash,
    act,
    at: Math.floor(Date.now() / 1000),
    timeoutHeight: signed.timeoutHeight,
    sequence: signed.sequence.toString(),
    bytes: toBase64(bytes),
  };
  const fee = readFee(bytes);
  const problem = tellLowFee(fee, gasPrice, config.denom) ?? tellShort(spendable, config, messages, fee.amount);
  if (problem !== null) return failed(problem);
  if (pending.read(address) !== null) return failed(texts.tx.open);
  // before it leaves: from then on only the chain can say that it was not sent
  pending.write(address, open);
  try {
    const { taken, isSole } = await chain.broadcast(bytes);
    const failure = isKnownAlready(taken) ? null : tellFailure(taken);
    // a node that was asked first and did not answer may have it, so that a second one finds its number used
    if (failure !== null && isSole) {
      pending.clear(address, open);
      return failed(texts.tx.notTaken(failure));
    }
  } catch (error) {
    // no answer: the node may have it all the same
    if (!(error instanceof NoEndpointError || error instanceof ChainError)) throw error;
  }
  return follow(chain, pending, address, open, tell);
}

/** Since when the account's number is seen to be used up. */
interface Used {
  height: number;
  at: number;
}

/** Asks until a block has it, or none can any more. */
export async function follow(
  chain: Chain,
  pending: PendingStore,
  address: string,
  open: Pending,
  tell: (step: Step) => void,
): Promise<Outcome> {
  const begin = Date.now();
  let offered = begin;
  let used: Used | null = null;
  for (let round = 1; ; round += 1) {
    tell({ kind: 'following', hash: open.hash, isUnknown: Date.now() - begin > PATIENCE });
    try {
      // the height first: what is included between the two answers is found by the second
      const head: Head = await chain.head();
      const result = await chain.findTx(open.hash);
      if (result !== null) {
        pending.clear(address, open);
        const failure = tellFailure(result);
        return failure === null ? { kind: 'done', result } : failed(texts.tx.failed(failure), open.hash);
      }
      const isPossible = open.timeoutHeight === 0 || head.height <= open.timeoutHeight;
      // the same bytes are one transaction, however often they are given: a node may have lost them
      if (isPossible && open.bytes !== undefined && Date.now() - offered > OFFER_AGAIN) {
        offered = Date.now();
        await chain.broadcast(fromBase64(open.bytes));
      }
      if (!isPossible || round % ROUNDS === 0) {
        // a verdict needs one node for all of it: of two the second may be behind
        const verdict = await judgeMissing(chain.pinned(), address, open, used);
        if (typeof verdict === 'string') {
          pending.clear(address, open);
          return failed(verdict, open.hash);
        }
        used = verdict;
      }
    } catch (error) {
      // whatever a node says now: only a block or the height decides
      if (!(error instanceof NoEndpointError || error instanceof ChainError)) throw error;
    }
    await wait(POLL);
  }
}

/** Of a transaction that no index has: why it is over, or what is known of its number. An index may be behind its node. */
async function judgeMissing(node: Chain, address: string, open: Pending, used: Used | null): Promise<string | Used | null> {
  const head = await node.head();
  if (head.chainId !== node.chainId || (await node.findTx(open.hash)) !== null) return used;
  const isOver = open.timeoutHeight > 0 && head.height > open.timeoutHeight + INDEX_BLOCKS;
  const account = await node.account(address);
  if (account !== null && account.sequence > BigInt(open.sequence)) {
    const since = used ?? { height: head.height, at: Date.now() };
    const isLong = head.height > since.height + INDEX_BLOCKS && Date.now() - since.at > INDEX_DELAY;
    return isOver || isLong ? texts.tx.notIndexed : since;
  }
  return isOver ? texts.tx.expired : null;
}

/** Why coins do not suffice for what is sent to contracts and the fee, or null: it would fail, and cost the fee all the same. */
function tellShort(spendable: bigint, { denom }: Config, messages: Message[], fee: Coin[]): string | null {
  const sent = messages.flatMap((it) => ('contract' in it ? it.funds : []));
  const coins = [...sent, ...fee].filter((it) => it.denom === denom.base);
  const needed = coins.reduce((sum, it) => sum + BigInt(it.amount), 0n);
  return needed <= spendable ? null : texts.tx.short(exactAmount(needed, denom), exactAmount(spendable, denom));
}

/** Gas to allow, from a simulation with the wallet's key. */
export async function estimateGas(chain: Chain, publicKey: Uint8Array, messages: Message[], sequence: bigint): Promise<bigint> {
  const auth = encodeAuth(publicKey, { sequence, gas: 0n, fee: [] }, 'direct');
  const used = await chain.simulate(encodeTx(encodeBody(messages, 0n), auth, new Uint8Array()));
  return (used * GAS_FACTOR + 999n) / 1_000n;
}

/** Of a unit of gas: the page's, or what the node asks for where that is more. */
export async function priceOf(chain: Chain, { denom, gasPrice }: Config): Promise<string> {
  return largerPrice(gasPrice, await chain.leastGasPrice(denom.base));
}

/** What it would cost; null where that cannot be told, as where the chain would refuse it: why is told when it is sent. */
export async function estimateFee(chain: Chain, config: Config, key: WalletKey, messages: Message[]): Promise<bigint | null> {
  try {
    const [account, price] = await Promise.all([chain.account(key.bech32Address), priceOf(chain, config)]);
    if (account === null) return null;
    return feeFor(await estimateGas(chain, key.pubKey, messages, account.sequence), price);
  } catch {
    return null;
  }
}

async function sign(wallet: KeplrLike, key: WalletKey, messages: Message[], terms: Terms): Promise<Uint8Array> {
  const { chainId, accountNumber, timeoutHeight } = terms;
  const options = { preferNoSetFee: true };
  // a Ledger reads amino only
  if (key.isNanoLedger) {
    const answer = await wallet.signAmino(chainId, key.bech32Address, aminoDoc(messages, terms), options);
    const { signed, signature } = checkAnswer(answer);
    return encodeAminoTx(messages, key.pubKey, signed, signature.signature);
  }
  const bodyBytes = encodeBody(messages, timeoutHeight);
  const authInfoBytes = encodeAuth(key.pubKey, terms, 'direct');
  const doc = { bodyBytes, authInfoBytes, chainId, accountNumber };
  const { signed, signature } = checkAnswer(await wallet.signDirect(chainId, key.bech32Address, doc, options));
  return encodeTx(signed.bodyBytes, signed.authInfoBytes, fromBase64(signature.signature));
}
