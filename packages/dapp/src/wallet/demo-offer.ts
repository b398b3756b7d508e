// Whether a wallet of a devnet's public keys is offered, and which account of it signs. Its code is a file of its own
// that no other page ever loads.
import { refuseEndpoint, type Config } from '../config';
import { keeper } from '../storage';
import { chooseWallet } from './wallet';

/** The accounts of every devnet, as its program names them. */
export const DEMO_ACCOUNTS = ['alice', 'bob', 'carol', 'keeper', 'guardian', 'treasury', 'op-1', 'op-2', 'op-3', 'op-4', 'op-5'];
const DEVNET = 'defenders-devnet-1';
/** The account that signs, over a reload. */
const CHOSEN = 'defenders.demo';

/** On a devnet of this machine only: everybody has the keys. */
export function isDemoOffered({ demo, chainId, rest }: Config): boolean {
  const isHere = (address: string) => refuseEndpoint(address) === null && address.startsWith('http://');
  return demo === true && chainId === DEVNET && rest.every(isHere);
}

/** The account that was chosen, or null for the browser's own wallet. */
export function chosenAccount(config: Config): string | null {
  const name = isDemoOffered(config) ? keeper.getItem(CHOSEN) : null;
  return DEMO_ACCOUNTS.find((it) => it === name) ?? null;
}

/** From now on this account signs, if that is still wanted once its code is here. */
export async function openDemo(config: Config, name: string, isWanted: () => boolean): Promise<void> {
  const { DemoWallet } = await import('./demo');
  if (!isWanted()) return;
  chooseWallet(new DemoWallet(config, name));
  keeper.setItem(CHOSEN, name);
}

/** From now on the browser's own wallet signs, where there is one. */
export function closeDemo(): void {
  chooseWallet(null);
  keeper.removeItem(CHOSEN);
}
