// The lists that need no person, as far as they can be read.
import { useLoaded } from '../loaded';
import { usePage } from '../page';
import { readShipped, type ListKind } from './list';
import type { List } from './plan';

export interface Lists {
  /** Until there is an answer from each. */
  isReading: boolean;
  kinds: ListKind[];
  read: Record<'vault' | 'shipped', { data: List | null; error: string | null }>;
}

export function useLists(): Lists {
  const { vault, config, version } = usePage();
  const ofVault = useLoaded<List>(async () => ({ vault: await vault.validators() }), [], version);
  const shipped = useLoaded<List | null>(async () => (config.list === undefined ? null : readShipped(config.list)), []);
  const asked = config.list === undefined ? [ofVault] : [ofVault, shipped];
  const isReading = asked.some((it) => it.data === null && it.error === null);
  const kinds: ListKind[] = config.list === undefined ? ['vault', 'file'] : ['vault', 'shipped', 'file'];
  return { isReading, kinds, read: { vault: ofVault, shipped } };
}
