import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { follow, type Outcome } from '../../src/tx/follow';
import { config, deposit, Node, pass, words, world } from './nodes';

vi.mock('../../src/wallet/demo-dialog', () => ({ askToSign: vi.fn(async () => true) }));
// minutes of the page's clock take seconds of a busy machine
vi.setConfig({ testTimeout: 60_000 });

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
