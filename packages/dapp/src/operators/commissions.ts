// Commissions as this browser saw them at the last visit: changes are shown.

/** Seconds without a look after which a new visit begins. */
const VISIT = 6 * 3_600;

interface Seen {
  /** When they were looked at last, seconds. */
  at: number;
  /** Rates at that time, and at the end of the visit before. */
  last: Record<string, string>;
  before: { at: number; rates: Record<string, string> } | null;
}

export interface CommissionChange {
  was: string;
  /** Seconds. */
  since: number;
}

/** Notes the rates of now, and tells what differs from the visit before. */
export function noteCommissions(
  store: Pick<Storage, 'getItem' | 'setItem'>,
  key: string,
  now: number,
  rates: Map<string, string>,
): Map<string, CommissionChange> {
  const seen = readSeen(store, key);
  const isNewVisit = seen !== null && now - seen.at > VISIT;
  const before = isNewVisit ? { at: seen.at, rates: seen.last } : (seen?.before ?? null);
  // a validator that was not there then begins now
  const last = { ...seen?.last, ...Object.fromEntries(rates) };
  const next: Seen = { at: now, last, before };
  try {
    store.setItem(key, JSON.stringify(next));
  } catch {
    // a browser that keeps nothing shows no changes
  }
  const changes = new Map<string, CommissionChange>();
  for (const [validator, rate] of rates) {
    const was = before?.rates[validator];
    if (before !== null && was !== undefined && was !== rate) changes.set(validator, { was, since: before.at });
  }
  return changes;
}

function readSeen(store: Pick<Storage, 'getItem'>, key: string): Seen | null {
  try {
    const seen = JSON.parse(store.getItem(key) ?? 'null') as Seen | null;
    return typeof seen?.at === 'number' && typeof seen.last === 'object' ? seen : null;
  } catch {
    return null;
  }
}
