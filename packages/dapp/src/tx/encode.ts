// Transactions of calls to contracts and of stake that is delegated or moved: bytes for direct signing, documents for amino.
import { BinaryWriter } from 'cosmjs-types/binary';
import { Coin as CoinMessage } from 'cosmjs-types/cosmos/base/v1beta1/coin';
import { MsgExecuteContract } from 'cosmjs-types/cosmwasm/wasm/v1/tx';
import { PubKey } from 'cosmjs-types/cosmos/crypto/secp256k1/keys';
import { SignMode } from 'cosmjs-types/cosmos/tx/signing/v1beta1/signing';
import { AuthInfo, Fee, TxBody, TxRaw } from 'cosmjs-types/cosmos/tx/v1beta1/tx';
import { fromBase64 } from '../node/chain';

export interface Coin {
  denom: string;
  amount: string;
}

/** A call to a contract. */
export interface ContractCall {
  sender: string;
  contract: string;
  msg: object;
  funds: Coin[];
}

/** Coins that become stake with a validator, the account's own. */
export interface Delegation {
  delegator: string;
  validator: string;
  amount: Coin;
}

/** Own stake that moves from one validator to another. */
export interface Redelegation {
  delegator: string;
  source: string;
  destination: string;
  amount: Coin;
}

export type Message = ContractCall | Delegation | Redelegation;

/** What a signature covers beside the messages. */
export interface Terms {
  chainId: string;
  accountNumber: bigint;
  sequence: bigint;
  /** After this height no block takes it. */
  timeoutHeight: bigint;
  gas: bigint;
  fee: Coin[];
}

/** Plain, and the same always. */
export const MEMO = 'Defenders vault';

export interface AminoDoc {
  chain_id: string;
  account_number: string;
  sequence: string;
  timeout_height: string;
  fee: { amount: Coin[]; gas: string };
  msgs: { type: string; value: Record<string, unknown> }[];
  memo: string;
}

/** Objects with their keys in order, as amino signs them. */
export function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]));
}

/** Funds as the chain wants them: by denom. */
function sortFunds(funds: Coin[]): Coin[] {
  return [...funds].sort((a, b) => (a.denom < b.denom ? -1 : 1));
}

function encodeMessage(message: Message): { typeUrl: string; value: Uint8Array } {
  if ('contract' in message) {
    const { sender, contract } = message;
    const msg = new TextEncoder().encode(JSON.stringify(sortKeys(message.msg)));
    const call = MsgExecuteContract.fromPartial({ sender, contract, msg, funds: sortFunds(message.funds) });
    return { typeUrl: MsgExecuteContract.typeUrl, value: MsgExecuteContract.encode(call).finish() };
  }
  const { delegator, amount } = message;
  if ('source' in message) {
    const { source, destination } = message;
    return { typeUrl: '/cosmos.staking.v1beta1.MsgBeginRedelegate', value: encodeStake([delegator, source, destination], amount) };
  }
  return { typeUrl: '/cosmos.staking.v1beta1.MsgDelegate', value: encodeStake([delegator, message.validator], amount) };
}

/** Addresses, then a coin, numbered from 1. The whole file of these messages would be as large as half of the page. */
function encodeStake(addresses: string[], amount: Coin): Uint8Array {
  const writer = BinaryWriter.create();
  const tag = (field: number) => writer.uint32((field << 3) | 2);
  addresses.forEach((address, index) => tag(index + 1).string(address));
  CoinMessage.encode(amount, tag(addresses.length + 1).fork()).ldelim();
  return writer.finish();
}

export function encodeBody(messages: Message[], timeoutHeight: bigint, memo = MEMO): Uint8Array {
  const body = TxBody.fromPartial({ messages: messages.map(encodeMessage), memo, timeoutHeight });
  return TxBody.encode(body).finish();
}

export function encodeAuth(publicKey: Uint8Array, terms: Pick<Terms, 'sequence' | 'gas' | 'fee'>, mode: 'direct' | 'amino'): Uint8Array {
  const key = PubKey.encode(PubKey.fromPartial({ key: publicKey })).finish();
  const signMode = mode === 'direct' ? SignMode.SIGN_MODE_DIRECT : SignMode.SIGN_MODE_LEGACY_AMINO_JSON;
  const info = AuthInfo.fromPartial({
    signerInfos: [
      { publicKey: { typeUrl: PubKey.typeUrl, value: key }, modeInfo: { single: { mode: signMode } }, sequence: terms.sequence },
    ],
    fee: Fee.fromPartial({ amount: terms.fee, gasLimit: terms.gas }),
  });
  return AuthInfo.encode(info).finish();
}

export function encodeTx(bodyBytes: Uint8Array, authInfoBytes: Uint8Array, signature: Uint8Array): Uint8Array {
  return TxRaw.encode(TxRaw.fromPartial({ bodyBytes, authInfoBytes, signatures: [signature] })).finish();
}

function aminoMessage(message: Message): AminoDoc['msgs'][number] {
  if ('contract' in message) {
    const { sender, contract, msg, funds } = message;
    return { type: 'wasm/MsgExecuteContract', value: { sender, contract, msg: sortKeys(msg), funds: sortFunds(funds) } };
  }
  const { delegator: delegator_address, amount } = message;
  if ('source' in message) {
    const { source: validator_src_address, destination: validator_dst_address } = message;
    return { type: 'cosmos-sdk/MsgBeginRedelegate', value: { delegator_address, validator_src_address, validator_dst_address, amount } };
  }
  return { type: 'cosmos-sdk/MsgDelegate', value: { delegator_address, validator_address: message.validator, amount } };
}

export function aminoDoc(messages: Message[], terms: Terms): AminoDoc {
  return {
    chain_id: terms.chainId,
    account_number: terms.accountNumber.toString(),
    sequence: terms.sequence.toString(),
    timeout_height: terms.timeoutHeight.toString(),
    fee: { amount: terms.fee, gas: terms.gas.toString() },
    msgs: messages.map(aminoMessage),
    memo: MEMO,
  };
}

/** The transaction of a document that a wallet signed: fee and memo are those that it returns. */
export function encodeAminoTx(messages: Message[], publicKey: Uint8Array, signed: AminoDoc, signature: string): Uint8Array {
  const body = encodeBody(messages, BigInt(signed.timeout_height ?? '0'), signed.memo);
  const terms = { sequence: BigInt(signed.sequence), gas: BigInt(signed.fee.gas), fee: [...signed.fee.amount] };
  return encodeTx(body, encodeAuth(publicKey, terms, 'amino'), fromBase64(signature));
}

/** What was signed in the end: a wallet may have set another height or number. Height 0 is none. */
export function readSigned(txBytes: Uint8Array): { timeoutHeight: number; sequence: bigint } {
  const raw = TxRaw.decode(txBytes);
  const { timeoutHeight } = TxBody.decode(raw.bodyBytes);
  const [signer] = AuthInfo.decode(raw.authInfoBytes).signerInfos;
  return { timeoutHeight: Number(timeoutHeight), sequence: signer?.sequence ?? 0n };
}

/** The fee that was signed in the end. */
export function readFee(txBytes: Uint8Array): { gas: bigint; amount: Coin[] } {
  const { fee } = AuthInfo.decode(TxRaw.decode(txBytes).authInfoBytes);
  return { gas: fee?.gasLimit ?? 0n, amount: fee?.amount ?? [] };
}

/** The name by which the chain finds it. */
export async function hashOf(txBytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', txBytes as BufferSource);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('').toUpperCase();
}
