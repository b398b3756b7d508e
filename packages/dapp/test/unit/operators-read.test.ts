import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { toBech32 } from '@cosmjs/encoding';
import { beforeAll, expect, test } from 'vitest';
import { cleanName } from '../../src/names';
import { computeNetwork, type NetworkFacts } from '../../src/network/network';
import type { Chain } from '../../src/node/chain';
import { ChainError } from '../../src/node/rest';
import { readDetail, readOperators, tryExplanation } from '../../src/operators/operators';
import { tellTroubles } from '../../src/operators/words';
import type { ConfigResponse, TotalsResponse, ValidatorInfo } from '../../src/vault/types';
import type { Vault } from '../../src/vault/vault';
import { initSync } from '../../src/wasm/allocation.js';

beforeAll(() => {
  initSync({ module: readFileSync(new URL('../../src/wasm/allocation_bg.wasm', import.meta.url)) });
});

const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const consensusAddress = (byte: number) =>
  toBech32('xvalcons', createHash('sha256').update(Buffer.alloc(32, byte)).digest().subarray(0, 20));
const operator = (byte: number) => toBech32('xvaloper', Buffer.alloc(20, byte));
const account = (byte: number) => toBech32('x', Buffer.alloc(20, byte));

function validator(byte: number, tokens: string, change: object = {}) {
  return {
    operator_address: operator(byte),
    consensus_pubkey: { '@type': '/cosmos.crypto.ed25519.PubKey', key: key(byte) },
    jailed: false,
    status: 'BOND_STATUS_BONDED',
    tokens,
    description: { moniker: `op ${byte}` },
    commission: { commission_rates: { rate: '0.05', max_rate: '0.2', max_change_rate: '0.01' } },
    ...change,
  };
}

function known(byte: number, external: string, delegated: string, change: Partial<ValidatorInfo> = {}): ValidatorInfo {
  return {
    validator: operator(byte),
    delegated,
    tokens: null,
    external,
    listed: true,
    exclusion: null,
    status: 'eligible',
    target: '0',
    cap: '0',
    binding: null,
    unbonding_entries: 0,
    retry_at: null,
    redelegation_locked_until: null,
    not_bonded_since: null,
    listing: { name: `Listed ${byte}`, website: 'https://a.example', reason: 'small', listed_at: 5 },
    ...change,
  };
}

function config(bondFactor: string | null): ConfigResponse {
  const policy = {
    vault_share_cap: '1',
    chain_share_cap: null,
    match_cap: null,
    bond_factor: bondFactor,
    operator_cap: '1',
    hosting_cap: '1',
    jurisdiction_cap: '1',
    floor: '0',
    max_commission_rate: '0.1',
    max_commission_ceiling: null,
    commission_return_period: 1,
  };
  const parameters = {
    minimum_seed: '1',
    min_delegation: '1',
    max_messages_per_deposit: 1,
    max_messages_per_piece: 1,
    max_messages_per_invest: 1,
    max_moves: 1,
    turnover_quality: '0.1',
    turnover_emergency: '0.1',
    harvest_page: 1,
    refresh_page: 1,
    batch_period: 1,
    profit_unlock_period: 1,
    harvest_period: 1,
    refresh_period: 1,
    book_max_age: 1,
    retry_after: 1,
  };
  return {
    owner: 'o',
    denom: 'u',
    share: { cw20: {} },
    reward_pot: 'p',
    bonded_pool: 'b',
    unbonding_time: 1,
    power_source: 'grpc',
    fee: { recipient: 'r', performance_fee_rate: '0', keeper_bounty_share: '0' },
    policy,
    caps_not_in_force: [],
    parameters,
    guardian: null,
    exit_slack: 1,
    seed_shares: '1',
    self_limit_warning: '0.16',
    self_limit: '0.22',
  } as unknown as ConfigResponse;
}

const totals = {
  total_assets: '80',
  bonded: '80',
  idle: '0',
  restaking: '0',
  restaking_at_marks: '0',
  marked_down: '0',
  locked_profit: '0',
  unbonding: '0',
  claimable: '0',
  awaiting_settlement: '0',
  fees_owed: '0',
  reserve: '0',
  total_shares: '80',
  seed_shares: '1',
  escrow_shares: '0',
  capacity: '900',
  external_bonded: '1600',
  synced_at: 1,
  doubt: null,
  refreshed_at: 1,
  powers_stale: false,
  vault_share_cap_in_force: '1',
} as unknown as TotalsResponse;

/** Five of a chain: eligible; jailed and not read; drained, with stake; with stake that the vault does not know; a stranger. */
function world(bondFactor: string | null = null, hasSlashing = true) {
  const answers: Record<string, unknown> = {
    '/cosmos/staking/v1beta1/validators': {
      validators: [
        validator(1, '130'),
        validator(2, '230', { jailed: true, status: 'BOND_STATUS_UNBONDING' }),
        validator(3, '320'),
        validator(4, '50', { status: 'BOND_STATUS_UNBONDED' }),
        validator(5, '1000', { description: { moniker: 'LISTED-1' } }),
      ],
    },
    [`/cosmos/staking/v1beta1/validators/${operator(1)}/delegations/${account(1)}`]: { delegation_response: { balance: { amount: '40' } } },
  };
  if (hasSlashing) {
    answers['/cosmos/slashing/v1beta1/params'] = { params: { signed_blocks_window: '100' } };
    const info = (byte: number, offset: string, missed: string, tombstoned = false) => ({
      address: consensusAddress(byte),
      index_offset: offset,
      missed_blocks_counter: missed,
      tombstoned,
    });
    answers['/cosmos/slashing/v1beta1/signing_infos'] = { info: [info(3, '7', '9'), info(2, '5', '0', true), info(1, '5000', '3')] };
  }
  const get = async (path: string) => {
    if (answers[path] === undefined) throw new ChainError(404, `nothing at ${path}`);
    return answers[path];
  };
  const rest = { get, pages: async (path: string, name: string) => ((await get(path)) as Record<string, unknown>)[name] };
  const delegations = new Map([
    [operator(1), 30n],
    [operator(3), 20n],
    [operator(4), 60n],
  ]);
  const chain = {
    rest,
    head: async () => ({ chainId: 'c', height: 9, time: 100 }),
    delegations: async () => delegations,
  } as unknown as Chain;
  const rows = [
    known(1, '100', '30'),
    known(2, '230', '0'),
    known(3, '300', '20', { listed: false, exclusion: 'draining', status: 'leaving' }),
  ];
  const vault = {
    config: async () => config(bondFactor),
    totals: async () => totals,
    validators: async () => rows,
    explain: async () => ({ target: '80' }),
  } as unknown as Vault;
  return { chain, vault };
}

test('lesson 36: stake is shown from delegations, of every status, known to the vault or not', async () => {
  const { chain, vault } = world();
  const { rows, bondedCount } = await readOperators(chain, vault);
  expect(bondedCount).toBe(3);
  expect(rows.map((it) => [it.state, it.isListed, it.vault, it.rank])).toEqual([
    ['eligible', true, 30n, 3],
    ['eligible', true, 0n, null],
    ['leaving', false, 20n, 2],
    // never more than it has: both are read within a moment
    ['leaving', false, 50n, null],
    ['unlisted', false, 0n, 1],
  ]);
  expect(rows.map((it) => it.name)).toEqual(['Listed 1', 'Listed 2', 'Listed 3', 'op 4', 'LISTED-1']);
  expect(rows[0]).toMatchObject({ otherName: 'op 1', reason: 'small', account: account(1), alike: [operator(5)] });
  expect(rows[0]?.website?.host).toBe('a.example');
  expect(rows[4]?.alike).toEqual([operator(1)]);
});

test('missed blocks and fates belong to the key; what the vault has not read is told as such', async () => {
  const { chain, vault } = world();
  const { rows } = await readOperators(chain, vault);
  expect(rows.map((it) => it.uptime)).toEqual([{ missed: 3n, counted: 100n }, null, { missed: 7n, counted: 7n }, null, null]);
  expect(rows.map((it) => [it.fate, it.unseen])).toEqual([
    [null, null],
    ['tombstoned', 'tombstoned'],
    [null, null],
    ['not_bonded', null],
    [null, null],
  ]);
  const [row] = rows.slice(1);
  expect(row && tellTroubles(row)).toEqual([expect.stringMatching(/two blocks of one height.*has not read that yet/)]);
});

test('a node that tells nothing of missed blocks leaves uptime open, and the rest is there', async () => {
  const { chain, vault } = world(null, false);
  const { rows } = await readOperators(chain, vault);
  expect(rows.map((it) => it.uptime)).toEqual([null, null, null, null, null]);
  expect(rows[1]?.fate).toBe('jailed');
});

test('where the bond factor is in force self-bonds reach the rule; without them it gives nothing', async () => {
  const { chain, vault } = world('1.5');
  const facts = await readOperators(chain, vault);
  const [row] = facts.rows;
  if (row === undefined) throw new Error('no row');
  const detail = await readDetail(chain, vault, facts, row);
  expect(detail.selfBond).toBe(40n);
  // one without a delegation has none; the one that leaves is not asked for
  expect([...detail.selfBonds]).toEqual([
    [operator(1), 40n],
    [operator(2), 0n],
  ]);
  const answer = tryExplanation(facts, detail, row.validator, { selfBond: 4n });
  // one and a half times what is its own
  expect('explanation' in answer && answer.explanation.what_if[0]).toMatchObject({ act: 'asked', target: '66', change: '6' });
  const without = tryExplanation(facts, { ...detail, selfBonds: new Map() }, row.validator, {});
  expect(without).toEqual({ reason: expect.stringContaining(`own stake of ${operator(1)} was not told`) });
  const network: NetworkFacts = {
    validators: [{ validator: operator(1), name: null, tokens: 130n }],
    delegations: new Map([[operator(1), 30n]]),
    config: facts.config,
    totals,
    known: facts.known,
    selfBonds: detail.selfBonds,
  };
  expect(computeNetwork(network, 10n).deposit?.gains).toEqual([{ validator: operator(1), tokens: '30' }]);
  expect(() => computeNetwork({ ...network, selfBonds: new Map() }, 10n)).toThrow('was not told');
});

test('lesson 33: letters that show nothing are marked, and make no other name', () => {
  expect(cleanName('wave\u3164')).toBe('wave□');
  expect(cleanName('\u2800')).toBe('□');
  expect(cleanName('日本 🐌\uFE0F')).toBe('日本 🐌\uFE0F');
});
