// What every screen is given: the chain, the wallet, the one transaction under way.
import { createContext } from 'preact';
import { useCallback, useContext, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Config } from './config';
import { Chain, type Head } from './node/chain';
import { judgeHead, type Freshness } from './node/freshness';
import { keepEndpoint, orderEndpoints, ownEndpoint } from './node/own-endpoint';
import { NoEndpointError, NoVaultError, Rest } from './node/rest';
import { keeper } from './storage';
import { whileAlone } from './tx/one-at-a-time';
import { PendingStore } from './tx/pending';
import type { Message } from './tx/encode';
import { follow, type Outcome, type Step } from './tx/follow';
import { send } from './tx/send';
import { Vault } from './vault/vault';
import type { Call } from './vault/messages';
import { texts } from './texts';
import { useWallet, type WalletState } from './wallet/use-wallet';
import { findWallet, tellThrown, type WalletKey } from './wallet/wallet';

/** Milliseconds between two looks at the latest block. */
const HEAD_EVERY = 3_000;
/** Milliseconds until what is shown is read anew, and between two looks whether it is time. */
const REFRESH_EVERY = 60_000;
const REFRESH_LOOK = 2_000;

export interface NodeState {
  head: Head | null;
  freshness: Freshness;
  /** Why no node answers, or null. */
  gone: string | null;
  /** The reader's own address, which is asked first, or null. */
  own: string | null;
  useOwn: (address: string | null) => void;
}

export interface TxState {
  act: string | null;
  step: Step | null;
  outcome: Outcome | null;
  /** A call to the vault. */
  run: (act: string, call: Call) => Promise<Outcome | null>;
  /** Several messages of any kind in one transaction. */
  runAll: (act: string, messages: Message[]) => Promise<Outcome | null>;
  forget: () => void;
  /** Waits for the wallet's signature no longer. */
  stop: () => void;
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

/** The block's time now, seconds; `since` until a block was seen. */
export function useBlockTime(since: number): number {
  const { head } = usePage().node;
  return Math.max(head?.time ?? 0, since);
}

/** Everything of `Page`, of its configuration. */
export function usePageState(config: Config): Page {
  const [own, setOwn] = useState(() => ownEndpoint(config));
  const chain = useMemo(() => new Chain(new Rest(orderEndpoints(config, own)), config.chainId), [config]);
  const vault = useMemo(() => new Vault(chain, config.vault), [chain]);
  const { version, refresh, refreshTwice } = useVersion();
  const useOwn = useCallback((address: string | null) => {
    keepEndpoint(config, address);
    setOwn(address);
    // of the same chain: whoever asks for a transaction goes on with it
    chain.rest.replaceEndpoints(orderEndpoints(config, address));
    refresh();
  }, []);
  const node = { ...useNode(chain), own, useOwn };
  const wallet = useWallet(config, refresh);
  const tx = useTransaction(config, chain, wallet.key, isSigningOff(node, config), refreshTwice);
  return { config, chain, vault, node, wallet, tx, version };
}

/** Goes up when everything is to be read anew: now and then, at once when somebody comes back, and when it is said. */
function useVersion() {
  const [version, setVersion] = useState(0);
  const readAt = useRef(Date.now());
  const refresh = useCallback(() => {
    readAt.current = Date.now();
    setVersion((it) => it + 1);
  }, []);
  // behind one address there may be several nodes, of which one is a block behind: once more at the next look
  const refreshTwice = useCallback(() => {
    refresh();
    readAt.current -= REFRESH_EVERY;
  }, []);
  useEffect(() => {
    // by the clock: while a machine sleeps no timer runs
    const look = () => {
      const age = Math.abs(Date.now() - readAt.current);
      if (!document.hidden && age >= REFRESH_EVERY) refresh();
    };
    const timer = setInterval(look, REFRESH_LOOK);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  return { version, refresh, refreshTwice };
}

/** Whether what the node tells is not to be signed by. */
export function isSigningOff(node: Pick<NodeState, 'head' | 'freshness' | 'gone'>, config: Config): boolean {
  if (node.head === null || node.gone !== null) return true;
  return node.freshness.kind !== 'fresh' || node.head.chainId !== config.chainId;
}

function useNode(chain: Chain): Omit<NodeState, 'own' | 'useOwn'> {
  const [state, setState] = useState<Omit<NodeState, 'own' | 'useOwn'>>({ head: null, freshness: { kind: 'fresh' }, gone: null });
  const highest = useRef(0);
  useEffect(() => {
    let timer = 0;
    let isOver = false;
    const look = async () => {
      try {
        const head = await chain.head();
        const freshness = judgeHead(head, highest.current, Date.now() / 1000);
        const isOther = head.chainId !== chain.chainId;
        if (!isOther) highest.current = Math.max(highest.current, head.height);
        // signing is off, and perhaps another endpoint knows more
        if (isOther || freshness.kind !== 'fresh') chain.rest.passOver();
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

function useTransaction(config: Config, chain: Chain, key: WalletKey | null, isOff: boolean, onEnd: () => void): TxState {
  const pending = useMemo(() => new PendingStore(config.chainId, keeper), [config]);
  // by account: what is under way for one goes on when another one is chosen
  const states = useRef(new Map<string, Pick<TxState, 'act' | 'step' | 'outcome'>>());
  const [, redraw] = useState(0);
  const address = key?.bech32Address;
  const stateOf = (account: string | undefined) => states.current.get(account ?? '') ?? { act: null, step: null, outcome: null };
  const put = (account: string, state: Pick<TxState, 'act' | 'step' | 'outcome'>) => {
    states.current.set(account, state);
    redraw((it) => it + 1);
  };
  const guard = async (account: string, act: string, work: (tell: (step: Step) => void) => Promise<Outcome>): Promise<Outcome | null> => {
    // a double click comes before the next drawing
    if (stateOf(account).step !== null) return null;
    put(account, { act, step: { kind: 'preparing' }, outcome: null });
    let outcome: Outcome;
    try {
      outcome = await work((step) => put(account, { act, step, outcome: null }));
    } catch (error) {
      // once it is sent the page goes on asking, so that this comes before
      const isUnsent = error instanceof NoEndpointError;
      outcome = { kind: 'failed', words: isUnsent ? texts.tx.noNode(tell(error)) : tell(error), hash: null };
    }
    put(account, { act, step: null, outcome });
    onEnd();
    return outcome;
  };
  // several may follow each other, for minutes
  const isOffNow = useRef(isOff);
  isOffNow.current = isOff;
  // whoever forgets later forgets what is shown then
  const shown = useRef(address);
  shown.current = address;
  const forgetOf = (account: string | undefined) => {
    if (account !== undefined && stateOf(account).step === null) put(account, { act: null, step: null, outcome: null });
  };
  const forget = useCallback(() => forgetOf(shown.current), []);
  const followOpen = (account: string) => {
    const open = pending.read(account);
    if (open !== null) void guard(account, open.act, (tellStep) => follow(chain, pending, account, open, tellStep));
  };
  useEffect(() => {
    if (address === undefined) return;
    // also what another tab has sent
    const changed = (event: StorageEvent) => event.key === pending.key(address) && followOpen(address);
    followOpen(address);
    window.addEventListener('storage', changed);
    return () => {
      window.removeEventListener('storage', changed);
      // what has ended was seen; what ends while another account is here is told when this one is back
      forgetOf(address);
    };
  }, [address]);
  const stops = useRef(new Map<string, () => void>());
  const runAll: TxState['runAll'] = async (act, messages) => {
    const outcome = await guard(address ?? '', act, async (tellStep) => {
      const wallet = findWallet();
      if (wallet === null || key === null) return { kind: 'failed', words: texts.wallet.disconnected, hash: null };
      if (isOffNow.current) return { kind: 'failed', words: texts.tx.notFresh, hash: null };
      const stopped = new Promise<void>((stop) => stops.current.set(key.bech32Address, stop));
      const alone = await whileAlone(pending.key(key.bech32Address), () =>
        send({ chain, config, wallet, key, pending, isWanted: () => shown.current === address, stopped }, act, messages, tellStep),
      );
      return alone ?? { kind: 'failed', words: texts.tx.open, hash: null };
    });
    // another tab sent one meanwhile, which was not followed while this one was prepared
    if (outcome?.kind === 'failed' && address !== undefined) followOpen(address);
    return outcome;
  };
  return {
    ...stateOf(address),
    run: (act, call) => runAll(act, [{ sender: address ?? '', contract: config.vault, ...call }]),
    runAll,
    forget,
    stop: () => stops.current.get(address ?? '')?.(),
  };
}

export function tell(error: unknown): string {
  if (error instanceof NoVaultError) return texts.noVault(error.address, error.message);
  // what a node answered was of another shape than its kind has
  if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError) return texts.oddAnswer(error.message);
  return tellThrown(error);
}
