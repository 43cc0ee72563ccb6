import { useState, type KeyboardEvent, type RefObject } from 'react';
import { call } from '../api/client';
import { useLoaded } from '../api/useLoaded';
import { suggestionsAt, type Integration, type Suggestions } from '../model/completion';

/** Suggestions for the definition's field, and what its keys do with them. */
export interface Completion {
  /** What is shown; undefined while nothing is. */
  open: Suggestions | undefined;
  /** Which suggestion Enter takes. */
  chosen: number;
  onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  /** The text was edited. */
  onEdit: (text: string, caret: number) => void;
  take: (index: number) => void;
  close: () => void;
}

/** Completes what is written in a field: Ctrl+Space opens the list, arrows choose, Enter takes, Escape closes. */
export function useCompletion(field: RefObject<HTMLTextAreaElement | null>): Completion {
  const { value } = useLoaded(signal => call<{ integrations: Integration[] }>('ListIntegrations', {}, signal), []);
  const [state, setState] = useState<{ open: Suggestions; chosen: number }>();
  const close = (): void => setState(undefined);
  const show = (text: string, caret: number): void => {
    const open = suggestionsAt(text, caret, value?.integrations ?? []);
    setState(open.items.length > 0 ? { open, chosen: 0 } : undefined);
  };
  const take = (index: number): void => {
    const suggestion = state?.open.items[index];
    if (state && suggestion && field.current) {
      field.current.focus();
      field.current.setRangeText(JSON.stringify(suggestion.text).slice(1, -1), state.open.start, state.open.end, 'end');
      // React hears of a change as the browser tells of one.
      field.current.dispatchEvent(new Event('input', { bubbles: true }));
    }
    close();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === ' ' && event.ctrlKey) {
      show(event.currentTarget.value, event.currentTarget.selectionStart);
    } else if (state === undefined) {
      return;
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const count = state.open.items.length;
      setState({ ...state, chosen: (state.chosen + (event.key === 'ArrowDown' ? 1 : count - 1)) % count });
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      take(state.chosen);
    } else if (event.key === 'Escape') {
      close();
    } else {
      return;
    }
    event.preventDefault();
  };
  const onEdit = (text: string, caret: number): void => {
    if (state !== undefined) {
      show(text, caret);
    }
  };

  return { open: state?.open, chosen: state?.chosen ?? 0, onKeyDown, onEdit, take, close };
}
