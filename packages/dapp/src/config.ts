// What the page is told about its chain: config.json beside index.html.
import type { Unit } from './amounts';
import { hostError, readBeside } from './host';

export interface Config {
  chainId: string;
  chainName: string;
  /** REST addresses, asked in this order. */
  rest: string[];
  /** For a wallet that does not know the chain. */
  rpc: string;
  vault: string;
  bech32Prefix: string;
  denom: Unit & { base: string };
  /** Price of a unit of gas in base units, as `0.025`. */
  gasPrice: string;
  /** A list of validators for *Spread*, beside index.html: its address relative to the page. */
  list?: string;
  /** On a devnet: offer a wallet of its public keys. */
  demo?: boolean;
  /** The list of checksums of the release that lies beside config.json; for *Verify*. */
  checksums?: string;
  /** Who should own the vault; for *Verify*. */
  owner?: string;
}

export class ConfigError extends Error {}

/** Why an address is refused, or null: `https`, or this machine. */
export function refuseEndpoint(address: string): string | null {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return `${address} is no address`;
  }
  const isLoopback = ['127.0.0.1', 'localhost'].includes(url.hostname);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback)) return null;
  return `${address} is refused: addresses begin with https:, or are this machine's own`;
}

/** Whether it stays on the page's own host, however it is written: a backslash is a slash to browsers. */
function isBeside(path: string): boolean {
  const page = 'https://page.invalid/folder/';
  try {
    return new URL(path, page).origin === new URL(page).origin && !/^[a-z]+:/i.test(path);
  } catch {
    return false;
  }
}

/** What was read, if every field is there. */
export function checkConfig(read: unknown): Config {
  const config = read as Config;
  const texts = ['chainId', 'chainName', 'rpc', 'vault', 'bech32Prefix', 'gasPrice'] as const;
  for (const name of texts) {
    if (typeof config?.[name] !== 'string') throw new ConfigError(`config.json: ${name} is missing`);
  }
  const { denom, rest, gasPrice } = config;
  if (typeof denom?.base !== 'string' || typeof denom.symbol !== 'string' || !Number.isInteger(denom.decimals)) {
    throw new ConfigError('config.json: denom needs base, symbol and decimals');
  }
  if (denom.decimals < 0 || denom.decimals > 18) throw new ConfigError('config.json: decimals are from 0 to 18');
  if (!/^\d+(\.\d{1,18})?$/.test(gasPrice)) throw new ConfigError('config.json: gasPrice is no decimal');
  if (config.list !== undefined && (typeof config.list !== 'string' || !isBeside(config.list))) {
    throw new ConfigError('config.json: list is no address relative to the page');
  }
  if (!Array.isArray(rest) || rest.length === 0) throw new ConfigError('config.json: rest names no address');
  for (const address of rest) {
    const refusal = refuseEndpoint(address);
    if (refusal !== null) throw new ConfigError(`config.json: ${refusal}`);
  }
  for (const name of ['checksums', 'owner'] as const) {
    if (config[name] !== undefined && typeof config[name] !== 'string') throw new ConfigError(`config.json: ${name} is no text`);
  }
  // beside config.json: no other host, no other folder
  if (config.checksums !== undefined && !/^[\w.-]+$/.test(config.checksums)) throw new ConfigError('config.json: checksums is no file name');
  return { ...config, rest: rest.map((address) => address.replace(/\/+$/, '')) };
}

/** The list that the host has, or null: a page without one works. */
export async function loadChecksums({ checksums: name }: Config): Promise<{ name: string; text: string } | null> {
  if (name === undefined) return null;
  const { status, bytes } = await readBeside(name);
  const text = status === 200 ? new TextDecoder().decode(bytes) : '';
  // hosts answer with a page of theirs where there is no such file
  return /^[0-9a-f]{64}  \S/im.test(text) ? { name, text } : null;
}

export async function loadConfig(): Promise<Config> {
  const { status, bytes } = await readBeside('config.json');
  // a host that is overloaded may answer the next time
  if (status >= 500 || status === 429) throw hostError('config.json', status);
  if (status !== 200) throw new ConfigError(`config.json: the host answers ${status}`);
  let read: unknown;
  try {
    read = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new ConfigError('config.json: the host answers with something that is no JSON');
  }
  return checkConfig(read);
}
