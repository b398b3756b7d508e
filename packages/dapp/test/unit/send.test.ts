import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fromBase64 } from '../../src/node/chain';
import { readFee } from '../../src/tx/encode';
import type { KeplrLike } from '../../src/wallet/wallet';
import { deposit, Node, pass, words, world } from './nodes';

vi.mock('../../src/wallet/demo-dialog', () => ({ askToSign: vi.fn(async () => true) }));
// minutes of the page's clock take seconds of a busy machine
vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => void vi.useRealTimers());

describe('before the wallet is asked', () => {
  test('lesson 14: coins that do not cover amount and fee are told, and the wallet is not asked', async () => {
    const node = new Node();
    node.spendable = '5000000';
    const signDirect = vi.fn();
    const sent = await deposit(world(node), (wallet) => (wallet.signDirect = signDirect));
    await pass(1_000);
    expect(words(sent.outcome())).toMatch(/^Nothing was sent: with the fee it takes 5.00375 STAKE, and this account has 5 STAKE\.$/);
    expect(signDirect).not.toHaveBeenCalled();
  });
});

test('by the height of another chain nothing is signed: its last height would never come', async () => {
  const node = new Node();
  [node.chainId, node.height] = ['other-1', 9_000_000];
  const signDirect = vi.fn();
  const sent = await deposit(world(node), (wallet) => (wallet.signDirect = signDirect));
  await pass(1_000);
  expect(words(sent.outcome())).toMatch(/signing is off/);
  expect(signDirect).not.toHaveBeenCalled();
});

test('who lets the account go while the chain is asked is not asked to sign', async () => {
  const signDirect = vi.fn();
  const sent = await deposit(world(new Node()), (wallet) => (wallet.signDirect = signDirect), '5000000', () => false);
  await pass(1_000);
  expect(sent.outcome()).toEqual({ kind: 'refused' });
  expect(signDirect).not.toHaveBeenCalled();
});

test('lesson 8: who waits for the wallet no longer is not asked again, and what it signs later is not sent', async () => {
  const node = new Node();
  let [stop, answer] = [() => {}, () => {}];
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  const late = new Promise<void>((resolve) => (answer = resolve));
  const sent = await deposit(
    world(node),
    (wallet) => {
      const { signDirect } = wallet;
      wallet.signDirect = async (...of) => (await late, signDirect.apply(wallet, of));
    },
    '5000000',
    () => true,
    stopped,
  );
  await pass(60_000);
  expect(sent.outcome()).toBeNull();
  stop();
  await pass(1_000);
  expect(sent.outcome()).toEqual({ kind: 'refused' });
  answer();
  await pass(5_000);
  expect(node.given).toEqual([]);
});

test('lesson 7: where the node asks for more than the page was told, the fee is what the node asks for', async () => {
  const node = new Node();
  node.leastPrice = '0.1ustake';
  node.onGiven = () => {
    node.found = true;
    return 0;
  };
  const sent = await deposit(world(node));
  await pass(2_000);
  expect(sent.outcome()?.kind).toBe('done');
  expect(readFee(fromBase64(node.given[0] ?? ''))).toEqual({ gas: 150_000n, amount: [{ denom: 'ustake', amount: '15000' }] });
});

describe('lesson 8: what wallets answer', () => {
  const refusals: [string, unknown][] = [
    ['an error', new Error('Request rejected')],
    ['a text', 'Request rejected'],
    ['an object with the code of a refusal', { code: 4001, message: 'No' }],
    ['a window that was closed', new Error('Window closed by user')],
  ];
  test.each(refusals)('%s is a refusal, while signing and before', async (_, thrown) => {
    for (const method of ['signDirect', 'getKey'] as const) {
      const sent = await deposit(world(new Node()), (wallet) => Object.assign(wallet, { [method]: () => Promise.reject(thrown) }));
      await pass(1_000);
      expect(sent.outcome(), method).toEqual({ kind: 'refused' });
    }
  });

  test('an object is told by its message, and an answer without a signature is told as that', async () => {
    const tell = async (signDirect: () => Promise<unknown>) => {
      const sent = await deposit(world(new Node()), (wallet) => (wallet.signDirect = signDirect as KeplrLike['signDirect']));
      await pass(1_000);
      return words(sent.outcome());
    };
    expect(await tell(() => Promise.reject({ message: 'Device busy' }))).toMatch(/The wallet said: Device busy$/);
    expect(await tell(() => Promise.reject(undefined))).toMatch(/gave no reason/);
    expect(await tell(async () => undefined)).toMatch(/returned no signature/);
    expect(await tell(async () => ({ signed: {} }))).toMatch(/returned no signature/);
  });
});
