// What became of a transaction, from code and log.
import { attribute, type TxResult } from '../node/chain';
import { TxBody, TxRaw } from 'cosmjs-types/cosmos/tx/v1beta1/tx';
import { feeFor, showAmount, type Unit } from '../amounts';
import { texts } from '../texts';
import type { Coin } from './encode';

const OUT_OF_GAS = 11;
const INSUFFICIENT_FUNDS = 5;
const WRONG_SEQUENCE = 32;
const IN_MEMPOOL = 19;
const INSUFFICIENT_FEE = 13;

/** Whether a node has these very bytes already, as when another endpoint took them and did not answer in time. */
export function isKnownAlready(result: TxResult): boolean {
  return result.codespace === 'sdk' && result.code === IN_MEMPOOL;
}

/** Whether its number was not the account's turn: so it was not carried out, and nothing was paid for it. */
export function isWrongSequence(result: TxResult): boolean {
  return result.codespace === 'sdk' && result.code === WRONG_SEQUENCE;
}

/** Why it failed, in words; null when it was done. */
export function tellFailure(result: TxResult): string | null {
  if (result.code === 0) return null;
  if (result.codespace === 'sdk') {
    if (result.code === OUT_OF_GAS) return texts.tx.outOfGas(result.gasUsed.toString(), result.gasWanted.toString());
    if (result.code === INSUFFICIENT_FEE) return texts.tx.feeTooLow(tellLog(result.log));
    if (isWrongSequence(result)) return texts.tx.sequence;
    if (result.code === INSUFFICIENT_FUNDS) return texts.tx.funds;
  }
  return tellLog(result.log) || texts.tx.noReason(`${result.codespace} ${result.code}`);
}

/** What a wallet answers, if it has the parts that an answer has. */
export function checkAnswer<T extends { signed: object; signature: { signature: string } }>(answer: T): T {
  if (!answer?.signed || typeof answer.signature?.signature !== 'string') throw new Error('the wallet returned no signature');
  return answer;
}

/** What a wallet returned, if it is signed and does what was asked; fee and note may be the wallet's. */
export function checkSigned(bytes: Uint8Array, askedBody: Uint8Array): Uint8Array {
  const { bodyBytes, signatures } = TxRaw.decode(bytes);
  if (signatures[0]?.length !== 64) throw new Error('the wallet returned no signature');
  const messagesOf = (body: Uint8Array) => JSON.stringify(TxBody.decode(body).messages.map((it) => [it.typeUrl, it.value.join()]));
  if (messagesOf(bodyBytes) !== messagesOf(askedBody)) throw new Error('the wallet returned something else than what it was asked to sign');
  return bytes;
}

/** Why the node would not take the fee that was signed; null when it would, or does not say what it asks for. */
export function tellLowFee(fee: { gas: bigint; amount: Coin[] }, leastPrice: string | null, unit: Unit & { base: string }): string | null {
  if (leastPrice === null) return null;
  const least = feeFor(fee.gas, leastPrice);
  const paid = BigInt(fee.amount.find((it) => it.denom === unit.base)?.amount ?? '0');
  // a fee in another coin is the node's to judge
  const isOther = fee.amount.some((it) => it.denom !== unit.base);
  return paid >= least || isOther ? null : texts.tx.feeBelow(showAmount(paid, unit), showAmount(least, unit));
}

/** The fee that was paid, in base units of the denom; null where it was paid in another. */
export function feePaid(result: TxResult, denom: string): bigint | null {
  const match = /^(\d+)([^\d,].*)$/.exec(attribute(result.events, 'tx', 'fee') ?? '');
  return match?.[1] !== undefined && match[2] === denom ? BigInt(match[1]) : null;
}

/** Why a simulation was refused: it has a log and no code. */
export function tellSimulation(log: string): string {
  return log.includes('account sequence mismatch') ? texts.tx.sequence : tellLog(log);
}

/** The contract's own words, without what modules wrap around them. */
export function tellLog(log: string): string {
  const inner = log
    .replace(/^rpc error: code = \w+ desc = /, '')
    .replace(/^failed to execute message; message index: \d+: /, '')
    .replace(/\s*\[[^\]]*\.go:\d+\].*$/s, '')
    .replace(/ With gas wanted: .*$/s, '')
    .replace(/: (execute wasm contract failed|insufficient funds|unauthorized)$/, (all, reason: string) =>
      reason === 'execute wasm contract failed' ? '' : all,
    );
  return inner.trim();
}
