// What the chain's bank says of denoms.
import type { Unit } from '../amounts';
import { cleanName } from '../names';
import type { Chain } from './chain';
import { ChainError } from './rest';

/** More decimals than any coin has would be a mistake of whoever named it. */
const MOST_DECIMALS = 18;

/** How amounts of a denom are shown; null where the bank does not say. */
export async function readDisplay(chain: Chain, denom: string): Promise<Unit | null> {
  type Answer = { metadata?: { display?: string; denom_units?: { denom: string; exponent: number }[] } };
  try {
    // a denom with slashes in it fits in no path
    const path = `/cosmos/bank/v1beta1/denoms_metadata_by_query_string?denom=${encodeURIComponent(denom)}`;
    const { metadata } = await chain.rest.get<Answer>(path);
    const unit = metadata?.denom_units?.find((it) => it.denom === metadata.display);
    const symbol = cleanName(unit?.denom ?? '');
    const isSound = Number.isInteger(unit?.exponent) && unit !== undefined && unit.exponent > 0 && unit.exponent <= MOST_DECIMALS;
    return isSound && symbol !== null ? { symbol, decimals: unit.exponent } : null;
  } catch (error) {
    // nothing is known of it, or the node is too old to be asked
    if (error instanceof ChainError) return null;
    throw error;
  }
}
