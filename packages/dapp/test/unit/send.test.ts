import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Config } from '../../src/config';
import { Chain, fromBase64 } from '../../src/node/chain';
import { Rest } from '../../src/node/rest';
import { readFee, type ContractCall } from '../../src/tx/encode';
import { PendingStore } from '../../src/tx/pending';
import { follow, type Outcome } from '../../src/tx/follow';
import { send } from '../../src/tx/send';
import { DemoWallet } from '../../src/wallet/demo';
import type { KeplrLike } from '../../src/wallet/wallet';

vi.mock('../../src/wallet/demo-dialog', () => ({ askToSign: vi.fn(async () => true) }));

const [FIRST, SECOND] = ['https://first', 'https://second'];
const config: Config = {
  chainId: 'defenders-devnet-1',
  chainName: 'devnet',
  rest: [FIRST, SECOND],
  rpc: '',
  vault: 'wasm1vault',
  bech32Prefix: 'wasm',
  denom: { base: 'ustake', symbol: 'STAKE', decimals: 6 },
  gasPrice: '0.025',
};

/** What one node tells; where it is silent it does not answer. */
class Node {
  chainId = config.chainId;
  height = 100;
  sequence = 3;
  leastPrice = '';
  spendable = '9000000';
  /** The hash that its index has. */
  found = false;
  /** With what code a block has it. */
  code = 0;
  log = 'account sequence mismatch';
  /** What its index has under the account's number 3: hashes with their codes. */
  takers: [string, number][] = [];
  /** Of a past height no state is told, as where the browser may not ask. */
  hasPast = true;
  isSilent = (_method: string, _path: string): boolean => false;
  /** Bytes that it was given. */
  given: string[] = [];
  onGiven = (): number => 0;

  answer(method: string, path: string, body: { tx_bytes?: string } | null): unknown {
    const tx = { txhash: 'A'.repeat(64), height: '1', code: 0, codespace: '', raw_log: '', gas_used: '1', gas_wanted: '1', events: [] };
    if (method === 'POST' && path.endsWith('/simulate')) return { gas_info: { gas_used: '100000' } };
    if (method === 'POST') {
      this.given.push(body?.tx_bytes ?? '');
      const code = this.onGiven();
      return { tx_response: { ...tx, code, codespace: code === 0 ? '' : 'sdk', raw_log: this.log } };
    }
    if (path.includes('/blocks/latest')) {
      return { block: { header: { chain_id: this.chainId, height: String(this.height), time: '2026-11-27T00:00:00Z' } } };
    }
    if (path.includes('/tx/v1beta1/txs?')) {
      const events = [{ type: 'tx', attributes: [{ key: 'acc_seq', value: `${/tx\.acc_seq='(\w+)\//.exec(decodeURIComponent(path))?.[1]}/3` }] }];
      return { tx_responses: this.takers.map(([txhash, code]) => ({ ...tx, txhash, code, codespace: code === 0 ? '' : 'sdk', events })) };
    }
    if (path.includes('/account_info/')) return { info: { account_number: '7', sequence: String(this.sequence) } };
    if (path.includes('/spendable_balances/')) return { balance: { amount: this.spendable } };
    if (path.includes('/node/v1beta1/config')) return { minimum_gas_price: this.leastPrice };
    if (path.includes('/tx/v1beta1/txs/')) return this.found ? { tx_response: { ...tx, code: this.code, codespace: this.code === 0 ? '' : 'sdk' } } : null;
    throw new Error(`${method} ${path}`);
  }
}

function world(...nodes: Node[]) {
  const rows = new Map<string, string>();
  const store = { getItem: (key: string) => rows.get(key) ?? null, setItem: (key: string, value: string) => void rows.set(key, value), removeItem: (key: string) => void rows.delete(key) };
  const fetch = async (url: string, init?: RequestInit) => {
    const index = url.startsWith(FIRST) ? 0 : 1;
    const node = nodes[index];
    const path = url.replace(/^https:\/\/\w+/, '');
    const method = init?.method ?? 'GET';
    const isPast = new Headers(init?.headers).has('x-cosmos-block-height');
    if (node === undefined || (isPast && !node.hasPast)) throw new TypeError('Failed to fetch');
    const answer = node.answer(method, path, typeof init?.body === 'string' ? (JSON.parse(init.body) as { tx_bytes?: string }) : null);
    if (node.isSilent(method, path)) throw new TypeError('Failed to fetch');
    if (answer === null) return new Response(JSON.stringify({ code: 5, message: 'tx not found' }), { status: 404 });
    return new Response(JSON.stringify(answer));
  };
  const chain = new Chain(new Rest(config.rest.slice(0, nodes.length), 8_000, fetch), config.chainId);
  return { chain, pending: new PendingStore(config.chainId, store), rows };
}

async function deposit({ chain, pending }: ReturnType<typeof world>, change: (wallet: KeplrLike) => void = () => {}, tokens = '5000000', isWanted = () => true, stopped = new Promise<void>(() => {})) {
  const wallet: KeplrLike = new DemoWallet(config, 'alice');
  const key = await wallet.getKey(config.chainId);
  change(wallet);
  const call: ContractCall = { sender: key.bech32Address, contract: config.vault, msg: { deposit: {} }, funds: [{ denom: 'ustake', amount: tokens }] };
  let outcome: Outcome | null = null;
  void send({ chain, config, wallet, key, pending, isWanted, stopped }, 'deposit', [call], () => {}).then((it) => (outcome = it));
  return { address: key.bech32Address, outcome: () => outcome };
}

const words = (outcome: Outcome | null) => (outcome?.kind === 'failed' ? outcome.words : null);

// minutes of the page's clock take seconds of a busy machine
vi.setConfig({ testTimeout: 60_000 });

/** Digests under way: no clock drives them. */
let digests = 0;
const { digest } = crypto.subtle;
vi.spyOn(crypto.subtle, 'digest').mockImplementation(async (...of) => {
  digests += 1;
  return digest.apply(crypto.subtle, of).finally(() => (digests -= 1));
});

/** In steps, between which all that needs no clock comes to its end. */
async function pass(milliseconds: number): Promise<void> {
  for (let passed = 0; passed < milliseconds; passed += 100) {
    await vi.advanceTimersByTimeAsync(100);
    do await new Promise((resolve) => setImmediate(resolve));
    while (digests > 0);
  }
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => void vi.useRealTimers());

describe('nothing is sent twice, and nothing is told that is not so', () => {
  test('lesson 11: the first node takes it and does not answer, the second finds its number used: it is done', async () => {
    const [first, second] = [new Node(), new Node()];
    first.isSilent = (method, path) => method === 'POST' && path.endsWith('/txs');
    first.onGiven = () => {
      for (const node of [first, second]) node.sequence = 4;
      return 0;
    };
    second.onGiven = () => 32;
    const sent = await deposit(world(first, second));
    await pass(3_000);
    expect(sent.outcome()).toBeNull();
    first.found = second.found = true;
    await pass(3_000);
    expect(sent.outcome()?.kind).toBe('done');
  });

  test('lesson 12: the only node that was given it finds the number used: that is told at once', async () => {
    const node = new Node();
    node.onGiven = () => 32;
    const sent = await deposit(world(node));
    await pass(1_000);
    expect(words(sent.outcome())).toMatch(/sign anew/);
  });

  test('lesson 11: a node that takes it, and whose answer is lost, refuses it the second time: it is followed', async () => {
    const node = new Node();
    node.isSilent = (method, path) => method === 'POST' && path.endsWith('/txs') && node.given.length === 1;
    node.onGiven = () => (node.given.length === 1 ? 0 : 32);
    const sent = await deposit(world(node));
    await pass(2_000);
    expect(node.given).toHaveLength(2);
    expect(sent.outcome()).toBeNull();
    node.found = true;
    await pass(3_000);
    expect(sent.outcome()?.kind).toBe('done');
  });

  test('lesson 11: a node that loses it is given the same bytes again', async () => {
    const node = new Node();
    node.onGiven = () => {
      if (node.given.length === 2) node.found = true;
      return 0;
    };
    const sent = await deposit(world(node));
    await pass(7_000);
    expect(node.given).toHaveLength(1);
    await pass(5_000);
    expect(sent.outcome()?.kind).toBe('done');
    expect(node.given).toHaveLength(2);
    expect(node.given[1]).toBe(node.given[0]);
  });

  test('lesson 13: after a reload too, and none that no block can take any more', async () => {
    const node = new Node();
    const { chain, pending } = world(node);
    const open = { hash: 'A'.repeat(64), act: 'deposit', at: 1, timeoutHeight: 120, sequence: '3', bytes: 'AAAA' };
    pending.write('me', open);
    void follow(chain, pending, 'me', open, () => {});
    await pass(10_000);
    expect(node.given).toEqual(['AAAA']);
    node.height = 121;
    await pass(10_000);
    expect(node.given).toHaveLength(1);
  });

  test('the height of another chain is no verdict', async () => {
    const node = new Node();
    const { chain, pending } = world(node);
    const sent = await deposit({ chain, pending, rows: new Map() });
    await pass(2_000);
    [node.chainId, node.height] = ['other-1', 9_000_000];
    await pass(20_000);
    expect(sent.outcome()).toBeNull();
    expect(pending.read(sent.address)).not.toBeNull();
    [node.chainId, node.height] = [config.chainId, 9_000];
    await pass(3_000);
    expect(words(sent.outcome())).toMatch(/Nothing was paid/);
    expect(pending.read(sent.address)).toBeNull();
  });

  test('one node ahead and another one behind are no verdict together', async () => {
    const [ahead, behind] = [new Node(), new Node()];
    const sent = await deposit(world(ahead, behind));
    await pass(2_000);
    ahead.height = 9_000;
    // it has the block, and answers nothing but its height
    ahead.isSilent = (_, path) => !path.includes('/blocks/latest');
    await pass(20_000);
    expect(sent.outcome()).toBeNull();
  });

  test('where a wallet leaves out the last height, the used number ends the asking', async () => {
    const node = new Node();
    const { chain, pending } = world(node);
    const open = { hash: 'A'.repeat(64), act: 'deposit', at: 1, timeoutHeight: 0, sequence: '3' };
    pending.write('me', open);
    let outcome: Outcome | null = null;
    void follow(chain, pending, 'me', open, () => {}).then((it) => (outcome = it));
    await pass(60_000);
    expect(outcome).toBeNull();
    node.sequence = 4;
    await pass(6_000);
    node.height += 20;
    // an index may be behind
    await pass(15_000);
    expect(outcome).toBeNull();
    await pass(20_000);
    expect(words(outcome)).toMatch(/Look at your position/);
  });
});

describe('a verdict is proven', () => {
  /** Of an account of which something was sent before: where its number is 3, no last height unless told. */
  async function followed(node: Node, timeoutHeight = 0, ...others: Node[]) {
    const { chain, pending } = world(node, ...others);
    const open = { hash: 'A'.repeat(64), act: 'deposit', at: 1, timeoutHeight, sequence: '3' };
    pending.write('me', open);
    let outcome: Outcome | null = null;
    void follow(chain, pending, 'me', open, () => {}).then((it) => (outcome = it));
    return { outcome: () => outcome as Outcome | null, pending };
  }

  test('lesson 11: refused after a lost answer, and another transaction used the number: that is told at once, with its hash', async () => {
    const node = new Node();
    node.isSilent = (method, path) => method === 'POST' && path.endsWith('/txs') && node.given.length === 1;
    node.onGiven = () => (node.given.length === 1 ? 0 : 32);
    const { chain, pending, rows } = world(node);
    const sent = await deposit({ chain, pending, rows });
    await pass(6_000);
    expect(sent.outcome(), 'a refusal proves nothing').toBeNull();
    node.sequence = 4;
    node.takers = [['B'.repeat(64), 0]];
    await pass(6_000);
    expect(words(sent.outcome())).toMatch(new RegExp(`nothing was paid.*came first \\(${'B'.repeat(64)}`));
    expect(rows.size).toBe(0);
  });

  test('another transaction that failed on the number proves nothing, and its own that the index has by number is done', async () => {
    const node = new Node();
    const sent = await followed(node);
    node.sequence = 4;
    node.takers = [['B'.repeat(64), 32]];
    await pass(12_000);
    expect(sent.outcome()).toBeNull();
    node.takers = [['B'.repeat(64), 32], ['A'.repeat(64), 0]];
    await pass(6_000);
    expect(sent.outcome()?.kind).toBe('done');
  });

  test('the same bytes in a second block fail there: what the first block did is told', async () => {
    const node = new Node();
    node.code = 32;
    node.found = true;
    const sent = await followed(node);
    node.sequence = 4;
    await pass(12_000);
    expect(sent.outcome(), 'not as failed').toBeNull();
    node.takers = [['A'.repeat(64), 0]];
    await pass(6_000);
    expect(sent.outcome()?.kind).toBe('done');
  });

  test('a number that was seen to be used is never free again, whatever a node that is behind says', async () => {
    const node = new Node();
    const sent = await followed(node, 120);
    node.sequence = 4;
    await pass(6_000);
    node.sequence = 3;
    node.height = 9_000;
    await pass(20_000);
    expect(words(sent.outcome())).toMatch(/Look at your position/);
  });

  test.each([true, false])('behind one address a node is far behind, and says now and then that the number is free (past told: %s)', async (hasPast) => {
    const node = new Node();
    Object.assign(node, { hasPast, height: 9_000 });
    let asked = 0;
    const answer = node.answer.bind(node);
    node.answer = (method, path, body) => {
      if (path.includes('/account_info/')) node.sequence = (asked += 1) % 3 === 0 ? 4 : 3;
      return answer(method, path, body);
    };
    const sent = await followed(node, 120);
    await pass(30_000);
    expect(words(sent.outcome())).toMatch(/Look at your position/);
  });

  test('answers of another shape end nothing', async () => {
    const node = new Node();
    const shapes: unknown[] = [{}, { tx_response: null }, { tx_response: {} }, { block: {} }, { block: null }, { info: {} }];
    let asked = 0;
    const answer = node.answer.bind(node);
    node.answer = (method, path, body) => {
      // it has taken it, and answers like this from then on
      const told = answer(method, path, body);
      return node.given.length > 0 && !node.found ? shapes[(asked += 1) % shapes.length] : told;
    };
    const { chain, pending, rows } = world(node);
    const sent = await deposit({ chain, pending, rows });
    await pass(60_000);
    expect(sent.outcome()).toBeNull();
    expect(pending.read(sent.address)).not.toBeNull();
    node.found = true;
    await pass(9_000);
    expect(sent.outcome()?.kind).toBe('done');
  });

  test('a node that takes nothing and gives no reason is told by its number', async () => {
    const node = new Node();
    node.log = '';
    node.onGiven = () => 20;
    const sent = await deposit(world(node));
    await pass(1_000);
    expect(words(sent.outcome())).toMatch(/nothing was paid: it gave no reason but a number \(sdk 20\)/);
  });
});

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
