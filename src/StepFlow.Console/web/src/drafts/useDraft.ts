import { useSyncExternalStore } from 'react';
import { DraftStore, type Draft } from './DraftStore';

const store = new DraftStore(sessionStorage);

// Closing the browser tab drops what is kept for it: the browser asks first.
window.addEventListener('beforeunload', event => {
  if (store.hasChanges) {
    event.preventDefault();
  }
});

/** The draft of a subject, and what changes it; it outlives the page that shows it. */
export function useDraft(subject: string): [draft: Draft | undefined, set: (draft: Draft | undefined) => void] {
  const draft = useSyncExternalStore(
    listener => store.subscribe(listener),
    () => store.get(subject),
  );
  return [draft, changed => store.set(subject, changed)];
}
