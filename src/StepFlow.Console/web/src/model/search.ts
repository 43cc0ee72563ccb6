import { detailsOf, type HistoryEvent } from './history';
import { isFields, parseJson, textOf, type Fields } from './json';
import type { Step } from './steps';
import type { Ending, Failure, Visit } from './visits';

/** An event and the visit that it belongs to. */
export interface Place {
  event: HistoryEvent;
  visit?: Visit;
  /** Of a MapIterationStarted. */
  iteration?: number;
}

/** How an execution of a status ended; undefined while it runs. */
export function endingOf(status: string): Ending | undefined {
  switch (status) {
    case 'SUCCEEDED': return 'succeeded';
    case 'FAILED': return 'failed';
    case 'TIMED_OUT':
    case 'TIMEDOUT': return 'timedOut';
    case 'ABORTED': return 'stopped';
    default: return undefined;
  }
}

/** The error and cause that details tell. */
export function failureOf(details: Fields): Failure {
  return { error: textOf(details.error), cause: textOf(details.cause) };
}

/** What a Task's attempt calls and what it gives: tells apart the branches that go on after a redrive. */
export function callOf(details: Fields): string {
  return JSON.stringify([details.resource ?? null, details.parameters ?? details.input ?? null]);
}

/** The first visit that is it, from a visit outwards. */
export function upwards(from: Visit | undefined, isIt: (visit: Visit) => boolean): Visit | undefined {
  let at = from;
  while (at && !isIt(at)) {
    at = at.parent;
  }

  return at;
}

/** Whether a visit is inside of another. */
export function isInside(visit: Visit, outer: Visit): boolean {
  return upwards(visit.parent, at => at === outer) !== undefined;
}

/** The first open visit that is it and does not hold another. */
export function openIn(open: Iterable<Visit>, isIt: (visit: Visit) => boolean, from: Visit | undefined): Visit | undefined {
  for (const visit of open) {
    const found = isIt(visit) && !(from && isInside(from, visit)) ? visit : openIn(visit.open, isIt, from);
    if (found) {
      return found;
    }
  }

  return undefined;
}

/** All that was cut off, with what is inside. */
export function* within(cut: Iterable<Visit>): Iterable<Visit> {
  for (const visit of cut) {
    yield visit;
    yield* within(visit.cut);
  }
}

/** The events by their ids. */
export function inOrder(events: HistoryEvent[]): HistoryEvent[] {
  const isSorted = events.every((event, index) => index === 0 || event.id >= (events[index - 1]?.id ?? 0));
  return isSorted ? events : [...events].sort((left, right) => left.id - right.id);
}

/** The call of a step's first attempt. */
export function firstCallOf(step: Step): string | undefined {
  const scheduled = step.events.find(event => event.type.endsWith('Scheduled'));
  return scheduled && callOf(detailsOf(scheduled));
}

/** What a Catch put into a state's output: what a Fail state said is in no event but that and the execution's own. */
export function caughtIn(output: string): Failure {
  const value = parseJson(output);
  return isFields(value) ? { error: textOf(value.Error), cause: textOf(value.Cause) } : {};
}

/** The failure that follows from an event. */
export function failureAfter(before: Place | undefined): Failure {
  const own = before ? failureOf(detailsOf(before.event)) : {};
  return own.error === undefined && before?.visit ? before.visit.step : own;
}
