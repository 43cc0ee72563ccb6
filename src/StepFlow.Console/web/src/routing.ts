import { useEffect, useMemo, useSyncExternalStore, type MouseEvent } from 'react';

const base = '/console/';
const listeners = new Set<() => void>();
/** What shows that somebody moves about the page: its old scroll position is given up. */
const moves = ['wheel', 'keydown', 'pointerdown', 'touchstart'];

function notify(): void {
  for (const listener of listeners) {
    listener();
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

window.addEventListener('popstate', notify);

/** The path's parts below the console's own, decoded. */
export function useRoute(): string[] {
  const path = useSyncExternalStore(subscribe, () => location.pathname);
  return path.slice(base.length).split('/').filter(part => part !== '').map(decodeURIComponent);
}

/** What the address says about the page: its tab, filter, selection. */
export function useQuery(): URLSearchParams {
  const query = useSyncExternalStore(subscribe, () => location.search);
  return useMemo(() => new URLSearchParams(query), [query]);
}

/**
 * Changes what the address says about the page, without leaving it.
 *
 * @param changes The new values by name; undefined for none.
 * @param how Whether going back undoes the change.
 */
export function setQuery(changes: { [name: string]: string | undefined }, how: 'push' | 'replace' = 'push'): void {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) {
      query.delete(name);
    } else {
      query.set(name, value);
    }
  }
  const search = query.size === 0 ? '' : `?${query.toString()}`;
  if (search !== location.search) {
    const href = location.pathname + search;
    if (how === 'push') {
      history.pushState({ top: window.scrollY }, '', href);
    } else {
      history.replaceState(history.state, '', href);
    }
    notify();
  }
}

/** The address of a page. */
export function hrefOf(...parts: string[]): string {
  return base + parts.map(encodeURIComponent).join('/');
}

/** Goes to a page. */
export function goTo(...parts: string[]): void {
  goToHref(hrefOf(...parts));
}

/** What a link within the console needs: a click goes there without loading anew; with a modifier the browser decides. */
export function linkTo(...parts: string[]): { href: string; onClick: (event: MouseEvent) => void } {
  return linkToHref(hrefOf(...parts));
}

/** The same for a page with what its address says: its tab, filter, selection. */
export function linkWith(query: { [name: string]: string }, ...parts: string[]): { href: string; onClick: (event: MouseEvent) => void } {
  return linkToHref(`${hrefOf(...parts)}?${new URLSearchParams(query).toString()}`);
}

function linkToHref(href: string): { href: string; onClick: (event: MouseEvent) => void } {
  return {
    href,
    onClick: event => {
      if (event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey) {
        event.preventDefault();
        goToHref(href);
      }
    },
  };
}

function goToHref(href: string): void {
  history.pushState(null, '', href);
  window.scrollTo(0, 0);
  notify();
}

/** Keeps each page's scroll position, and restores it when one goes back to it, as soon as what it shows is loaded. */
export function useScrollPositions(): void {
  useEffect(() => {
    history.scrollRestoration = 'manual';
    let restoring: ResizeObserver | undefined;
    const stop = (): void => {
      restoring?.disconnect();
      restoring = undefined;
    };
    const restore = (): void => {
      stop();
      const top = (history.state as { top?: number } | null)?.top ?? 0;
      restoring = new ResizeObserver(() => {
        window.scrollTo(0, top);
        if (document.documentElement.scrollHeight - window.innerHeight >= top) {
          stop();
        }
      });
      restoring.observe(document.body);
    };
    const keep = (): void => {
      if (!restoring) {
        history.replaceState({ ...(history.state as object | null), top: window.scrollY }, '');
      }
    };
    restore();
    window.addEventListener('popstate', restore);
    window.addEventListener('scrollend', keep);
    for (const move of moves) {
      window.addEventListener(move, stop, { passive: true });
    }
    return () => {
      stop();
      window.removeEventListener('popstate', restore);
      window.removeEventListener('scrollend', keep);
      for (const move of moves) {
        window.removeEventListener(move, stop);
      }
    };
  }, []);
}
