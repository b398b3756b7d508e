// Files of the page's own host: what lies beside index.html.
import { endAfter } from './patience';
import { texts } from './texts';

/** The host does not answer: it may when it is asked again. */
export class HostError extends Error {}

/** Milliseconds until a host that does not answer is given up, and until a module is: a slow phone loads one for minutes. */
const PATIENCE = 30_000;
const MODULE_PATIENCE = 300_000;

export interface HostFile {
  status: number;
  bytes: Uint8Array;
}

export async function readBeside(path: string): Promise<HostFile> {
  try {
    const answer = await fetch(`./${path}`, { cache: 'no-cache', signal: endAfter(PATIENCE) });
    return { status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()) };
  } catch (error) {
    throw hostError(path, error);
  }
}

export function hostError(path: string, error: unknown): HostError {
  return new HostError(texts.hostGone(path, error instanceof Error ? error.message : String(error)));
}

/** Loads a module; one that takes too long is not waited for. */
export async function loadBeside<T>(path: string, work: () => Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, refuse) => {
    timer = setTimeout(() => refuse(new Error(texts.tooSlow)), MODULE_PATIENCE);
  });
  try {
    return await Promise.race([work(), late]);
  } catch (error) {
    throw hostError(path, error);
  } finally {
    clearTimeout(timer);
  }
}
