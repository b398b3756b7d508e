// What the browser keeps for this page. Where it keeps nothing (private windows, a full disk, a policy) the page does,
// until it is closed.

export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Keeps in the browser, and beside that in memory: nothing that was written is lost while the page is open. */
export class Keeper implements Store {
  private readonly memory = new Map<string, string>();
  /** Whether the browser has refused to keep something. */
  isForgetful = false;

  constructor(private readonly open: () => Store) {}

  getItem(key: string): string | null {
    return this.memory.get(key) ?? this.try((store) => store.getItem(key)) ?? null;
  }

  setItem(key: string, value: string): void {
    // what the browser has is everybody's, what it refuses is this page's
    const isKept = this.try((store) => (store.setItem(key, value), true));
    if (isKept) this.memory.delete(key);
    else this.memory.set(key, value);
  }

  removeItem(key: string): void {
    this.memory.delete(key);
    this.try((store) => store.removeItem(key));
  }

  private try<T>(work: (store: Store) => T): T | undefined {
    try {
      return work(this.open());
    } catch {
      this.isForgetful = true;
      return undefined;
    }
  }
}

/** The page's own: what must not get lost. */
export const keeper = new Keeper(() => localStorage);
/** What may: what was seen on earlier visits, and how things are shown; and what is for this visit only. */
export const notes = new Keeper(() => localStorage);
export const visitNotes = new Keeper(() => sessionStorage);
