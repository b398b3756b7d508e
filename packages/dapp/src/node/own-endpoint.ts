// A REST address of the reader's own: looked at before it is used, and kept for the chain.
import { refuseEndpoint, type Config } from '../config';
import { keeper } from '../storage';
import { texts } from '../texts';
import { Chain } from './chain';
import { judgeHead } from './freshness';
import { Rest } from './rest';

const keyOf = (config: Config) => `defenders.rest.${config.chainId}`;
const words = texts.endpoint;

/** The address that was kept, or null. */
export function ownEndpoint(config: Config): string | null {
  const kept = keeper.getItem(keyOf(config));
  return kept !== null && refuseOwn(kept) === null ? kept : null;
}

/** The order in which they are asked. */
export function orderEndpoints({ rest }: Config, own: string | null): string[] {
  return own === null ? rest : [own, ...rest.filter((it) => it !== own)];
}

export function keepEndpoint(config: Config, address: string | null): void {
  if (address === null) keeper.removeItem(keyOf(config));
  else keeper.setItem(keyOf(config), address);
}

/** As it is used: without what follows the path. */
export function tidyEndpoint(typed: string): string {
  return typed.trim().replace(/\/+$/, '');
}

/** Why it is not even asked, in words, or null. */
export function refuseOwn(address: string): string | null {
  const refusal = refuseEndpoint(address);
  if (refusal !== null) return refusal;
  const { username, password, search, hash } = new URL(address);
  return username || password || search || hash ? words.plain : null;
}

/** Why it is not to be read by, in words, or null: it answers, for this chain, with a block of now. */
export async function checkEndpoint(address: string, config: Config, highest: number, now: number): Promise<string | null> {
  const refusal = refuseOwn(address);
  if (refusal !== null) return refusal;
  try {
    const head = await new Chain(new Rest([address]), config.chainId).head();
    if (head.chainId !== config.chainId) return words.otherChain(head.chainId, config.chainId);
    // it need not have the very latest block
    const freshness = judgeHead(head, Math.max(highest - 5, 0), now);
    if (freshness.kind === 'falling') return words.behind(head.height, highest);
    return freshness.kind === 'old' ? words.old(head.height, Math.floor(freshness.age / 60)) : null;
  } catch (error) {
    return words.noAnswer(error instanceof Error ? error.message : String(error));
  }
}
