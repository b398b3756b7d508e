import { describe, expect, test } from 'vitest';
import { findRefusal, type Doors } from '../../src/vault/refusal';
import { tellRefusal } from '../../src/vault/refusal-text';

/** A vault of 100 beside 9,000 of others that takes 200. */
function doors(totals: object = {}, health: object = {}, brake: object = {}): Doors {
  return {
    totals: {
      total_assets: '100', bonded: '80', idle: '10', restaking: '10', reserve: '5', capacity: '200',
      external_bonded: '9000', doubt: null, refreshed_at: 1, ...totals,
    },
    health: { is_own_admin: true, soft_limit: '0.16', hard_limit: '0.22', ...health },
    brake: { until: null, ...brake },
    now: 1_000,
  } as unknown as Doors;
}

describe('the vault refuses what the program says that it refuses', () => {
  test('an open vault takes what fits to the last unit', () => {
    expect(findRefusal(doors(), 105n)).toBeNull();
    expect(findRefusal(doors(), 106n)).toEqual({ kind: 'room', left: 105n });
    expect(findRefusal(doors({ capacity: '95' }), 1n)).toEqual({ kind: 'full', capacity: 95n });
  });

  test('each closed door says why', () => {
    expect(findRefusal(doors({}, {}, { until: 1_001 }), 1n)).toEqual({ kind: 'brake', until: 1_001 });
    expect(findRefusal(doors({}, {}, { until: 1_000 }), 1n)).toBeNull();
    expect(findRefusal(doors({}, { is_own_admin: false }), 1n)).toEqual({ kind: 'admin' });
    expect(findRefusal(doors({ doubt: { since: 60 } }), 1n)).toEqual({ kind: 'doubt', since: 60 });
    expect(findRefusal(doors({ total_assets: '0' }), 1n)).toEqual({ kind: 'worthless' });
    expect(findRefusal(doors({ refreshed_at: null, capacity: '0' }), 1n)).toEqual({ kind: 'notReady' });
  });

  test('the self limit counts the deposit', () => {
    const small = doors({ external_bonded: '900', capacity: '100000' });
    // (100 + 153) / 1153 is below 22 %, (100 + 154) / 1154 is not
    expect(findRefusal(small, 153n)).toBeNull();
    const refusal = findRefusal(small, 154n);
    expect(refusal).toMatchObject({ kind: 'selfLimit', limit: '0.22' });
    expect(refusal && tellRefusal(refusal, { symbol: 'X', decimals: 0 })).toContain('22 %');
  });
});
