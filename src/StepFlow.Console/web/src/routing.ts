import { useSyncExternalStore, type MouseEvent } from 'react';

const base = '/console/';
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) {
    listener();
  }
}

window.addEventListener('popstate', tell);

/** The path's parts below the console's own, decoded. */
export function useRoute(): string[] {
  const path = useSyncExternalStore(
    listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => location.pathname,
  );
  return path.slice(base.length).split('/').filter(part => part !== '').map(decodeURIComponent);
}

/** The address of a page. */
export function hrefOf(...parts: string[]): string {
  return base + parts.map(encodeURIComponent).join('/');
}

/** Goes to a page. */
export function goTo(...parts: string[]): void {
  history.pushState(null, '', hrefOf(...parts));
  window.scrollTo(0, 0);
  tell();
}

/** What a link within the console needs: a click goes there without loading anew; with a modifier the browser decides. */
export function linkTo(...parts: string[]): { href: string; onClick: (event: MouseEvent) => void } {
  return {
    href: hrefOf(...parts),
    onClick: event => {
      if (event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey) {
        event.preventDefault();
        goTo(...parts);
      }
    },
  };
}
