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
import type { Unit } from '../amounts';
import { ChainError, NoVaultError } from '../node/rest';

/** How a chain says that nothing is there, and a contract that it does not know the question. */
const NO_VAULT = /no such contract|unknown variant|error parsing into type/i;

/** Rows of a page at most. */
const PAGE = 30;

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
  async rateHistory(): Promise<RateSample[]> {
    const all: RateSample[] = [];
    for (;;) {
      const last = all.at(-1)?.time;
      const from = last === undefined ? {} : { start_after: last };
      const { samples } = await this.ask<RateHistoryResponse>({ rate_history: { limit: PAGE, ...from } });
      all.push(...samples);
      if (samples.length < PAGE) return all;
    }
  }

  async previewDeposit(tokens: bigint): Promise<bigint> {
    return BigInt(await this.ask<string>({ preview_deposit: { amount: tokens.toString() } }));
  }

  async worthOf(shares: bigint): Promise<bigint> {
    return BigInt(await this.ask<string>({ convert_to_assets: { amount: shares.toString() } }));
  }

  async validators(): Promise<ValidatorInfo[]> {
    const all: ValidatorInfo[] = [];
    for (;;) {
      const last = all.at(-1)?.validator;
      const from = last === undefined ? {} : { start_after: last };
      const { validators } = await this.ask<ValidatorsResponse>({ validators: { limit: PAGE, ...from } });
      all.push(...validators);
      if (validators.length < PAGE) return all;
    }
  }

  /** With the withdrawals of all pages. */
  async position(owner: string): Promise<PositionResponse> {
    const withdrawals: WithdrawalInfo[] = [];
    for (;;) {
      const last = withdrawals.at(-1)?.batch_id;
      const from = last === undefined ? {} : { start_after: last };
      const page = await this.ask<PositionResponse>({ position: { owner, limit: PAGE, ...from } });
      withdrawals.push(...page.withdrawals);
      if (page.withdrawals.length < PAGE) return { ...page, withdrawals };
    }
  }

  /** How shares are shown: as the token says; coins of the vault as their denom, in the coin's decimals. */
  async shareUnit(config: ConfigResponse, decimals: number): Promise<Unit> {
    if ('cw20' in config.share) return this.ask<TokenInfoResponse>({ token_info: {} });
    return { symbol: config.share.denom.denom.split('/').at(-1) ?? '', decimals };
  }
}
