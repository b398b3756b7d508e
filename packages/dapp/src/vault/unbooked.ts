// What the chain has burnt of the vault's stake while the vault's book still counts it: until the vault runs the next time,
// all that it says of its worth is too much.
import type { TotalsResponse } from './types';
import type { Vault } from './vault';

export interface Unbooked {
  tokens: bigint;
  /** Of all that is in the vault by its book, a decimal. */
  part: string;
}

type Books = Pick<TotalsResponse, 'bonded' | 'total_assets'>;

const ONE = 10n ** 18n;
/** Of all in the vault, at 18 decimals: less is not worth a word, and may be what the chain rounds off. */
const LEAST = ONE / 10_000n;

/** Null where the book is right, or nearly. `delegations` are the vault's by the chain. */
export function findUnbooked({ bonded, total_assets: assets }: Books, delegations: Map<string, bigint>): Unbooked | null {
  const there = Array.from(delegations.values()).reduce((sum, it) => sum + it, 0n);
  const tokens = BigInt(bonded) - there;
  const all = BigInt(assets);
  const part = all === 0n ? 0n : (tokens * ONE) / all;
  if (part < LEAST) return null;
  return { tokens, part: `${part / ONE}.${(part % ONE).toString().padStart(18, '0')}` };
}

/** Null as well where the vault did something meanwhile: book and chain are of two blocks then. */
export async function readUnbooked(vault: Vault): Promise<Unbooked | null> {
  const before = await vault.totals();
  const delegations = await vault.chain.delegations(vault.address);
  const after = await vault.totals();
  return before.bonded === after.bonded ? findUnbooked(after, delegations) : null;
}
