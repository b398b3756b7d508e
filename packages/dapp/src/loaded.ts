// What is read of the chain for a screen, and read anew.
import { useEffect, useRef, useState } from 'preact/hooks';
import { HostError } from './host';
import { NoEndpointError } from './node/rest';
import { tell } from './page';

/** Milliseconds until what nobody answered is asked again. */
const LOAD_AGAIN = 3_000;

export interface Loaded<T> {
  data: T | null;
  error: string | null;
  /** Whether `data` is an answer, which may be null. */
  isLoaded: boolean;
  reload: () => void;
}

/**
 * Reads what `subject` is about, and reads it anew when `moment` changes; what was read stays until then. An answer about
 * another subject is dropped. One of an earlier moment is not: where answers take longer than a moment lasts, none would ever
 * be shown.
 */
export function useLoaded<T>(load: () => Promise<T>, subject: unknown[], moment: unknown = null): Loaded<T> {
  const [state, setState] = useState<Omit<Loaded<T>, 'reload'>>({ data: null, error: null, isLoaded: false });
  const latest = useRef(load);
  latest.current = load;
  const reader = useRef({ of: moment, read: () => {} });
  useEffect(() => {
    let [isOver, isReading, isAsked] = [false, false, false];
    let timer = 0;
    const read = async () => {
      isAsked = true;
      if (isReading) return;
      isReading = true;
      // asked for meanwhile: once more, after this one
      while (isAsked && !isOver) {
        isAsked = false;
        clearTimeout(timer);
        try {
          const data = await latest.current();
          if (!isOver) setState({ data, error: null, isLoaded: true });
        } catch (error) {
          if (isOver) return;
          setState((it) => ({ ...it, error: tell(error) }));
          // nobody has to press a button for a node that is back
          if (error instanceof NoEndpointError || error instanceof HostError) timer = window.setTimeout(() => void read(), LOAD_AGAIN);
        }
      }
      isReading = false;
    };
    reader.current = { of: moment, read: () => void read() };
    void read();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, subject);
  useEffect(() => {
    if (Object.is(reader.current.of, moment)) return;
    reader.current.of = moment;
    reader.current.read();
  }, [moment]);
  return { ...state, reload: () => reader.current.read() };
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
