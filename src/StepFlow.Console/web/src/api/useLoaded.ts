import { useEffect, useRef, useState, type DependencyList } from 'react';
import { ApiError } from './client';

/** What is loaded, or why it is not. */
export interface Loaded<T> {
  value: T | undefined;
  error: ApiError | undefined;
  /** Loads once more. */
  reload: () => void;
}

const shortest = 1000;
const longest = 5000;

/**
 * Loads a value, and loads it again as long as it may change: often at first, less often later, and not while the tab
 * is hidden.
 */
export function useLoaded<T>(
  load: (signal: AbortSignal) => Promise<T>,
  dependencies: DependencyList,
  mayChange: (value: T) => boolean = () => false,
): Loaded<T> {
  const [state, setState] = useState<{ value?: T; error?: ApiError }>({});
  const [turn, setTurn] = useState(0);
  const latest = useRef({ load, mayChange });
  latest.current = { load, mayChange };

  useEffect(() => {
    setState({});
  }, dependencies);

  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let pause = shortest;

    const run = async (): Promise<void> => {
      let again = true;
      try {
        const value = await latest.current.load(abort.signal);
        if (abort.signal.aborted) {
          return;
        }
        setState({ value });
        again = latest.current.mayChange(value);
      } catch (error) {
        if (abort.signal.aborted) {
          return;
        }
        const failure = error instanceof ApiError ? error : new ApiError('Error', String(error), 0);
        setState(before => ({ ...before, error: failure }));
        again = failure.status === 0 || failure.status >= 500;
      }
      if (again) {
        timer = setTimeout(next, pause);
        pause = Math.min(longest, pause * 1.2);
      }
    };
    const next = (): void => {
      if (!document.hidden) {
        void run();
      }
    };
    const shown = (): void => {
      if (!document.hidden && timer !== undefined) {
        clearTimeout(timer);
        next();
      }
    };

    document.addEventListener('visibilitychange', shown);
    void run();
    return () => {
      abort.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', shown);
    };
  }, [...dependencies, turn]);

  return { value: state.value, error: state.error, reload: () => setTurn(before => before + 1) };
}
