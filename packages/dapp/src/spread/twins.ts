// Validators that call themselves the same: people took one for the other.
import type { StakeValidator } from '../node/staking';

/** What a name looks like at a glance: letters and digits, without case, marks and width. */
export function normalizeName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

/** Operator addresses of those whose name another one has as well. */
export function findTwins(validators: StakeValidator[]): Set<string> {
  const groups = new Map<string, string[]>();
  for (const { name, address } of validators) {
    const key = normalizeName(name ?? '');
    if (key !== '') groups.set(key, [...(groups.get(key) ?? []), address]);
  }
  return new Set(Array.from(groups.values()).flatMap((group) => (group.length > 1 ? group : [])));
}
