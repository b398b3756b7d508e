// The vault's and the program's own code as WebAssembly: loaded once, when it is needed.
import { loadBeside } from './host';
import initAllocation from './wasm/allocation.js';
import initClient from './wasm/client.js';

/** What failed to load is tried again by the next who needs it. */
function once(name: string, init: () => Promise<unknown>): () => Promise<unknown> {
  let loading: Promise<unknown> | null = null;
  return () => {
    loading ??= loadBeside(name, init).catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
}

/** What most screens compute with. */
export const loadAllocation = once('allocation.wasm', () => initAllocation());
/** What *Spread* and *Governance* compute with. */
export const loadClient = once('client.wasm', () => initClient());
