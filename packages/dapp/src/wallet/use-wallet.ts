// The account that signs: connected, switched, let go; of the browser's own wallet or of a devnet's.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Config } from '../config';
import { keeper } from '../storage';
import { texts } from '../texts';
import { chosenAccount, closeDemo, DEMO_ACCOUNTS, isDemoOffered, openDemo } from './demo-offer';
import { ACCOUNT_SWITCHED, connect, findWallet, type WalletKey } from './wallet';

/** Remembers that a wallet was connected, so that a reload connects it again. */
const CONNECTED = 'defenders.connected';

export interface WalletState {
  key: WalletKey | null;
  isConnecting: boolean;
  /** What went wrong, in words. */
  notice: string | null;
  /** The account of the devnet's own wallet that signs, or null. */
  demo: string | null;
  connect: () => Promise<void>;
  disconnect: () => void;
  /** Lets an account of the devnet sign, or nobody. */
  chooseDemo: (name: string | null) => Promise<void>;
}

export function useWallet(config: Config, onSwitch: () => void): WalletState {
  const [key, setKey] = useState<WalletKey | null>(null);
  const [isConnecting, setConnecting] = useState(false);
  const [notice, setNotice] = useState<string | null>(null);
  const [demo, setDemo] = useState<string | null>(null);
  // of several questions to wallets the last one counts
  const round = useRef(0);

  const ask = useCallback(
    async (account: string | null) => {
      const mine = (round.current += 1);
      const isLast = () => round.current === mine;
      setConnecting(true);
      setNotice(null);
      try {
        if (account !== null) await openDemo(config, account);
        const wallet = findWallet();
        const found = wallet === null ? null : await connect(wallet, config);
        if (!isLast()) return;
        if (found === null) setNotice(texts.wallet.none);
        else keeper.setItem(CONNECTED, config.chainId);
        setKey(found);
        setDemo(account);
      } catch {
        if (!isLast()) return;
        setKey(null);
        setNotice(texts.wallet.refused);
      }
      setConnecting(false);
    },
    [config],
  );
  const disconnect = useCallback(() => {
    round.current += 1;
    closeDemo();
    keeper.removeItem(CONNECTED);
    setKey(null);
    setDemo(null);
    setConnecting(false);
    setNotice(null);
  }, []);

  useEffect(() => {
    const isConnected = () => keeper.getItem(CONNECTED) === config.chainId;
    const account = chosenAccount(config);
    if (isConnected() && (account !== null || findWallet() !== null)) void ask(account);
    const switched = () => {
      // whoever is not connected is asked nothing
      if (!isConnected() || chosenAccount(config) !== null) return;
      onSwitch();
      void ask(null);
    };
    window.addEventListener(ACCOUNT_SWITCHED, switched);
    return () => window.removeEventListener(ACCOUNT_SWITCHED, switched);
  }, [ask]);

  return {
    key,
    isConnecting,
    notice,
    demo,
    connect: () => ask(findWallet() === null && isDemoOffered(config) ? (DEMO_ACCOUNTS[0] ?? null) : chosenAccount(config)),
    disconnect,
    chooseDemo: async (name) => {
      if (name === null) return disconnect();
      onSwitch();
      await ask(name);
    },
  };
}
