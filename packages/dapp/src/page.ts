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
/** Milliseconds until what no node answered is asked again. */
const LOAD_AGAIN = 3_000;
/** Milliseconds until what is shown is read anew. */
const REFRESH_EVERY = 60_000;

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
  const [own, setOwn] = useState(() => ownEndpoint(config));
  const chain = useMemo(() => new Chain(new Rest(orderEndpoints(config, own)), config.chainId), [config]);
  const vault = useMemo(() => new Vault(chain, config.vault), [chain]);
  const [version, setVersion] = useState(0);
  const useOwn = useCallback((address: string | null) => {
    keepEndpoint(config, address);
    setOwn(address);
    // of the same chain: whoever asks for a transaction goes on with it
    chain.rest.replaceEndpoints(orderEndpoints(config, address));
    setVersion((it) => it + 1);
  }, []);
  const node = { ...useNode(chain), own, useOwn };
  useEffect(() => {
    const timer = setInterval(() => document.hidden || setVersion((it) => it + 1), REFRESH_EVERY);
    return () => clearInterval(timer);
  }, []);
  const wallet = useWallet(config, () => setVersion((it) => it + 1));
  const tx = useTransaction(config, chain, wallet.key, isSigningOff(node, config), () => setVersion((it) => it + 1));
  return { config, chain, vault, node, wallet, tx, version };
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
  const forget = useCallback(() => {
    const account = shown.current;
    if (account !== undefined && stateOf(account).step === null) put(account, { act: null, step: null, outcome: null });
  }, []);
  useEffect(() => {
    forget();
    if (address === undefined) return;
    const look = () => {
      const open = pending.read(address);
      if (open !== null) void guard(address, open.act, (tellStep) => follow(chain, pending, address, open, tellStep));
    };
    // also what another tab has sent
    const changed = (event: StorageEvent) => event.key === pending.key(address) && look();
    look();
    window.addEventListener('storage', changed);
    return () => window.removeEventListener('storage', changed);
  }, [address]);
  const runAll: TxState['runAll'] = (act, messages) =>
    guard(address ?? '', act, async (tellStep) => {
      const wallet = findWallet();
      if (wallet === null || key === null) return { kind: 'failed', words: texts.wallet.disconnected, hash: null };
      if (isOffNow.current) return { kind: 'failed', words: texts.tx.notFresh, hash: null };
      const alone = await whileAlone(pending.key(key.bech32Address), () =>
        send({ chain, config, wallet, key, pending }, act, messages, tellStep),
      );
      return alone ?? { kind: 'failed', words: texts.tx.open, hash: null };
    });
  return {
    ...stateOf(address),
    run: (act, call) => runAll(act, [{ sender: address ?? '', contract: config.vault, ...call }]),
    runAll,
    forget,
  };
}

export function tell(error: unknown): string {
  if (error instanceof NoVaultError) return texts.noVault(error.address, error.message);
  // what a node answered was of another shape than its kind has
  if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError) return texts.oddAnswer(error.message);
  return tellThrown(error);
}

export interface Loaded<T> {
  data: T | null;
  error: string | null;
  /** Whether `data` is an answer, which may be null. */
  isLoaded: boolean;
  reload: () => void;
}

/** Reads, and reads anew when `deps` change; what was read stays until then. */
export function useLoaded<T>(load: () => Promise<T>, deps: unknown[]): Loaded<T> {
  const [state, setState] = useState<Omit<Loaded<T>, 'reload'>>({ data: null, error: null, isLoaded: false });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let isOver = false;
    let timer = 0;
    load().then(
      (data) => isOver || setState({ data, error: null, isLoaded: true }),
      (error: unknown) => {
        if (isOver) return;
        setState((it) => ({ ...it, error: tell(error) }));
        // nobody has to press a button for a node that is back
        if (error instanceof NoEndpointError) timer = window.setTimeout(() => setRound((it) => it + 1), LOAD_AGAIN);
      },
    );
    return () => {
      isOver = true;
      clearTimeout(timer);
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
