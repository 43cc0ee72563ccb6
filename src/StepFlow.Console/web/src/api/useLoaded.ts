import { useCallback, useEffect, useRef, useState } from 'react';
import { asApiError, type ApiError } from './ApiError';

/** What is loaded, or why it is not. */
export interface Loaded<T> {
  value: T | undefined;
  /** Why the last attempt failed; the value is then that of an earlier one. */
  error: ApiError | undefined;
  /** Loads once more. */
  reload: () => void;
}

const shortest = 1000;
const longest = 5000;

/**
 * Loads a value, and loads it again as long as it may change: often at first, less often later, and not while the tab
 * is hidden.
 *
 * @param load Loads it.
 * @param subject What is loaded: where one of these changes, the value of before is dropped.
 * @param mayChange Whether a value may change by itself.
 * @param wishes Where one of these changes, it is loaded again, and the value of before is shown until then.
 */
export function useLoaded<T>(
  load: (signal: AbortSignal) => Promise<T>,
  subject: readonly unknown[],
  mayChange: (value: T) => boolean = () => false,
  wishes: readonly unknown[] = [],
): Loaded<T> {
  const [state, setState] = useState<{ subject: readonly unknown[]; value?: T; error?: ApiError }>({ subject });
  const [turn, setTurn] = useState(0);
  const latest = useRef({ load, mayChange, subject });
  useEffect(() => {
    latest.current = { load, mayChange, subject };
  });

  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let pause = shortest;

    const run = async (): Promise<void> => {
      timer = undefined;
      let again: boolean;
      try {
        const value = await latest.current.load(abort.signal);
        if (abort.signal.aborted) {
          return;
        }
        setState({ subject, value });
        again = latest.current.mayChange(value);
      } catch (thrown) {
        if (abort.signal.aborted) {
          return;
        }
        const error = asApiError(thrown);
        setState(before => (isSame(before.subject, subject) ? { ...before, error } : { subject, error }));
        again = error.status === 0 || error.status === 429 || error.status >= 500;
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
    // eslint-disable-next-line react-hooks/exhaustive-deps -- The caller says what a new load depends on.
  }, [...subject, ...wishes, turn]);

  const reload = useCallback(() => setTurn(before => before + 1), []);
  const isCurrent = isSame(state.subject, subject);
  return { value: isCurrent ? state.value : undefined, error: isCurrent ? state.error : undefined, reload };
}

function isSame(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((one, index) => Object.is(one, right[index]));
}
