import { useState, type UIEvent } from 'react';

/** The part of a long list that is in view. */
export interface ListWindow {
  first: number;
  last: number;
  /** Pixels above and below that stand for what is not drawn. */
  above: number;
  below: number;
  onScroll: (event: UIEvent<HTMLElement>) => void;
}

const spare = 20;

/** Draws only the rows in view of a list whose rows are of one height. */
export function useWindow(count: number, rowHeight: number, viewHeight: number): ListWindow {
  const [top, setTop] = useState(0);
  const first = Math.max(0, Math.min(count, Math.floor(top / rowHeight) - spare));
  const last = Math.min(count, Math.ceil((top + viewHeight) / rowHeight) + spare);
  return { first, last, above: first * rowHeight, below: (count - last) * rowHeight, onScroll: event => setTop(event.currentTarget.scrollTop) };
}
