// What the chain says of its validators, beside their names and stake: keys, commissions, missed blocks, own stake.
import { cleanName } from '../names';
import { ChainError, type Rest } from '../node/rest';

export type BondStatus = 'bonded' | 'unbonding' | 'unbonded';

/** A validator of any status. */
export interface ChainOperator {
  validator: string;
  /** What its operator calls it, cleaned. */
  name: string | null;
  tokens: bigint;
  status: BondStatus;
  jailed: boolean;
  /** Rates as decimals. */
  commission: string;
  maxCommission: string;
  /** The most that it may change in a day. */
  maxChange: string;
  /** Its ed25519 key in base64; null where it is of another kind. */
  consensusKey: string | null;
}

/** What x/slashing counts of a validator. */
export interface SigningInfo {
  /** Consensus address. */
  address: string;
  /** Blocks missed within the window. */
  missed: bigint;
  /** Blocks since it began to sign. */
  counted: bigint;
  tombstoned: boolean;
}

const STATUS: Record<string, BondStatus> = { BOND_STATUS_BONDED: 'bonded', BOND_STATUS_UNBONDING: 'unbonding' };

export async function readValidators(rest: Rest): Promise<ChainOperator[]> {
  interface Row {
    operator_address: string;
    consensus_pubkey?: { '@type': string; key?: string } | null;
    jailed?: boolean;
    status: string;
    tokens: string;
    description: { moniker: string };
    commission: { commission_rates: { rate: string; max_rate: string; max_change_rate: string } };
  }
  const rows = await rest.pages<Row, 'validators'>('/cosmos/staking/v1beta1/validators', 'validators');
  return rows.map((row) => {
    const key = row.consensus_pubkey;
    const rates = row.commission.commission_rates;
    return {
      validator: row.operator_address,
      name: cleanName(row.description.moniker),
      tokens: BigInt(row.tokens),
      status: STATUS[row.status] ?? 'unbonded',
      jailed: row.jailed ?? false,
      commission: rates.rate,
      maxCommission: rates.max_rate,
      maxChange: rates.max_change_rate,
      consensusKey: key?.['@type'] === '/cosmos.crypto.ed25519.PubKey' ? (key.key ?? null) : null,
    };
  });
}

/** Of all that ever were bonded, in pages. */
export async function readSigningInfos(rest: Rest): Promise<SigningInfo[]> {
  interface Row {
    address: string;
    index_offset: string;
    missed_blocks_counter: string;
    tombstoned: boolean;
  }
  const rows = await rest.pages<Row, 'info'>('/cosmos/slashing/v1beta1/signing_infos', 'info');
  return rows.map((row) => ({
    address: row.address,
    missed: BigInt(row.missed_blocks_counter),
    counted: BigInt(row.index_offset),
    tombstoned: row.tombstoned,
  }));
}

/** Blocks within which missed ones are counted. */
export async function readSigningWindow(rest: Rest): Promise<bigint> {
  const { params } = await rest.get<{ params: { signed_blocks_window: string } }>('/cosmos/slashing/v1beta1/params');
  return BigInt(params.signed_blocks_window);
}

/** What an account delegates to a validator. */
export async function readDelegation(rest: Rest, account: string, validator: string): Promise<bigint> {
  type Answer = { delegation_response: { balance: { amount: string } } };
  try {
    const answer = await rest.get<Answer>(`/cosmos/staking/v1beta1/validators/${validator}/delegations/${account}`);
    return BigInt(answer.delegation_response.balance.amount);
  } catch (error) {
    if (error instanceof ChainError && error.status === 404) return 0n;
    throw error;
  }
}

/** All of them, so many at a time, in their order. */
export async function mapLimited<T, R>(items: T[], most: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) {
      results[index] = await work(items[index] as T);
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
  return results;
}
