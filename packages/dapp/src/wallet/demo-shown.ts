// What a document says, for the person who signs it: read from the document itself, not from who asks.
import { MsgExecuteContract } from 'cosmjs-types/cosmwasm/wasm/v1/tx';
import { MsgBeginRedelegate, MsgDelegate, MsgUndelegate } from 'cosmjs-types/cosmos/staking/v1beta1/tx';
import { AuthInfo, TxBody } from 'cosmjs-types/cosmos/tx/v1beta1/tx';
import type { AminoDoc } from '../tx/encode';
import type { DirectDoc } from './wallet';

export interface Shown {
  /** Each with its type, and all its fields as text. */
  messages: { type: string; text: string }[];
  fee: string;
  gas: string;
  memo: string;
}

/** A call's message is JSON in bytes; other bytes are shown as numbers. */
function showField(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (!(value instanceof Uint8Array)) return value;
  const text = new TextDecoder().decode(value);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return Array.from(value).join(' ');
  }
}

const KNOWN: Record<string, { decode(bytes: Uint8Array): object }> = {
  [MsgExecuteContract.typeUrl]: MsgExecuteContract,
  [MsgDelegate.typeUrl]: MsgDelegate,
  [MsgUndelegate.typeUrl]: MsgUndelegate,
  [MsgBeginRedelegate.typeUrl]: MsgBeginRedelegate,
};

const shortType = (type: string) => type.split(/[./]/).at(-1) ?? type;
const textOf = (value: unknown) => JSON.stringify(value, showField, 1);
const showCoins = (coins: readonly { amount: string; denom: string }[]) => coins.map((it) => it.amount + it.denom).join(', ') || '0';

export function showDirect(doc: DirectDoc): Shown {
  const body = TxBody.decode(doc.bodyBytes);
  const { fee } = AuthInfo.decode(doc.authInfoBytes);
  return {
    messages: body.messages.map(({ typeUrl, value }) => ({
      type: shortType(typeUrl),
      text: textOf(KNOWN[typeUrl]?.decode(value) ?? value),
    })),
    fee: showCoins(fee?.amount ?? []),
    gas: (fee?.gasLimit ?? 0n).toString(),
    memo: body.memo,
  };
}

export function showAmino(doc: AminoDoc): Shown {
  return {
    messages: doc.msgs.map(({ type, value }) => ({ type: shortType(type), text: textOf(value) })),
    fee: showCoins(doc.fee.amount),
    gas: doc.fee.gas,
    memo: doc.memo,
  };
}
