// From messages to a node: simulate, sign, give it away once.
import { exactAmount, feeFor, largerPrice } from '../amounts';
import type { Config } from '../config';
import { ChainError } from '../node/rest';
import { fromBase64, toBase64, type Chain } from '../node/chain';
import { texts } from '../texts';
import { checkKey, isRefusal, tellThrown, type KeplrLike, type WalletKey } from '../wallet/wallet';
import { aminoDoc, encodeAminoTx, encodeAuth, encodeBody, encodeTx, hashOf, readFee, readSigned, type Coin, type Message, type Terms } from './encode';
import { failed, follow, type Outcome, type Step } from './follow';
import { checkAnswer, checkSigned, isKnownAlready, tellFailure, tellLowFee, tellSimulation } from './judge';
import type { Pending, PendingStore } from './pending';

/** Blocks in which it can be included. */
const TIMEOUT_BLOCKS = 200;
/** Gas allowed, of what the simulation used, in thousandths: as the command line has it: by the
 * next block the vault may have more to do. */
const GAS_FACTOR = 1_500n;

export interface Sender {
  chain: Chain;
  config: Config;
  wallet: KeplrLike;
  key: WalletKey;
  pending: PendingStore;
  /** Whether the account is still the one that is connected. */
  isWanted: () => boolean;
  /** Comes when the person waits for the wallet no longer: what it signs later is not sent. */
  stopped: Promise<void>;
}

/** Sends one transaction of these messages, once. */
export async function send(sender: Sender, act: string, messages: Message[], tell: (step: Step) => void): Promise<Outcome> {
  const { chain, wallet, config, key, pending, isWanted, stopped } = sender;
  const address = key.bech32Address;
  if (pending.read(address) !== null) return failed(texts.tx.open);
  tell({ kind: 'preparing' });
  const account = await chain.account(address);
  if (account === null) return failed(texts.deposit.noCoins);
  const { base } = config.denom;
  const [head, gasPrice, spendable] = await Promise.all([chain.head(), chain.leastGasPrice(base), chain.spendable(address, base)]);
  // by the height of another chain it would be open for ever
  if (head.chainId !== config.chainId) return failed(texts.tx.notFresh);
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
  // who let the account go meanwhile is not asked to sign
  if (!isWanted()) return { kind: 'refused' };
  tell({ kind: 'signing' });
  const unlessStopped = <T>(work: Promise<T>) => Promise.race([work.then((answer) => ({ answer })), stopped.then(() => null)]);
  let bytes: Uint8Array;
  try {
    // the account may have been switched since the form was opened
    const told = await unlessStopped(wallet.getKey(config.chainId));
    if (told === null) return { kind: 'refused' };
    const now = checkKey(told.answer, config);
    if (now.bech32Address !== address) return failed(texts.tx.otherAccount(now.bech32Address));
    const signed = await unlessStopped(sign(wallet, key, messages, terms));
    if (signed === null) return { kind: 'refused' };
    bytes = checkSigned(signed.answer, encodeBody(messages, 0n));
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
  } catch {
    // no answer, or none that can be read: the node may have it all the same
  }
  return follow(chain, pending, address, open, tell);
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
