import type { HistoryEvent } from './history';
import { upwards, within, type Place } from './search';
import type { Ending, Visit } from './visits';

/** The runs of an execution: its first, and one for each redrive. */
export class Runs {
  /** The outermost steps that have not ended. */
  readonly top = new Set<Visit>();
  private readonly cut = new Set<Visit>();
  /** What the last run cut off and the redrive has not made go on yet. */
  private halted = new Set<Visit>();

  /** Begins a run after a redrive. */
  redrive(): void {
    this.halted = new Set(within(this.cut));
    this.cut.clear();
  }

  /** Ends a run. */
  end(time: string | undefined, ending: Ending): void {
    for (const visit of this.top) {
      visit.settle(time, ending);
      this.cut.add(visit);
    }

    this.top.clear();
  }

  /** Takes a visit that was left from those that are open. */
  remove(visit: Visit): void {
    (visit.parent?.open ?? this.top).delete(visit);
  }

  /** Adds a visit to those that are open. */
  add(visit: Visit): void {
    (visit.parent?.open ?? this.top).add(visit);
  }

  /** Ends a visit that was aborted. */
  abort(visit: Visit, time: string): void {
    visit.settle(time, 'stopped');
    this.remove(visit);
    (visit.parent?.cut ?? this.cut).add(visit);
  }

  /** The halted visit that goes on after an event: the redrive itself, or the start of the iteration that it is inside of. */
  haltedAfter(before: Place | undefined, isIt: (visit: Visit) => boolean): Visit | undefined {
    if (this.halted.size === 0 || !before || !/^(ExecutionRedriven|MapIterationStarted|ParallelStateStarted)$/.test(before.event.type)) {
      return undefined;
    }

    for (const visit of this.halted) {
      const isThere = before.visit === undefined
        || upwards(visit, at => at.parent === before.visit && at.step.iteration === before.iteration) !== undefined;
      if (isThere && isIt(visit)) {
        return visit;
      }
    }

    return undefined;
  }

  /** The same, and makes it go on. */
  goOn(event: HistoryEvent, before: Place | undefined, isIt: (visit: Visit) => boolean): Visit | undefined {
    const visit = this.haltedAfter(before, isIt);
    this.resume(visit, event);
    return visit;
  }

  /** Makes a halted visit go on, where it is one, with all that it is inside of. */
  resume(visit: Visit | undefined, event: HistoryEvent): void {
    if (!visit || !this.halted.has(visit)) {
      return;
    }

    visit.reopen(event.timestamp);
    for (let at: Visit | undefined = visit; at; at = at.parent) {
      this.halted.delete(at);
      if (!at.parent) {
        this.top.add(at);
      }
    }
  }

  /** A halted visit is entered anew: only what it is inside of goes on. */
  replace(visit: Visit, event: HistoryEvent): void {
    this.halted.delete(visit);
    visit.parent?.cut.delete(visit);
    this.resume(visit.parent, event);
  }
}
