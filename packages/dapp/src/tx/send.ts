// From messages to their place in a block: simulate, sign, give it to a node, ask until it is known what became of it.
import { feeFor } from '../amounts';
import type { Config } from '../config';
import { ChainError, NoEndpointError } from '../node/rest';
import { fromBase64, type Chain, type Head, type TxResult } from '../node/chain';
import { texts } from '../texts';
import { checkKey, isRefusal, type KeplrLike, type WalletKey } from '../wallet/wallet';
import { aminoDoc, encodeAminoTx, encodeAuth, encodeBody, encodeTx, hashOf, readFee, readSigned, type Message, type Terms } from './encode';
import { checkSigned, isKnownAlready, tellFailure, tellLowFee, tellSimulation } from './judge';
import type { Pending, PendingStore } from './pending';

/** Blocks in which it can be included. */
const TIMEOUT_BLOCKS = 200;
/** After so long the page says that it is not known. Milliseconds. */
const PATIENCE = 60_000;
const POLL = 1_000;
/** Gas allowed, of what the simulation used, in thousandths: as the command line has it. */
const GAS_FACTOR = 1_300n;

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
  const [head, gasPrice] = await Promise.all([chain.head(), chain.leastGasPrice(config.denom.base)]);
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
    fee: [{ denom: config.denom.base, amount: feeFor(gas, config.gasPrice).toString() }],
  };
  tell({ kind: 'signing' });
  // the account may have been switched since the form was opened
  const now = checkKey(await wallet.getKey(config.chainId), config);
  if (now.bech32Address !== address) return failed(texts.tx.otherAccount(now.bech32Address));
  let bytes: Uint8Array;
  try {
    bytes = checkSigned(await sign(wallet, key, messages, terms), encodeBody(messages, 0n));
  } catch (error) {
    return isRefusal(error) ? { kind: 'refused' } : failed(texts.tx.notSigned(error instanceof Error ? error.message : String(error)));
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
  };
  const problem = pending.read(address) === null ? tellLowFee(readFee(bytes), gasPrice, config.denom) : texts.tx.open;
  if (problem !== null) return failed(problem);
  // before it leaves: from then on only the chain can say that it was not sent
  pending.write(address, open);
  try {
    const taken = await chain.broadcast(bytes);
    const failure = isKnownAlready(taken) ? null : tellFailure(taken);
    if (failure !== null) {
      pending.clear(address, open);
      return failed(texts.tx.notTaken(failure));
    }
  } catch (error) {
    // no answer: the node may have it all the same
    if (!(error instanceof NoEndpointError || error instanceof ChainError)) throw error;
  }
  return follow(chain, pending, address, open, tell);
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
  for (;;) {
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
      // a block more, because an index may be behind its node
      if (open.timeoutHeight > 0 && head.height > open.timeoutHeight + 1) {
        const account = await chain.account(address);
        pending.clear(address, open);
        // an index that has forgotten, or never was: the account knows
        const isUsed = account !== null && account.sequence > BigInt(open.sequence);
        return failed(isUsed ? texts.tx.notIndexed : texts.tx.expired, open.hash);
      }
    } catch (error) {
      // whatever a node says now: only a block or the height decides
      if (!(error instanceof NoEndpointError || error instanceof ChainError)) throw error;
    }
    await wait(POLL);
  }
}

/** Gas to allow, from a simulation with the wallet's key. */
export async function estimateGas(chain: Chain, publicKey: Uint8Array, messages: Message[], sequence: bigint): Promise<bigint> {
  const auth = encodeAuth(publicKey, { sequence, gas: 0n, fee: [] }, 'direct');
  const used = await chain.simulate(encodeTx(encodeBody(messages, 0n), auth, new Uint8Array()));
  return (used * GAS_FACTOR + 999n) / 1_000n;
}

async function sign(wallet: KeplrLike, key: WalletKey, messages: Message[], terms: Terms): Promise<Uint8Array> {
  const { chainId, accountNumber, timeoutHeight } = terms;
  const options = { preferNoSetFee: true };
  // a Ledger reads amino only
  if (key.isNanoLedger) {
    const { signed, signature } = await wallet.signAmino(chainId, key.bech32Address, aminoDoc(messages, terms), options);
    return encodeAminoTx(messages, key.pubKey, signed, signature.signature);
  }
  const bodyBytes = encodeBody(messages, timeoutHeight);
  const authInfoBytes = encodeAuth(key.pubKey, terms, 'direct');
  const doc = { bodyBytes, authInfoBytes, chainId, accountNumber };
  const { signed, signature } = await wallet.signDirect(chainId, key.bech32Address, doc, options);
  return encodeTx(signed.bodyBytes, signed.authInfoBytes, fromBase64(signature.signature));
}
