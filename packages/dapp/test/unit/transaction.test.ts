import { describe, expect, test } from 'vitest';
import type { TxResult } from '../../src/node/chain';
import { feePaid, isKnownAlready, tellFailure, tellLog, tellSimulation } from '../../src/tx/judge';
import { PendingStore } from '../../src/tx/pending';
import { chainInfo, isRefusal } from '../../src/wallet/wallet';

const result = (code: number, codespace: string, log = ''): TxResult => ({
  hash: 'A',
  height: 9,
  code,
  codespace,
  log,
  gasUsed: 120n,
  gasWanted: 100n,
  events: [],
});

describe('codes of check and delivery', () => {
  test('lesson 10: done needs code 0; out of gas is told with its numbers', () => {
    expect(tellFailure(result(0, ''))).toBeNull();
    expect(tellFailure(result(11, 'sdk', 'out of gas in location: …'))).toContain('120 of 100');
    // the same number of another module is something else
    expect(tellFailure(result(11, 'wasm', 'else'))).toBe('else');
  });

  test('lesson 7: a fee below the minimum is told, and the fee paid is that of the events', () => {
    expect(tellFailure(result(13, 'sdk', 'insufficient fees; got: 1ustake required: 9ustake'))).toContain('required: 9ustake');
    const paid = (fee: string) => feePaid({ ...result(0, ''), events: [{ type: 'tx', attributes: [{ key: 'fee', value: fee }] }] }, 'ustake');
    expect(paid('12345ustake')).toBe(12_345n);
    expect(paid('12345uatom')).toBeNull();
    expect(paid('1uatom,2ustake')).toBeNull();
    expect(paid('')).toBeNull();
  });

  test('lesson 12: a wrong sequence asks for a new signature', () => {
    expect(tellFailure(result(32, 'sdk', 'account sequence mismatch'))).toContain('sign anew');
    expect(tellSimulation('account sequence mismatch, expected 4, got 3: incorrect account sequence')).toContain('sign anew');
  });

  test('lesson 11: what another endpoint took already is followed, not sent anew', () => {
    expect(isKnownAlready(result(19, 'sdk', 'tx already in mempool'))).toBe(true);
    expect(isKnownAlready(result(19, 'wasm'))).toBe(false);
    expect(isKnownAlready(result(0, ''))).toBe(false);
  });

  test("the contract's own words are kept, the wrapping is not", () => {
    const log = 'failed to execute message; message index: 0: deposit of 5 is worth 4 shares, less than 7: execute wasm contract failed';
    expect(tellLog(log)).toBe('deposit of 5 is worth 4 shares, less than 7');
    const simulated = `rpc error: code = Unknown desc = ${log} [cosmossdk.io/x/wasm@v0.1.0/keeper.go:123] with gas used: '9'`;
    expect(tellLog(simulated)).toBe('deposit of 5 is worth 4 shares, less than 7');
  });
});

describe('the open transaction', () => {
  const memory = () => {
    const rows = new Map<string, string>();
    return {
      rows,
      getItem: (key: string) => rows.get(key) ?? null,
      setItem: (key: string, value: string) => void rows.set(key, value),
      removeItem: (key: string) => void rows.delete(key),
    };
  };
  const open = { hash: 'F'.repeat(64), act: 'deposit', at: 1, timeoutHeight: 20, sequence: '3' };

  test('lesson 13: hash, act and time are kept, for each chain and address', () => {
    const store = memory();
    new PendingStore('a', store).write('me', open);
    expect(new PendingStore('a', store).read('me')).toEqual(open);
    expect(new PendingStore('b', store).read('me')).toBeNull();
    expect(new PendingStore('a', store).read('you')).toBeNull();
    new PendingStore('a', store).clear('me', { hash: 'E'.repeat(64) });
    expect(store.rows.size, 'another one stays').toBe(1);
    new PendingStore('a', store).clear('me', open);
    expect(store.rows.size).toBe(0);
  });

  test('what somebody else wrote there is no transaction', () => {
    const broken = [{ timeoutHeight: 'x' }, { sequence: '-1' }, { sequence: 3 }, { act: null }, { bytes: '%' }, { bytes: 'AAAAA' }, { bytes: 7 }];
    const texts = broken.map((it) => JSON.stringify({ ...open, ...it }));
    for (const text of ['', '{', 'null', '7', '{"hash":"<b>"}', '[]', ...texts]) {
      const store = memory();
      store.setItem('defenders.pending.a.me', text);
      expect(new PendingStore('a', store).read('me'), text).toBeNull();
    }
  });
});

describe('the wallet', () => {
  test('lesson 7: steps of the gas price stand with the coin of the fee', () => {
    const config = {
      chainId: 'c',
      chainName: 'C',
      rest: ['https://rest'],
      rpc: 'https://rpc',
      vault: 'v',
      bech32Prefix: 'wasm',
      denom: { base: 'ustake', symbol: 'STAKE', decimals: 6 },
      gasPrice: '0.025',
    };
    const info = chainInfo(config) as Record<string, unknown> & { feeCurrencies: object[] };
    expect(info).not.toHaveProperty('gasPriceStep');
    expect(info.feeCurrencies[0]).toHaveProperty('gasPriceStep.low', 0.025);
  });

  test('lesson 8: a refusal is told apart from an error', () => {
    expect(isRefusal(new Error('Request rejected'))).toBe(true);
    expect(isRefusal(new Error('Transaction declined'))).toBe(true);
    expect(isRefusal(new Error('Ledger is locked'))).toBe(false);
  });
});
