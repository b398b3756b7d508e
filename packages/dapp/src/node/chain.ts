// What the page reads of the chain.
import { ChainError, type Rest } from './rest';
import { cleanName } from '../names';

/** The latest block. */
export interface Head {
  chainId: string;
  height: number;
  /** Its time, seconds. */
  time: number;
}

export interface Validator {
  validator: string;
  /** What its operator calls it, cleaned. */
  name: string | null;
  tokens: bigint;
}

export interface Account {
  number: bigint;
  sequence: bigint;
}

/** What became of a transaction. */
export interface TxResult {
  hash: string;
  height: number;
  code: number;
  codespace: string;
  log: string;
  gasUsed: bigint;
  gasWanted: bigint;
  events: TxEvent[];
}

export interface TxEvent {
  type: string;
  attributes: { key: string; value: string }[];
}

/** As nodes write it. */
export interface TxAnswer {
  txhash: string;
  height: string;
  code: number;
  codespace: string;
  raw_log: string;
  gas_used: string;
  gas_wanted: string;
  events: TxEvent[];
}

export class Chain {
  constructor(
    readonly rest: Rest,
    readonly chainId: string,
  ) {}

  /** By one node only: two nodes' answers may be of different heights. */
  pinned(): Chain {
    return new Chain(this.rest.pinned(), this.chainId);
  }

  async head(): Promise<Head> {
    type Answer = { block: { header: { chain_id: string; height: string; time: string } } };
    const { block } = await this.rest.get<Answer>('/cosmos/base/tendermint/v1beta1/blocks/latest', 'block');
    const { chain_id: chainId, height, time } = block.header;
    return { chainId, height: Number(height), time: Math.floor(Date.parse(time) / 1000) };
  }

  /** Bonded, unjailed, with stake. */
  async bondedValidators(): Promise<Validator[]> {
    type Row = { operator_address: string; jailed: boolean; tokens: string; description: { moniker: string } };
    const path = '/cosmos/staking/v1beta1/validators?status=BOND_STATUS_BONDED';
    const rows = await this.rest.pages<Row, 'validators'>(path, 'validators');
    return rows
      .filter((row) => !row.jailed && row.tokens !== '0')
      .map((row) => ({
        validator: row.operator_address,
        name: cleanName(row.description.moniker),
        tokens: BigInt(row.tokens),
      }));
  }

  /** What an account delegates, by validator. */
  async delegations(account: string): Promise<Map<string, bigint>> {
    type Row = { delegation: { validator_address: string }; balance: { amount: string } };
    const path = `/cosmos/staking/v1beta1/delegations/${account}`;
    const rows = await this.rest.pages<Row, 'delegation_responses'>(path, 'delegation_responses');
    return new Map(rows.map((row) => [row.delegation.validator_address, BigInt(row.balance.amount)]));
  }

  /** Coins that can be paid with: what is locked by vesting is left out. */
  async spendable(account: string, denom: string): Promise<bigint> {
    type Answer = { balance: { amount: string } | null };
    const path = `/cosmos/bank/v1beta1/spendable_balances/${account}/by_denom?denom=${encodeURIComponent(denom)}`;
    const { balance } = await this.rest.get<Answer>(path);
    return BigInt(balance?.amount ?? '0');
  }

  /** All coins, those that are locked by vesting too. */
  async balance(account: string, denom: string): Promise<bigint> {
    type Answer = { balance: { amount: string } | null };
    const path = `/cosmos/bank/v1beta1/balances/${account}/by_denom?denom=${encodeURIComponent(denom)}`;
    const { balance } = await this.rest.get<Answer>(path);
    return BigInt(balance?.amount ?? '0');
  }

  /** What the node asks for a unit of gas at least, in this coin, as `0.025`; null where it does not say. */
  async leastGasPrice(denom: string): Promise<string | null> {
    try {
      const answer = await this.rest.get<{ minimum_gas_price?: string }>('/cosmos/base/node/v1beta1/config');
      const prices = (answer.minimum_gas_price ?? '').split(',').map((it) => /^([\d.]+)(\D.*)$/.exec(it.trim()));
      return prices.find((it) => it?.[2] === denom)?.[1] ?? null;
    } catch (error) {
      if (error instanceof ChainError) return null;
      throw error;
    }
  }

  /** Null where the chain has never seen it. */
  async account(address: string): Promise<Account | null> {
    type Answer = { info: { account_number: string; sequence: string } };
    try {
      const { info } = await this.rest.get<Answer>(`/cosmos/auth/v1beta1/account_info/${address}`, 'info');
      return { number: BigInt(info.account_number), sequence: BigInt(info.sequence) };
    } catch (error) {
      if (error instanceof ChainError && error.status === 404) return null;
      throw error;
    }
  }

  /** A contract's answer. */
  async ask<T>(contract: string, question: unknown): Promise<T> {
    const asked = encodeURIComponent(btoa(JSON.stringify(question)));
    const { data } = await this.rest.get<{ data: T }>(`/cosmwasm/wasm/v1/contract/${contract}/smart/${asked}`, 'data');
    return data;
  }

  /** Gas that a transaction would use. */
  async simulate(txBytes: Uint8Array): Promise<bigint> {
    type Answer = { gas_info: { gas_used: string } };
    const body = { tx_bytes: toBase64(txBytes) };
    const { read } = await this.rest.insist(() => this.rest.post<Answer>('/cosmos/tx/v1beta1/simulate', body, 'gas_info'));
    return BigInt(read.gas_info.gas_used);
  }

  /**
   * Gives it to a node. Code 0 says that the node took it, and no more. `isSole`: no node can have it
   * from before, as one that was asked first and did not answer.
   */
  async broadcast(txBytes: Uint8Array): Promise<{ taken: TxResult; isSole: boolean }> {
    const body = { tx_bytes: toBase64(txBytes), mode: 'BROADCAST_MODE_SYNC' };
    let times = 0;
    // the same bytes are one transaction, however often they are given
    const { read, isSole } = await this.rest.insist(() => {
      times += 1;
      return this.rest.post<{ tx_response: TxAnswer }>('/cosmos/tx/v1beta1/txs', body, 'tx_response');
    });
    return { taken: toResult(read.tx_response), isSole: isSole && times === 1 };
  }

  /** Null while no block has it. */
  async findTx(hash: string): Promise<TxResult | null> {
    try {
      const answer = await this.rest.get<{ tx_response: TxAnswer }>(`/cosmos/tx/v1beta1/txs/${hash}`, 'tx_response');
      return toResult(answer.tx_response);
    } catch (error) {
      // one without an index does not know either
      if (error instanceof ChainError && /not found|indexing is disabled/i.test(error.message)) return null;
      throw error;
    }
  }
}

export function toResult(answer: TxAnswer): TxResult {
  return {
    hash: answer.txhash,
    height: Number(answer.height),
    code: answer.code,
    codespace: answer.codespace,
    log: answer.raw_log,
    gasUsed: BigInt(answer.gas_used),
    gasWanted: BigInt(answer.gas_wanted),
    events: answer.events,
  };
}

export function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}

/** An amount of every event of that type together. */
export function sumAttribute(events: TxEvent[], type: string, key: string): bigint {
  const values = events.filter((it) => it.type === type).map((it) => it.attributes.find((one) => one.key === key)?.value ?? '0');
  return values.reduce((sum, it) => sum + BigInt(it), 0n);
}

/** An event's attribute, of the first event of that type. */
export function attribute(events: TxEvent[], type: string, key: string): string | null {
  const event = events.find((it) => it.type === type);
  return event?.attributes.find((it) => it.key === key)?.value ?? null;
}
