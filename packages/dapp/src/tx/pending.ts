// The one open transaction of an address, kept over a reload.

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
}

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export class PendingStore {
  constructor(
    private readonly chainId: string,
    private readonly store: Store,
  ) {}

  private key(address: string): string {
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

  clear(address: string): void {
    this.store.removeItem(this.key(address));
  }
}
