// What the page reads of an account's own stake, and of the validators in every status. No contract is asked.
import { cleanName } from '../names';
import type { Chain, Head } from './chain';
import { ChainError } from './rest';
import { findTombstoned } from './tombstones';

export type BondStatus = 'bonded' | 'unbonding' | 'unbonded';

export interface StakeValidator {
  address: string;
  /** What its operator calls it, cleaned. */
  name: string | null;
  status: BondStatus;
  isJailed: boolean;
  /** Jailed for ever; told of those only with whom the account has stake. */
  isTombstoned: boolean;
  tokens: bigint;
  /** Rates as the chain writes them. */
  commission: string;
  maxCommission: string;
}

/** Stake that was moved, and is bound to its destination until then, seconds. */
export interface MovedStake {
  source: string;
  destination: string;
  completionTime: number;
}

/** Stake on its way back to the account, there at that time, seconds. */
export interface UnbondingStake {
  validator: string;
  tokens: bigint;
  completionTime: number;
}

/** Everything that was read, at about one height. */
export interface StakingFacts {
  head: Head;
  validators: StakeValidator[];
  /** Tokens by operator address. */
  own: Map<string, bigint>;
  moved: MovedStake[];
  unbonding: UnbondingStake[];
  /** All coins, those locked by vesting as well. */
  balance: bigint;
  /** Without those. */
  spendable: bigint;
  unbondingSeconds: number;
  maxEntries: number;
  /** Gas of a block at most; null where there is no bound, or it is not told. */
  blockGas: bigint | null;
}

const STAKING = '/cosmos/staking/v1beta1';
const STATUSES: Record<string, BondStatus> = { BOND_STATUS_BONDED: 'bonded', BOND_STATUS_UNBONDING: 'unbonding' };
const seconds = (time: string): number => Math.floor(Date.parse(time) / 1000);

export async function readStaking(chain: Chain, account: string, denom: string): Promise<StakingFacts> {
  // the head first: what is read after it is not older
  const head = await chain.head();
  const own = await chain.delegations(account);
  const [validators, moved, unbonding, balance, spendable, params, blockGas] = await Promise.all([
    readValidators(chain, own),
    readMoved(chain, account),
    readUnbonding(chain, account),
    readBalance(chain, account, denom),
    chain.spendable(account, denom),
    readStakingParams(chain),
    readBlockGas(chain),
  ]);
  return { head, validators, own, moved, unbonding, balance, spendable, ...params, blockGas };
}

/** In every status. */
async function readValidators(chain: Chain, own: Map<string, bigint>): Promise<StakeValidator[]> {
  interface Row {
    operator_address: string;
    status: string;
    jailed: boolean;
    consensus_pubkey: { key: string } | null;
    tokens: string;
    description: { moniker: string };
    commission: { commission_rates: { rate: string; max_rate: string } };
  }
  const rows = await chain.rest.pages<Row, 'validators'>(`${STAKING}/validators`, 'validators');
  const jailed = rows.filter((row) => row.jailed && own.has(row.operator_address));
  const tombstoned = await findTombstoned(chain, jailed.flatMap((row) => row.consensus_pubkey?.key ?? []));
  return rows.map((row) => ({
    address: row.operator_address,
    name: cleanName(row.description.moniker),
    status: STATUSES[row.status] ?? 'unbonded',
    isJailed: row.jailed,
    isTombstoned: row.jailed && tombstoned.has(row.consensus_pubkey?.key ?? ''),
    tokens: BigInt(row.tokens),
    commission: row.commission.commission_rates.rate,
    maxCommission: row.commission.commission_rates.max_rate,
  }));
}

/** Chains say that there is none in two ways. */
async function orNone<T>(rows: Promise<T[]>): Promise<T[]> {
  try {
    return await rows;
  } catch (error) {
    if (error instanceof ChainError && error.status === 404) return [];
    throw error;
  }
}

async function readMoved(chain: Chain, account: string): Promise<MovedStake[]> {
  interface Row {
    redelegation: { validator_src_address: string; validator_dst_address: string };
    entries: { redelegation_entry: { completion_time: string } }[];
  }
  const path = `${STAKING}/delegators/${account}/redelegations`;
  const rows = await orNone(chain.rest.pages<Row, 'redelegation_responses'>(path, 'redelegation_responses'));
  return rows.flatMap(({ redelegation, entries }) =>
    entries.map((entry) => ({
      source: redelegation.validator_src_address,
      destination: redelegation.validator_dst_address,
      completionTime: seconds(entry.redelegation_entry.completion_time),
    })),
  );
}

/** The soonest first. */
async function readUnbonding(chain: Chain, account: string): Promise<UnbondingStake[]> {
  interface Row {
    validator_address: string;
    entries: { completion_time: string; balance: string }[];
  }
  const path = `${STAKING}/delegators/${account}/unbonding_delegations`;
  const rows = await orNone(chain.rest.pages<Row, 'unbonding_responses'>(path, 'unbonding_responses'));
  const entries = rows.flatMap((row) =>
    row.entries.map((entry) => ({
      validator: row.validator_address,
      tokens: BigInt(entry.balance),
      completionTime: seconds(entry.completion_time),
    })),
  );
  return entries.sort((a, b) => a.completionTime - b.completionTime);
}

async function readBalance(chain: Chain, account: string, denom: string): Promise<bigint> {
  type Answer = { balance: { amount: string } | null };
  const path = `/cosmos/bank/v1beta1/balances/${account}/by_denom?denom=${encodeURIComponent(denom)}`;
  const { balance } = await chain.rest.get<Answer>(path);
  return BigInt(balance?.amount ?? '0');
}

/** How long unbonding takes, and how many moves of a pair of validators can be under way. */
export async function readStakingParams(chain: Chain): Promise<{ unbondingSeconds: number; maxEntries: number }> {
  type Answer = { params: { unbonding_time: string; max_entries: number } };
  const { params } = await chain.rest.get<Answer>(`${STAKING}/params`);
  return { unbondingSeconds: Number.parseInt(params.unbonding_time, 10), maxEntries: params.max_entries };
}

async function readBlockGas(chain: Chain): Promise<bigint | null> {
  type Answer = { params: { block?: { max_gas: string } } };
  try {
    const { params } = await chain.rest.get<Answer>('/cosmos/consensus/v1/params');
    const gas = BigInt(params.block?.max_gas ?? '-1');
    return gas > 0n ? gas : null;
  } catch (error) {
    // older chains do not tell it
    if (error instanceof ChainError) return null;
    throw error;
  }
}
