// The vault's answers.
import type { Chain } from '../node/chain';
import type {
  BrakeResponse,
  ConfigResponse,
  ExplainResponse,
  HealthResponse,
  PositionResponse,
  QueryMsg,
  RateHistoryResponse,
  RateResponse,
  RateSample,
  TokenInfoResponse,
  TotalsResponse,
  ValidatorInfo,
  ValidatorsResponse,
  WithdrawalInfo,
} from './types';
import { texts } from '../texts';
import type { Unit } from '../amounts';
import { readDisplay } from '../node/bank';
import { ChainError, NoVaultError } from '../node/rest';

/** How a chain says that nothing is there, and a contract that it does not know the question. */
const NO_VAULT = /no such contract|unknown variant|error parsing into type/i;

/** Rows of a page at most. */
const PAGE = 30;
/** Pages that are read at most: no vault has as many rows. */
const MOST_PAGES = 1_000;

/** All rows, each page from behind the last row of the one before. A list that does not move on, or never ends, is refused. */
async function readPages<T, K extends string | number>(ask: (from: { start_after?: K }) => Promise<T[]>, keyOf: (row: T) => K): Promise<T[]> {
  const all: T[] = [];
  const seen = new Set<K>();
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const last = all.at(-1);
    const rows = await ask(last === undefined ? {} : { start_after: keyOf(last) });
    all.push(...rows);
    if (rows.length < PAGE) return all;
    for (const row of rows) {
      if (seen.has(keyOf(row))) throw new Error(texts.endless(all.length));
      seen.add(keyOf(row));
    }
  }
  throw new Error(texts.endless(all.length));
}

export class Vault {
  constructor(
    readonly chain: Chain,
    readonly address: string,
  ) {}

  async ask<T>(question: QueryMsg): Promise<T> {
    try {
      return await this.chain.ask<T>(this.address, question);
    } catch (error) {
      if (error instanceof ChainError && NO_VAULT.test(error.message)) throw new NoVaultError(this.address, error.message);
      throw error;
    }
  }

  config = (): Promise<ConfigResponse> => this.ask({ config: {} });
  totals = (): Promise<TotalsResponse> => this.ask({ totals: {} });
  health = (): Promise<HealthResponse> => this.ask({ health: {} });
  brake = (): Promise<BrakeResponse> => this.ask({ brake: {} });
  explain = (validator: string): Promise<ExplainResponse> => this.ask({ explain: { validator } });

  rate = (): Promise<RateResponse> => this.ask({ rate: {} });

  /** Oldest first. */
  rateHistory(): Promise<RateSample[]> {
    return readPages(
      async (from: { start_after?: number }) =>
        (await this.ask<RateHistoryResponse>({ rate_history: { limit: PAGE, ...from } })).samples,
      (row) => row.time,
    );
  }

  async previewDeposit(tokens: bigint): Promise<bigint> {
    return BigInt(await this.ask<string>({ preview_deposit: { amount: tokens.toString() } }));
  }

  async worthOf(shares: bigint): Promise<bigint> {
    return BigInt(await this.ask<string>({ convert_to_assets: { amount: shares.toString() } }));
  }

  validators(): Promise<ValidatorInfo[]> {
    return readPages(
      async (from: { start_after?: string }) =>
        (await this.ask<ValidatorsResponse>({ validators: { limit: PAGE, ...from } })).validators,
      (row) => row.validator,
    );
  }

  /** With the withdrawals of all pages; the rest as the last one says it. */
  async position(owner: string): Promise<PositionResponse> {
    let position: PositionResponse | null = null;
    const withdrawals = await readPages(
      async (from: { start_after?: number }) => {
        position = await this.ask<PositionResponse>({ position: { owner, limit: PAGE, ...from } });
        return position.withdrawals;
      },
      (row: WithdrawalInfo) => row.batch_id,
    );
    if (position === null) throw new Error(texts.endless(0));
    return { ...(position as PositionResponse), withdrawals };
  }

  /**
   * How shares are shown: as the token says, or the chain's bank where they are coins. What the bank does not know has
   * the end of its denom, and the decimals of the coin that is staked, as each vault is made.
   */
  async shareUnit(config: ConfigResponse, decimals: number): Promise<Unit> {
    if ('cw20' in config.share) return this.ask<TokenInfoResponse>({ token_info: {} });
    const { denom } = config.share.denom;
    return (await readDisplay(this.chain, denom)) ?? { symbol: denom.split('/').at(-1) ?? '', decimals };
  }
}
