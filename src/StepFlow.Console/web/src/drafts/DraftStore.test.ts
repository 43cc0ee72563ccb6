import { describe, expect, it } from 'vitest';
import { DraftStore } from './DraftStore';

/** A browser tab's storage. */
class Memory {
  readonly items = new Map<string, string>();
  isFull = false;

  get length(): number {
    return this.items.size;
  }

  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null;
  }

  getItem(name: string): string | null {
    return this.items.get(name) ?? null;
  }

  setItem(name: string, value: string): void {
    if (this.isFull) {
      throw new Error('QuotaExceededError');
    }
    this.items.set(name, value);
  }

  removeItem(name: string): void {
    this.items.delete(name);
  }
}

describe('DraftStore', () => {
  it('keeps a draft over a reload, and drops it', () => {
    const memory = new Memory();
    memory.setItem('other', '{');
    new DraftStore(memory).set('m', { text: '{"n": 1.10}\r\n', base: '{}' });
    const reloaded = new DraftStore(memory);
    expect(reloaded.get('m')).toEqual({ text: '{"n": 1.10}\r\n', base: '{}' });
    reloaded.set('m', undefined);
    expect(new DraftStore(memory).get('m')).toBeUndefined();
  });

  it('knows whether something would be lost', () => {
    const store = new DraftStore(new Memory());
    store.set('m', { text: 'a', base: 'a' });
    expect(store.hasChanges).toBe(false);
    store.set('m', { text: 'b', base: 'a' });
    expect(store.hasChanges).toBe(true);
  });

  it('keeps what the storage has no room for in memory, and no older version of it', () => {
    const memory = new Memory();
    const store = new DraftStore(memory);
    store.set('m', { text: 'old', base: '' });
    memory.isFull = true;
    store.set('m', { text: 'new', base: '' });
    expect(store.get('m')?.text).toBe('new');
    expect(new DraftStore(memory).get('m')).toBeUndefined();
  });

  it('tells of changes', () => {
    const store = new DraftStore(new Memory());
    let count = 0;
    const end = store.subscribe(() => count++);
    store.set('m', { text: 'a', base: '' });
    end();
    store.set('m', undefined);
    expect(count).toBe(1);
  });
});
