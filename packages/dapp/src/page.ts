// What every screen is given: the chain, the wallet, the one transaction under way.
import { createContext } from 'preact';
import { useCallback, useContext, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Config } from './config';
import { Chain, type Head } from './node/chain';
import { judgeHead, type Freshness } from './node/freshness';
import { Rest } from './node/rest';
import { PendingStore } from './tx/pending';
import type { Message } from './tx/encode';
import { follow, send, type Outcome, type Step } from './tx/send';
import { Vault } from './vault/vault';
import type { Call } from './vault/messages';
import { texts } from './texts';
import { ACCOUNT_SWITCHED, connect, findWallet, type WalletKey } from './wallet/wallet';

/** Milliseconds between two looks at the latest block. */
const HEAD_EVERY = 3_000;
/** Milliseconds until what is shown is read anew. */
const REFRESH_EVERY = 60_000;
/** Remembers that a wallet was connected, so that a reload connects it again. */
const CONNECTED = 'defenders.connected';

export interface NodeState {
  head: Head | null;
  freshness: Freshness;
  /** Why no node answers, or null. */
  gone: string | null;
}

export interface WalletState {
  key: WalletKey | null;
  isConnecting: boolean;
  /** What went wrong, in words. */
  notice: string | null;
  connect: () => Promise<void>;
}

export interface TxState {
  act: string | null;
  step: Step | null;
  outcome: Outcome | null;
  /** A call to the vault. */
  run: (act: string, call: Call) => Promise<Outcome | null>;
  /** One transaction of these messages. */
  runAll: (act: string, messages: Message[]) => Promise<Outcome | null>;
  forget: () => void;
}

export interface Page {
  config: Config;
  chain: Chain;
  vault: Vault;
  node: NodeState;
  wallet: WalletState;
  tx: TxState;
  /** Changes when everything is to be read anew. */
  version: number;
}

export const PageContext = createContext<Page | null>(null);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (page === null) throw new Error('outside of the page');
  return page;
}

/** Everything of `Page`, of its configuration. */
export function usePageState(config: Config): Page {
  const chain = useMemo(() => new Chain(new Rest(config.rest), config.chainId), [config]);
  const vault = useMemo(() => new Vault(chain, config.vault), [chain]);
  const [version, setVersion] = useState(0);
  const node = useNode(chain);
  useEffect(() => {
    const timer = setInterval(() => document.hidden || setVersion((it) => it + 1), REFRESH_EVERY);
    return () => clearInterval(timer);
  }, []);
  const wallet = useWallet(config, () => setVersion((it) => it + 1));
  const tx = useTransaction(config, chain, wallet.key, isSigningOff(node, config), () => setVersion((it) => it + 1));
  return { config, chain, vault, node, wallet, tx, version };
}

/** Whether what the node tells is not to be signed by. */
export function isSigningOff(node: NodeState, config: Config): boolean {
  if (node.head === null || node.gone !== null) return true;
  return node.freshness.kind !== 'fresh' || node.head.chainId !== config.chainId;
}

function useNode(chain: Chain): NodeState {
  const [state, setState] = useState<NodeState>({ head: null, freshness: { kind: 'fresh' }, gone: null });
  const highest = useRef(0);
  useEffect(() => {
    let timer = 0;
    let isOver = false;
    const look = async () => {
      try {
        const head = await chain.head();
        const freshness = judgeHead(head, highest.current, Date.now() / 1000);
        highest.current = Math.max(highest.current, head.height);
        if (!isOver) setState({ head, freshness, gone: null });
      } catch (error) {
        if (!isOver) setState((it) => ({ ...it, gone: tell(error) }));
      }
      if (!isOver) timer = window.setTimeout(look, HEAD_EVERY);
    };
    void look();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [chain]);
  return state;
}

function useWallet(config: Config, onSwitch: () => void): WalletState {
  const [key, setKey] = useState<WalletKey | null>(null);
  const [isConnecting, setConnecting] = useState(false);
  const [notice, setNotice] = useState<string | null>(null);
  const ask = useCallback(async () => {
    const wallet = findWallet();
    if (wallet === null) {
      setNotice(texts.wallet.none);
      return;
    }
    setConnecting(true);
    setNotice(null);
    try {
      setKey(await connect(wallet, config));
      localStorage.setItem(CONNECTED, config.chainId);
    } catch {
      setKey(null);
      setNotice(texts.wallet.refused);
    }
    setConnecting(false);
  }, [config]);
  useEffect(() => {
    if (localStorage.getItem(CONNECTED) === config.chainId && findWallet() !== null) void ask();
    const switched = () => {
      onSwitch();
      void ask();
    };
    window.addEventListener(ACCOUNT_SWITCHED, switched);
    return () => window.removeEventListener(ACCOUNT_SWITCHED, switched);
  }, [ask]);
  return { key, isConnecting, notice, connect: ask };
}

function useTransaction(config: Config, chain: Chain, key: WalletKey | null, isOff: boolean, onEnd: () => void): TxState {
  const pending = useMemo(() => new PendingStore(config.chainId, localStorage), [config]);
  const [state, setState] = useState<Pick<TxState, 'act' | 'step' | 'outcome'>>({ act: null, step: null, outcome: null });
  // a double click comes before the next drawing
  const isBusy = useRef(false);
  const guard = async (act: string, work: (tell: (step: Step) => void) => Promise<Outcome>): Promise<Outcome | null> => {
    if (isBusy.current) return null;
    isBusy.current = true;
    setState({ act, step: { kind: 'preparing' }, outcome: null });
    let outcome: Outcome;
    try {
      outcome = await work((step) => setState({ act, step, outcome: null }));
    } catch (error) {
      outcome = { kind: 'failed', words: tell(error), hash: null };
    }
    isBusy.current = false;
    setState({ act, step: null, outcome });
    onEnd();
    return outcome;
  };
  // several may follow each other, for minutes
  const isOffNow = useRef(isOff);
  isOffNow.current = isOff;
  const address = key?.bech32Address;
  useEffect(() => {
    setState((it) => (it.step === null ? { act: null, step: null, outcome: null } : it));
    const open = address === undefined ? null : pending.read(address);
    if (address === undefined || open === null) return;
    void guard(open.act, (tellStep) => follow(chain, pending, address, open, tellStep));
  }, [address]);
  const runAll: TxState['runAll'] = (act, messages) =>
    guard(act, async (tellStep) => {
      const wallet = findWallet();
      if (wallet === null || key === null) return { kind: 'failed', words: texts.wallet.disconnected, hash: null };
      if (isOffNow.current) return { kind: 'failed', words: texts.tx.notFresh, hash: null };
      return send({ chain, config, wallet, key, pending }, act, messages, tellStep);
    });
  return {
    ...state,
    run: (act, call) => runAll(act, [{ sender: key?.bech32Address ?? '', contract: config.vault, ...call }]),
    runAll,
    forget: () => setState((it) => (it.step === null ? { act: null, step: null, outcome: null } : it)),
  };
}

export function tell(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export interface Loaded<T> {
  data: T | null;
  error: string | null;
  reload: () => void;
}

/** Reads, and reads anew when `deps` change; what was read stays until then. */
export function useLoaded<T>(load: () => Promise<T>, deps: unknown[]): Loaded<T> {
  const [state, setState] = useState<{ data: T | null; error: string | null }>({ data: null, error: null });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let isOver = false;
    load().then(
      (data) => isOver || setState({ data, error: null }),
      (error: unknown) => isOver || setState((it) => ({ ...it, error: tell(error) })),
    );
    return () => {
      isOver = true;
    };
  }, [...deps, round]);
  return { ...state, reload: () => setRound((it) => it + 1) };
}

/** The value once it has stayed for so long. */
export function useSettled<T>(value: T, milliseconds: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
