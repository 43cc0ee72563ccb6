import type { Counts } from '../api/shapes';

/** How fast a Map Run works through what it has to do. */
export interface Rate {
  /** How many end in a second, on average since the start. */
  perSecond: number;
  /** How long the rest takes at that rate, in milliseconds; undefined where that cannot be told. */
  left: number | undefined;
}

/** The rate of a run so far; undefined where nothing has ended. */
export function rateOf(counts: Counts, elapsed: number): Rate | undefined {
  const ended = counts.succeeded + counts.failed + counts.timedOut + counts.aborted;
  if (ended === 0 || elapsed <= 0) {
    return undefined;
  }

  const open = counts.pending + counts.running;
  return { perSecond: (1000 * ended) / elapsed, left: open === 0 ? undefined : (open * elapsed) / ended };
}
