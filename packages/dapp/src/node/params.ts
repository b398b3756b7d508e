// What the chain's own modules are set to.
import type { Chain } from './chain';

export interface SlashingParams {
  /** Blocks over which absence is counted. */
  window: number;
  /** Part of them that has to be signed, a decimal. */
  leastSigned: string;
  /** How long an absent validator is locked out at least, seconds. */
  jailTime: number;
  /** Parts of the stake that are burnt, decimals. */
  doubleSign: string;
  downtime: string;
}

export async function readSlashing(chain: Chain): Promise<SlashingParams> {
  type Answer = {
    params: {
      signed_blocks_window: string;
      min_signed_per_window: string;
      downtime_jail_duration: string;
      slash_fraction_double_sign: string;
      slash_fraction_downtime: string;
    };
  };
  const { params } = await chain.rest.get<Answer>('/cosmos/slashing/v1beta1/params');
  return {
    window: Number(params.signed_blocks_window),
    leastSigned: params.min_signed_per_window,
    jailTime: Number.parseInt(params.downtime_jail_duration, 10),
    doubleSign: params.slash_fraction_double_sign,
    downtime: params.slash_fraction_downtime,
  };
}

/** The part of rewards that goes to the chain's own pool, a decimal. */
export async function readCommunityTax(chain: Chain): Promise<string> {
  const { params } = await chain.rest.get<{ params: { community_tax: string } }>('/cosmos/distribution/v1beta1/params');
  return params.community_tax;
}

/** Who may replace a contract's code at any moment; empty where nobody may. */
export async function readAdmin(chain: Chain, contract: string): Promise<string> {
  type Answer = { contract_info: { admin: string } };
  const { contract_info: info } = await chain.rest.get<Answer>(`/cosmwasm/wasm/v1/contract/${contract}`, 'contract_info');
  return info.admin;
}
