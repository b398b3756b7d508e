// The wallet: whatever has Keplr's interface at `window.keplr`.
import type { Config } from '../config';
import { cleanName, isAddress } from '../names';
import { texts } from '../texts';
import type { AminoDoc } from '../tx/encode';

export interface WalletKey {
  name: string;
  algo: string;
  pubKey: Uint8Array;
  bech32Address: string;
  isNanoLedger?: boolean;
}

export interface DirectDoc {
  bodyBytes: Uint8Array;
  authInfoBytes: Uint8Array;
  chainId: string;
  accountNumber: bigint;
}

export interface SignOptions {
  /** The fee is the page's: the wallet shows it, and replaces it only when asked. */
  preferNoSetFee?: boolean;
}

export interface KeplrLike {
  enable(chainId: string): Promise<void>;
  getKey(chainId: string): Promise<WalletKey>;
  experimentalSuggestChain?(info: object): Promise<void>;
  signDirect(
    chainId: string,
    signer: string,
    doc: DirectDoc,
    options?: SignOptions,
  ): Promise<{ signed: { bodyBytes: Uint8Array; authInfoBytes: Uint8Array }; signature: { signature: string } }>;
  signAmino(
    chainId: string,
    signer: string,
    doc: AminoDoc,
    options?: SignOptions,
  ): Promise<{ signed: AminoDoc; signature: { signature: string } }>;
}

declare global {
  interface Window {
    keplr?: KeplrLike;
  }
}

/** When another account is chosen in the wallet. */
export const ACCOUNT_SWITCHED = 'keplr_keystorechange';

let chosen: KeplrLike | null = null;

/** What signs in place of the browser's own wallet; null for that one. */
export function chooseWallet(wallet: KeplrLike | null): void {
  chosen = wallet;
}

/** Looks for the object, not for a browser: wallets' own browsers have it too. */
export function findWallet(): KeplrLike | null {
  return chosen ?? window.keplr ?? null;
}

/** Milliseconds between two looks for a wallet that is still to come. */
const LOOK_EVERY = 100;

/** Waits for one while the page is loaded, and so long after that: extensions come when they are ready. */
export async function awaitWallet(patience: number): Promise<KeplrLike | null> {
  for (let waited = 0; ; ) {
    const wallet = findWallet();
    const isLoading = document.readyState !== 'complete';
    if (wallet !== null || (!isLoading && waited >= patience)) return wallet;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
    if (!isLoading) waited += LOOK_EVERY;
  }
}

/** The chain as Keplr wants it told; the steps of gas price stand with the fee's coin. */
export function chainInfo(config: Config): object {
  const { denom, bech32Prefix: prefix, gasPrice } = config;
  const coin = { coinDenom: denom.symbol, coinMinimalDenom: denom.base, coinDecimals: denom.decimals };
  // a wallet's own interface has numbers here
  const price = Number(gasPrice);
  return {
    chainId: config.chainId,
    chainName: config.chainName,
    rpc: config.rpc,
    rest: config.rest[0],
    bip44: { coinType: 118 },
    bech32Config: {
      bech32PrefixAccAddr: prefix,
      bech32PrefixAccPub: `${prefix}pub`,
      bech32PrefixValAddr: `${prefix}valoper`,
      bech32PrefixValPub: `${prefix}valoperpub`,
      bech32PrefixConsAddr: `${prefix}valcons`,
      bech32PrefixConsPub: `${prefix}valconspub`,
    },
    currencies: [coin],
    feeCurrencies: [{ ...coin, gasPriceStep: { low: price, average: price, high: price * 1.5 } }],
    stakeCurrency: coin,
  };
}

/** Asks the wallet for its account; a chain that it does not know is suggested to it first. */
export async function connect(wallet: KeplrLike, config: Config): Promise<WalletKey> {
  try {
    await wallet.enable(config.chainId);
  } catch (error) {
    if (isRefusal(error) || !wallet.experimentalSuggestChain) throw error;
    await wallet.experimentalSuggestChain(chainInfo(config));
    await wallet.enable(config.chainId);
  }
  return checkKey(await wallet.getKey(config.chainId), config);
}

/** What a wallet tells of its account, if that is one of this chain. Names are strangers' too. */
export function checkKey(told: unknown, config: Config): WalletKey {
  const key = told as WalletKey | null | undefined;
  const isKey = key?.pubKey instanceof Uint8Array && key.pubKey.length === 33;
  if (!isKey || typeof key.bech32Address !== 'string' || !isAddress(key.bech32Address, config.bech32Prefix)) {
    throw new Error('the wallet told no account of this chain');
  }
  return { ...key, name: (typeof key.name === 'string' && cleanName(key.name)) || '' };
}

/** Of what a wallet, a node or a contract says went wrong. */
const MOST_LETTERS = 1_000;

/** What somebody threw, in words: wallets throw texts and objects too. */
export function tellThrown(thrown: unknown): string {
  const message = typeof thrown === 'string' ? thrown : (thrown as { message?: unknown } | null | undefined)?.message;
  return (typeof message === 'string' ? cleanName(message, MOST_LETTERS) : null) ?? texts.wallet.noReason;
}

/** By the interface of browsers' wallets: the person said no. */
const USER_REFUSED = 4001;

/** Whether a person said no: that is no error. */
export function isRefusal(error: unknown): boolean {
  if ((error as { code?: unknown } | null | undefined)?.code === USER_REFUSED) return true;
  return /reject|denied|cancel|declin|closed (by|the)/i.test(tellThrown(error));
}
