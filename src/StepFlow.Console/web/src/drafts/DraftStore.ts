const prefix = 'stepflow-draft:';

/** A text that somebody has changed and not saved. */
export interface Draft {
  text: string;
  /** What the text was before it was changed. */
  base: string;
}

/** Keeps drafts for the browser tab, over its pages and a reload. */
export class DraftStore {
  private readonly drafts = new Map<string, Draft>();
  private readonly listeners = new Set<() => void>();

  /** A store over a browser tab's storage, with what that holds. */
  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>) {
    for (let index = 0; index < storage.length; index++) {
      const name = storage.key(index) ?? '';
      if (name.startsWith(prefix)) {
        this.drafts.set(name.slice(prefix.length), JSON.parse(storage.getItem(name)!) as Draft);
      }
    }
  }

  /** Whether leaving the browser tab would lose what somebody wrote. */
  get hasChanges(): boolean {
    return [...this.drafts.values()].some(draft => draft.text !== draft.base);
  }

  /** The draft of a subject; undefined where there is none. */
  get(subject: string): Draft | undefined {
    return this.drafts.get(subject);
  }

  /** Keeps a draft; undefined drops it. */
  set(subject: string, draft: Draft | undefined): void {
    if (draft === undefined) {
      this.drafts.delete(subject);
      this.storage.removeItem(prefix + subject);
    } else {
      this.drafts.set(subject, draft);
      try {
        this.storage.setItem(prefix + subject, JSON.stringify(draft));
      } catch {
        // The storage is full. The draft is kept in memory, and an older version of it must not come back.
        this.storage.removeItem(prefix + subject);
      }
    }

    for (const listener of this.listeners) {
      listener();
    }
  }

  /** Calls back at each change; returns what ends that. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
