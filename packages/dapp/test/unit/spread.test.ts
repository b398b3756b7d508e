import { describe, expect, test } from 'vitest';
import { MsgBeginRedelegate, MsgDelegate } from 'cosmjs-types/cosmos/staking/v1beta1/tx';
import { TxBody } from 'cosmjs-types/cosmos/tx/v1beta1/tx';
import { sha256 } from '@cosmjs/crypto';
import { toBase64, toBech32, toHex } from '@cosmjs/encoding';
import type { TxResult } from '../../src/node/chain';
import { bytesOf, consensusBytes } from '../../src/node/tombstones';
import { splitMessages } from '../../src/spread/batches';
import { sumCarried, sumPlan, toMessages, type Plan } from '../../src/spread/plan';
import { findAlike } from '../../src/alike';
import { aminoDoc, encodeBody, type Message, type Terms } from '../../src/tx/encode';
import { checkConfig } from '../../src/config';

const terms: Terms = {
  chainId: 'chain-1',
  accountNumber: 5n,
  sequence: 7n,
  timeoutHeight: 900n,
  gas: 400_000n,
  fee: [{ denom: 'ustake', amount: '10000' }],
};
const most = (2n ** 128n - 1n).toString();
const plan = {
  unplaced: '0',
  delegations: [{ validator: 'valoper1a', tokens: most }],
  redelegations: [{ source: 'valoper1x', destination: 'valoper1b', tokens: '7' }],
  validators: [
    { before: '0', after: most },
    { before: '9', after: '2' },
    { before: '1', after: '8' },
  ],
} as unknown as Plan;
const messages = toMessages(plan, 'wasm1me', 'ustake');

describe('lesson 1: stake that is delegated and moved', () => {
  test('as amino: the types of the Cosmos SDK, amounts as strings', () => {
    expect(aminoDoc(messages, terms).msgs).toEqual([
      {
        type: 'cosmos-sdk/MsgDelegate',
        value: { delegator_address: 'wasm1me', validator_address: 'valoper1a', amount: { denom: 'ustake', amount: most } },
      },
      {
        type: 'cosmos-sdk/MsgBeginRedelegate',
        value: {
          delegator_address: 'wasm1me',
          validator_src_address: 'valoper1x',
          validator_dst_address: 'valoper1b',
          amount: { denom: 'ustake', amount: '7' },
        },
      },
    ]);
  });

  test('as bytes: what cosmjs-types reads and writes', () => {
    const [delegate, move] = TxBody.decode(encodeBody(messages, 9n)).messages;
    const delegated = { delegatorAddress: 'wasm1me', validatorAddress: 'valoper1a', amount: { denom: 'ustake', amount: most } };
    expect(delegate?.typeUrl).toBe(MsgDelegate.typeUrl);
    expect(MsgDelegate.decode(delegate?.value ?? new Uint8Array())).toEqual(delegated);
    expect(delegate?.value).toEqual(MsgDelegate.encode(delegated).finish());
    const moved = {
      delegatorAddress: 'wasm1me',
      validatorSrcAddress: 'valoper1x',
      validatorDstAddress: 'valoper1b',
      amount: { denom: 'ustake', amount: '7' },
    };
    expect(move?.typeUrl).toBe(MsgBeginRedelegate.typeUrl);
    expect(move?.value).toEqual(MsgBeginRedelegate.encode(moved).finish());
  });
});

describe('lesson 4: transactions are split by a set limit', () => {
  const many = (count: number): Message[] =>
    Array.from({ length: count }, (_, index) => ({ delegator: 'me', validator: `v${index}`, amount: { denom: 'u', amount: '1' } }));
  /** Where a message takes 100 units of gas. */
  const sizes = async (count: number, limit: number, blockGas: bigint | null) => {
    const batches = await splitMessages(many(count), limit, blockGas, async (some) => BigInt(100 * some.length));
    expect(batches.flatMap((batch) => batch.messages), 'each message once, in order').toEqual(many(count));
    expect(batches.map((batch) => batch.gas)).toEqual(batches.map((batch) => BigInt(100 * batch.messages.length)));
    return batches.map((batch) => batch.messages.length);
  };

  test('and by gas, as the program does', async () => {
    expect(await sizes(45, 20, null)).toEqual([20, 20, 5]);
    expect(await sizes(12, 5, null)).toEqual([5, 5, 2]);
    expect(await sizes(12, 20, 1_000n)).toEqual([3, 5, 4]);
    expect(await sizes(2, 20, 100n)).toEqual([1, 1]);
    expect(await sizes(0, 20, null)).toEqual([]);
  });

  test('what the chain refuses in a trial run ends it', async () => {
    const refuse = () => Promise.reject(new Error('no'));
    await expect(splitMessages(many(1), 5, null, refuse)).rejects.toThrow('no');
  });
});

test('sums of a plan, and of what went through by its events', () => {
  expect(sumPlan(plan)).toEqual({ delegated: BigInt(most), moved: 7n, gaining: 2 });
  const event = (type: string, amount: string) => ({ type, attributes: [{ key: 'amount', value: amount }] });
  const events = [
    event('delegate', '12ustake'),
    event('delegate', '30ustake'),
    event('redelegate', '5ustake'),
    event('withdraw_rewards', '3uatom,4ustake'),
    event('withdraw_rewards', ''),
    event('coin_spent', '99ustake'),
  ];
  expect(sumCarried([{ events } as TxResult, { events: [event('delegate', '1ustake')] } as TxResult], 'ustake')).toEqual({
    delegated: 43n,
    moved: 5n,
    rewards: 4n,
  });
});

test('lesson 32: equal names are found whatever their case, marks and spaces', () => {
  const named = (validator: string, name: string | null) => ({ validator, names: [name] });
  const twins = findAlike([
    named('a', 'Small Node'),
    named('b', 'small-node'),
    named('c', 'Ｓｍａｌｌ Ｎｏｄé'),
    named('d', 'Smaller Node'),
    named('e', null),
    named('f', null),
    named('g', '***'),
    named('h', '---'),
  ]);
  expect(Array.from(twins.keys())).toEqual(['a', 'b', 'c']);
});

test('a list in config.json lies beside the page', () => {
  const config = {
    chainId: 'c', chainName: 'C', rest: ['https://rest'], rpc: 'https://rpc', vault: 'v', bech32Prefix: 'wasm',
    denom: { base: 'ustake', symbol: 'STAKE', decimals: 6 }, gasPrice: '0.025',
  };
  expect(checkConfig({ ...config, list: 'list.csv' }).list).toBe('list.csv');
  for (const list of ['https://else/list.csv', '//else/list.csv', 'data:text/csv,validator', 7]) {
    expect(() => checkConfig({ ...config, list }), String(list)).toThrow('relative');
  }
});

test('lesson 36: who is out for ever is found by the address of consensus, whatever the length', async () => {
  for (const length of [1, 2, 3, 20, 32]) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + 251) % 256);
    expect(bytesOf(toBech32('wasmvalcons', bytes))).toBe(toHex(bytes));
  }
  const key = new Uint8Array(32).fill(7);
  const address = toBech32('wasmvalcons', sha256(key).slice(0, 20));
  expect(await consensusBytes(toBase64(key))).toBe(bytesOf(address));
});
