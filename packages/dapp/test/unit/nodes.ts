// A world of one or two nodes for transactions, whose answers a test sets, and whose time it drives.
import { vi } from 'vitest';
import type { Config } from '../../src/config';
import { Chain } from '../../src/node/chain';
import { Rest } from '../../src/node/rest';
import type { ContractCall } from '../../src/tx/encode';
import type { Outcome } from '../../src/tx/follow';
import { PendingStore } from '../../src/tx/pending';
import { send } from '../../src/tx/send';
import { DemoWallet } from '../../src/wallet/demo';
import type { KeplrLike } from '../../src/wallet/wallet';

const [FIRST, SECOND] = ['https://first', 'https://second'];
export const config: Config = {
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
export class Node {
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

export function world(...nodes: Node[]) {
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

export async function deposit({ chain, pending }: ReturnType<typeof world>, change: (wallet: KeplrLike) => void = () => {}, tokens = '5000000', isWanted = () => true, stopped = new Promise<void>(() => {})) {
  const wallet: KeplrLike = new DemoWallet(config, 'alice');
  const key = await wallet.getKey(config.chainId);
  change(wallet);
  const call: ContractCall = { sender: key.bech32Address, contract: config.vault, msg: { deposit: {} }, funds: [{ denom: 'ustake', amount: tokens }] };
  let outcome: Outcome | null = null;
  void send({ chain, config, wallet, key, pending, isWanted, stopped }, 'deposit', [call], () => {}).then((it) => (outcome = it));
  return { address: key.bech32Address, outcome: () => outcome };
}

export const words = (outcome: Outcome | null) => (outcome?.kind === 'failed' ? outcome.words : null);

/** Digests under way: no clock drives them. */
let digests = 0;
const { digest } = crypto.subtle;
vi.spyOn(crypto.subtle, 'digest').mockImplementation(async (...of) => {
  digests += 1;
  return digest.apply(crypto.subtle, of).finally(() => (digests -= 1));
});

/** In steps, between which all that needs no clock comes to its end. */
export async function pass(milliseconds: number): Promise<void> {
  for (let passed = 0; passed < milliseconds; passed += 100) {
    await vi.advanceTimersByTimeAsync(100);
    do await new Promise((resolve) => setImmediate(resolve));
    while (digests > 0);
  }
}
