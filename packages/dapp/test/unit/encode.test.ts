import { describe, expect, test } from 'vitest';
import { TxBody, TxRaw } from 'cosmjs-types/cosmos/tx/v1beta1/tx';
import { MsgExecuteContract } from 'cosmjs-types/cosmwasm/wasm/v1/tx';
import { aminoDoc, encodeAminoTx, encodeBody, MEMO, readSigned, sortKeys, type AminoDoc, type Terms } from '../../src/tx/encode';
import { cancelCall, claimCall, depositCall, withdrawCall, type Call } from '../../src/vault/messages';
import type { ConfigResponse } from '../../src/vault/types';

const terms: Terms = {
  chainId: 'chain-1',
  accountNumber: 5n,
  sequence: 7n,
  timeoutHeight: 900n,
  gas: 400_000n,
  fee: [{ denom: 'ustake', amount: '10000' }],
};
const whole = (call: Call) => ({ sender: 'wasm1me', contract: 'wasm1vault', ...call });
const shares = (share: ConfigResponse['share']) => ({ share }) as ConfigResponse;
const coins = shares({ denom: { denom: 'factory/wasm1vault/udefend', message_prefix: '/x' } });

describe('lesson 1: one amino fixture for each message: msg an object, amounts strings, funds sorted', () => {
  const fixtures: [string, Call, object, object[]][] = [
    [
      'deposit',
      depositCall(10n ** 30n, 'ustake', 995n),
      { deposit: { amount: '1000000000000000000000000000000', min_shares_out: '995' } },
      [{ denom: 'ustake', amount: '1000000000000000000000000000000' }],
    ],
    [
      'withdrawal of a cw20',
      withdrawCall(5n, shares({ cw20: {} }), 4n),
      { request_withdrawal: { min_tokens_out: '4', shares: '5' } },
      [],
    ],
    [
      'withdrawal of coins',
      withdrawCall(5n, coins, 4n),
      { request_withdrawal: { min_tokens_out: '4' } },
      [{ denom: 'factory/wasm1vault/udefend', amount: '5' }],
    ],
    ['cancel', cancelCall(3), { cancel_withdrawal: { batch_id: 3 } }, []],
    ['claim', claimCall(3), { claim: { batch_id: 3 } }, []],
  ];
  test.each(fixtures)('%s', (_, call, msg, funds) => {
    expect(aminoDoc([whole(call)], terms)).toEqual({
      chain_id: 'chain-1',
      account_number: '5',
      sequence: '7',
      timeout_height: '900',
      fee: { amount: [{ denom: 'ustake', amount: '10000' }], gas: '400000' },
      memo: 'Defenders vault',
      msgs: [{ type: 'wasm/MsgExecuteContract', value: { sender: 'wasm1me', contract: 'wasm1vault', msg, funds } }],
    });
  });

  test('funds are sorted by denom, in both modes', () => {
    const call = { ...whole(claimCall(1)), funds: [{ denom: 'b', amount: '1' }, { denom: 'a', amount: '2' }] };
    expect(aminoDoc([call], terms).msgs[0]?.value.funds).toEqual([{ denom: 'a', amount: '2' }, { denom: 'b', amount: '1' }]);
    const [message] = TxBody.decode(encodeBody([call], 9n)).messages;
    const decoded = MsgExecuteContract.decode(message?.value ?? new Uint8Array());
    expect(decoded.funds.map((it) => it.denom)).toEqual(['a', 'b']);
  });
});

test('lesson 2: the memo is constant plain ASCII without what amino escapes', () => {
  expect(MEMO).toMatch(/^[ -~]+$/);
  expect(MEMO).not.toMatch(/[<>&]/);
});

test('lesson 7: fee, memo and timeout of the sent transaction are those that the wallet returns', () => {
  const call = whole(claimCall(1));
  const signed = { ...aminoDoc([call], terms), memo: 'else', fee: { amount: [{ denom: 'ustake', amount: '7' }], gas: '9' } };
  const raw = TxRaw.decode(encodeAminoTx([call], new Uint8Array(33), signed, btoa('x'.repeat(64))));
  const body = TxBody.decode(raw.bodyBytes);
  expect([body.memo, body.timeoutHeight]).toEqual(['else', 900n]);
  expect(raw.signatures[0]?.length).toBe(64);
});

test('lesson 11: how long to ask goes by what was signed, not by what was asked for', () => {
  const call = whole(claimCall(1));
  const read = (change: Partial<AminoDoc>) =>
    readSigned(encodeAminoTx([call], new Uint8Array(33), { ...aminoDoc([call], terms), ...change }, btoa('x')));
  expect(read({})).toEqual({ timeoutHeight: 900, sequence: 7n });
  expect(read({ timeout_height: '1200', sequence: '8' })).toEqual({ timeoutHeight: 1200, sequence: 8n });
  // a wallet that knows no such field
  const { timeout_height: _, ...without } = aminoDoc([call], terms);
  expect(readSigned(encodeAminoTx([call], new Uint8Array(33), without as AminoDoc, btoa('x'))).timeoutHeight).toBe(0);
});

test('keys are sorted at every depth, lists keep their order', () => {
  expect(JSON.stringify(sortKeys({ b: [{ d: 1, c: 2 }, 3], a: null }))).toBe('{"a":null,"b":[{"c":2,"d":1},3]}');
});
