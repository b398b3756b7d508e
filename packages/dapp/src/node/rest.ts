// The chain's REST interface over several endpoints: the next is asked when one is gone, slow, or answers with
// something else than JSON.
import { endAfter } from '../patience';

/** Pages of a list that are read at most: no chain has as many rows. */
const MOST_PAGES = 500;

/** The chain's own refusal: another endpoint would say the same. */
export class ChainError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** What stands at the vault's address does not answer as a vault does. */
export class NoVaultError extends ChainError {
  constructor(
    readonly address: string,
    reason: string,
  ) {
    super(200, reason);
  }
}

/** No endpoint answered. */
export class NoEndpointError extends Error {
  constructor(readonly reasons: string[]) {
    super(reasons.join(' · '));
  }
}

/** Between two rounds over the endpoints, milliseconds. */
const PAUSES = [100, 250, 500, 900, 1_300];

type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

export class Rest {
  /** The endpoint that answered last. */
  current = 0;

  constructor(
    public endpoints: string[],
    private readonly patience = 8_000,
    private readonly fetch: Fetch = (input, init) => globalThis.fetch(input, init),
    private readonly headers: Record<string, string> = {},
  ) {}

  /** The same endpoints, asked for the state after a past block. */
  at(height: number): Rest {
    const past = new Rest(this.endpoints, this.patience, this.fetch, { 'x-cosmos-block-height': String(height) });
    past.current = this.current;
    return past;
  }

  /** Only the endpoint that answered last: what it tells fits together. */
  pinned(): Rest {
    return new Rest(this.endpoints.slice(this.current, this.current + 1), this.patience, this.fetch, this.headers);
  }

  /** From now on these, in this order. */
  replaceEndpoints(endpoints: string[]): void {
    this.endpoints = endpoints;
    this.current = 0;
  }

  /** The next one is asked first from now on. */
  passOver(): void {
    this.current = (this.current + 1) % this.endpoints.length;
  }

  /**
   * What changes nothing is asked more than once where answers get lost. `needed`: fields without which it is no answer to
   * that question, and another endpoint is asked.
   */
  async get<T>(path: string, ...needed: string[]): Promise<T> {
    return this.insist(() => this.ask<T>(path, { headers: this.headers }, needed).then(({ read }) => read));
  }

  /** `isSole`: no other endpoint was given it before without an answer. */
  post<T>(path: string, body: unknown, ...needed: string[]): Promise<{ read: T; isSole: boolean }> {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    return this.ask<T>(path, init, needed);
  }

  /** Again, some times, where nobody answers: for what may be asked twice. */
  async insist<T>(ask: () => Promise<T>): Promise<T> {
    const begin = Date.now();
    for (const pause of PAUSES) {
      try {
        return await ask();
      } catch (error) {
        if (error instanceof ChainError || Date.now() - begin > this.patience / 2) throw error;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
    return ask();
  }

  private async ask<T>(path: string, init: RequestInit, needed: string[] = []): Promise<{ read: T; isSole: boolean }> {
    const reasons: string[] = [];
    const { endpoints, current: first } = this;
    for (let step = 0; step < endpoints.length; step += 1) {
      const index = (first + step) % endpoints.length;
      const endpoint = endpoints[index] ?? '';
      try {
        const read = await this.askOne<T>(endpoint + path, init, needed);
        // others may have been given meanwhile, or passed over
        if (this.endpoints === endpoints && this.current === first) this.current = index;
        return { read, isSole: reasons.length === 0 };
      } catch (error) {
        if (error instanceof ChainError) throw error;
        reasons.push(`${endpoint}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    throw new NoEndpointError(reasons);
  }

  private async askOne<T>(url: string, init: RequestInit, needed: string[]): Promise<T> {
    const answer = await this.fetch(url, { ...init, signal: endAfter(this.patience), referrerPolicy: 'no-referrer' });
    const text = await answer.text();
    let read: unknown;
    try {
      read = JSON.parse(text);
    } catch {
      throw new Error(`no JSON, status ${answer.status}`);
    }
    if (typeof read !== 'object' || read === null) throw new Error(`no object, status ${answer.status}`);
    const lacks = needed.find((field) => !(field in (read as object)));
    if (answer.ok && lacks !== undefined) throw new Error(`an answer without ${lacks}`);
    if (answer.ok) return read as T;
    const { code, message } = read as { code?: unknown; message?: unknown };
    // what the chain itself says has a code; a gateway's page of errors has not, and 14 is a gateway without its node
    if (typeof code === 'number' && code !== 14 && typeof message === 'string') {
      throw new ChainError(answer.status, message);
    }
    throw new Error(`status ${answer.status}`);
  }

  /** All pages of a list. */
  async pages<T, K extends string>(path: string, key: K): Promise<T[]> {
    const all: T[] = [];
    let next = '';
    let read = 0;
    do {
      const mark = path.includes('?') ? '&' : '?';
      const from = next === '' ? '' : `&pagination.key=${encodeURIComponent(next)}`;
      type Page = Record<K, T[]> & { pagination?: { next_key?: string | null } };
      const page: Page = await this.get<Page>(`${path}${mark}pagination.limit=200${from}`, key);
      all.push(...(page[key] ?? []));
      const last = next;
      next = page.pagination?.next_key ?? '';
      read += 1;
      if (next !== '' && (next === last || read >= MOST_PAGES)) throw new NoEndpointError([`${path}: a list without end`]);
    } while (next !== '');
    return all;
  }
}
