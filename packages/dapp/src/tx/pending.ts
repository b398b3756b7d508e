// The one open transaction of an address, kept over a reload.
import type { Store } from '../storage';

export interface Pending {
  hash: string;
  /** What it does: a name of the page's own acts. */
  act: string;
  /** When it was sent, seconds. */
  at: number;
  /** After this height no block takes it. 0: whenever. */
  timeoutHeight: number;
  /** The account's number for it: a higher one says that a block has one with this number. */
  sequence: string;
  /** The signed bytes in base64: to give them to a node again, which does nothing twice. */
  bytes?: string;
}

/** Others can write there, and what cannot be followed would block the account for ever. */
function isPending({ hash, act, timeoutHeight, sequence, bytes }: Partial<Pending>): boolean {
  const isNumbered = Number.isSafeInteger(timeoutHeight) && typeof sequence === 'string' && /^\d+$/.test(sequence);
  const isWhole = bytes === undefined || (typeof bytes === 'string' && bytes.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(bytes));
  return typeof hash === 'string' && /^[0-9A-F]{64}$/.test(hash) && typeof act === 'string' && isNumbered && isWhole;
}

export class PendingStore {
  constructor(
    private readonly chainId: string,
    private readonly store: Store,
  ) {}

  /** Where it is kept. */
  key(address: string): string {
    return `defenders.pending.${this.chainId}.${address}`;
  }

  read(address: string): Pending | null {
    try {
      const pending = JSON.parse(this.store.getItem(this.key(address)) ?? 'null') as Pending | null;
      return pending !== null && isPending(pending) ? pending : null;
    } catch {
      return null;
    }
  }

  write(address: string, pending: Pending): void {
    this.store.setItem(this.key(address), JSON.stringify(pending));
  }

  /** Of this one: another tab may have sent the next already. */
  clear(address: string, { hash }: Pick<Pending, 'hash'>): void {
    if (this.read(address)?.hash === hash) this.store.removeItem(this.key(address));
  }
}
