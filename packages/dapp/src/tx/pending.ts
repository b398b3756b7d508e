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
      return pending !== null && /^[0-9A-F]{64}$/.test(pending.hash) ? pending : null;
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
