// What the page sends to the vault.
import type { Coin } from '../tx/encode';
import type { ConfigResponse, ExecuteMsg } from './types';

/** How much less than the preview is taken, in basis points, as `defenders deposit` has it. */
export const TOLERANCE_BPS = 50n;

/** A call with its funds. */
export interface Call {
  msg: ExecuteMsg;
  funds: Coin[];
}

export function depositCall(tokens: bigint, denom: string, leastShares: bigint): Call {
  return {
    msg: { deposit: { amount: tokens.toString(), min_shares_out: leastShares.toString() } },
    funds: [{ denom, amount: tokens.toString() }],
  };
}

/** Shares of a cw20 are named, coins are sent. */
export function withdrawCall(shares: bigint, config: ConfigResponse, leastTokens: bigint): Call {
  const least = { min_tokens_out: leastTokens.toString() };
  if ('cw20' in config.share) return { msg: { request_withdrawal: { shares: shares.toString(), ...least } }, funds: [] };
  const { denom } = config.share.denom;
  return { msg: { request_withdrawal: least }, funds: [{ denom, amount: shares.toString() }] };
}

export function cancelCall(batchId: number): Call {
  return { msg: { cancel_withdrawal: { batch_id: batchId } }, funds: [] };
}

export function claimCall(batchId: number): Call {
  return { msg: { claim: { batch_id: batchId } }, funds: [] };
}
