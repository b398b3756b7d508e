// The account that signs: connected, switched, let go; of the browser's own wallet or of a devnet's.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Config } from '../config';
import { keeper } from '../storage';
import { texts } from '../texts';
import { chosenAccount, closeDemo, DEMO_ACCOUNTS, isDemoOffered, openDemo } from './demo-offer';
import { ACCOUNT_SWITCHED, awaitWallet, connect, findWallet, type WalletKey } from './wallet';

/** Remembers that a wallet was connected, so that a reload connects it again. */
const CONNECTED = 'defenders.connected';
/** Milliseconds that a reload waits for the wallet of the visit before. */
const WALLET_COMES = 5_000;
/** Milliseconds after which a wallet can be asked again that has not answered. Some never do. */
const WALLET_ANSWERS = 20_000;

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
  // of this tab: what the browser keeps is another tab's as well
  const isOwnConnected = useRef(false);

  const ask = useCallback(
    async (account: string | null) => {
      const mine = (round.current += 1);
      const isLast = () => round.current === mine;
      const wasOwn = isOwnConnected.current;
      // a switch while it is asked counts as well
      isOwnConnected.current = account === null;
      setConnecting(true);
      setNotice(null);
      const slow = setTimeout(() => {
        if (!isLast()) return;
        setConnecting(false);
        setNotice(texts.wallet.silent);
      }, WALLET_ANSWERS);
      try {
        if (account !== null) await openDemo(config, account, isLast);
        const wallet = account === null ? await awaitWallet(0) : findWallet();
        const found = wallet === null ? null : await connect(wallet, config);
        if (!isLast()) return;
        setNotice(found === null ? texts.wallet.none : null);
        if (found !== null) keeper.setItem(CONNECTED, config.chainId);
        else isOwnConnected.current = false;
        setKey(found);
        setDemo(account);
      } catch {
        if (!isLast()) return;
        isOwnConnected.current = wasOwn;
        setKey(null);
        setNotice(texts.wallet.refused);
      } finally {
        clearTimeout(slow);
      }
      setConnecting(false);
    },
    [config],
  );
  const disconnect = useCallback(() => {
    round.current += 1;
    closeDemo();
    keeper.removeItem(CONNECTED);
    isOwnConnected.current = false;
    setKey(null);
    setDemo(null);
    setConnecting(false);
    setNotice(null);
  }, []);

  useEffect(() => {
    const isRemembered = keeper.getItem(CONNECTED) === config.chainId;
    const account = chosenAccount(config);
    if (isRemembered && account !== null) void ask(account);
    else if (isRemembered) {
      const before = round.current;
      void awaitWallet(WALLET_COMES).then((wallet) => {
        if (wallet !== null && round.current === before) void ask(null);
      });
    }
    const switched = () => {
      // whoever is not connected is asked nothing
      if (!isOwnConnected.current) return;
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
