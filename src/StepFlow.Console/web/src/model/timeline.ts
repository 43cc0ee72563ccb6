import { detailsOf, type HistoryEvent } from './history';
import { isFields, textOf, type Fields } from './json';
import type { Timeline } from './steps';
import { Runs } from './runs';
import { callOf, caughtIn, endingOf, failureAfter, failureOf, firstCallOf, inOrder, isInside, openIn, upwards, type Place } from './search';
import { Visit } from './visits';

/** Reads a history: the steps in the order of their entering, and where the execution failed. */
export function timelineOf(events: HistoryEvent[], execution: { status: string }): Timeline {
  const reader = new Reader();
  for (const event of inOrder(events)) {
    reader.read(event);
  }

  return reader.end(execution.status);
}

class Reader {
  private readonly visits: Visit[] = [];
  private readonly places = new Map<number, Place>();
  /** The last visit entered after an event, by its state's name: a failed evaluation follows that same event. */
  private readonly entered = new Map<string, Visit>();
  private readonly runs = new Runs();
  private failed?: Visit;
  private last?: HistoryEvent;

  read(event: HistoryEvent): void {
    this.last = event;
    const place: Place = { event };
    this.places.set(event.id, place);
    const details = detailsOf(event);
    const before = this.places.get(event.previousEventId);
    const visit = this.visitOf(event, details, before, place);
    if (visit) {
      this.runs.resume(visit, event);
      place.visit = visit;
      visit.step.events.push(event);
    }
  }

  end(status: string): Timeline {
    const ending = endingOf(status);
    if (ending) {
      this.runs.end(this.last?.timestamp, ending);
    }

    const timeline: Timeline = { steps: this.visits.map(visit => visit.step) };
    if (this.failed && status !== 'SUCCEEDED') {
      timeline.failedStep = this.failed.step.id;
    }

    return timeline;
  }

  private visitOf(event: HistoryEvent, details: Fields, before: Place | undefined, place: Place): Visit | undefined {
    const state = /^([A-Z][a-z]+)State(\w+)$/.exec(event.type);
    if (state) {
      const [, type = '', what = ''] = state;
      switch (what) {
        case 'Entered': return this.enter(event, details, type, before);
        case 'Exited': return this.exit(event, details, type, before);
        case 'Aborted': return this.abort(event, type, before);
        default: return this.group(event, type, what, before);
      }
    }

    if (event.type.startsWith('MapIteration')) {
      return this.iteration(event, details, before, place);
    }

    if (event.type.startsWith('MapRun')) {
      return this.mapRun(event, details, before);
    }

    if (event.type.startsWith('Execution')) {
      this.execution(event, details, before);
      return undefined;
    }

    return event.type === 'EvaluationFailed' ? this.evaluation(event, details, before) : this.attempt(event, details, before);
  }

  private enter(event: HistoryEvent, details: Fields, type: string, before: Place | undefined): Visit {
    const name = textOf(details.name) ?? '';
    const visit = new Visit(event, details, type, ...this.insideOf(name, type, event, before));
    this.visits.push(visit);
    this.runs.add(visit);
    this.entered.set(`${event.previousEventId}/${name}`, visit);
    this.entered.set(name, visit);
    return visit;
  }

  private insideOf(name: string, type: string, event: HistoryEvent, before: Place | undefined): [Visit | undefined, number | undefined] {
    const again = this.runs.haltedAfter(before, candidate => candidate.step.name === name && candidate.step.type === type);
    if (again) {
      this.runs.replace(again, event);
      return [again.parent, again.step.iteration];
    }

    if (!before?.visit) {
      return [undefined, undefined];
    }

    const visit = before.visit;
    if (before.event.type === 'ParallelStateStarted' || before.event.type === 'MapIterationStarted') {
      return [visit, before.iteration];
    }

    if (visit.isOpen) {
      visit.leave(before.event.timestamp);
      this.runs.remove(visit);
    }

    return [visit.parent, visit.step.iteration];
  }

  private exit(event: HistoryEvent, details: Fields, type: string, before: Place | undefined): Visit | undefined {
    const name = textOf(details.name);
    const from = before?.visit;
    const visit = upwards(from, at => at.step.name === name && !at.isExited)
      ?? this.runs.goOn(event, before, at => at.step.name === name)
      ?? this.openNamed(name ?? '', type);
    if (!visit) {
      return undefined;
    }

    if (from && from !== visit && isInside(from, visit) && !from.isExited) {
      visit.fail(failureAfter(before), from);
    }

    const output = textOf(details.output);
    if (output !== undefined) {
      visit.step.output = output;
      if (visit.hasFailed && visit.step.error === undefined) {
        visit.explain(caughtIn(output));
      }
    }

    const assigned = details.assignedVariables;
    if (isFields(assigned)) {
      visit.step.assigned = assigned;
    }

    visit.leave(event.timestamp);
    this.runs.remove(visit);
    return visit;
  }

  private abort(event: HistoryEvent, type: string, before: Place | undefined): Visit | undefined {
    // The siblings of a failed step are aborted one after the other, all after the event of the failure.
    const isIt = (at: Visit): boolean => at.step.type === type && at.isOpen && !at.isClosed;
    const from = before?.visit;
    let visit = from && isIt(from) ? from : undefined;
    for (let scope = from?.parent; scope && !visit; scope = scope.parent) {
      visit = openIn(scope.open, isIt, from);
    }

    visit ??= openIn(this.runs.top, isIt, from);
    if (visit) {
      this.runs.abort(visit, event.timestamp);
    }

    return visit;
  }

  private group(event: HistoryEvent, type: string, what: string, before: Place | undefined): Visit | undefined {
    const isIt = (at: Visit): boolean => at.step.type === type && at.isOpen;
    const from = before?.visit;
    const visit = (what === 'Started' ? this.runs.goOn(event, before, at => at.step.type === type) : undefined)
      ?? upwards(from, at => isIt(at) && !at.isClosed)
      ?? upwards(from, isIt);
    if (!visit) {
      return undefined;
    }

    const cause = from && from !== visit && !from.isExited ? from : undefined;
    if (what === 'Started') {
      this.restart(visit, cause, event, before);
    } else if (what === 'Succeeded') {
      visit.endAttempt(event.timestamp, 'succeeded');
    } else if (what === 'Failed') {
      this.markFailed(visit, cause, event, before);
      visit.isClosed = true;
    }

    return visit;
  }

  private restart(visit: Visit, cause: Visit | undefined, event: HistoryEvent, before: Place | undefined): void {
    if (before?.visit !== visit && !cause) {
      // A redrive that made it go on has begun an attempt already.
      visit.step.attempts = visit.step.attempts.filter(attempt => attempt.status !== 'running');
    } else if (cause || visit.hasFailed) {
      this.markFailed(visit, cause, event, before);
    }

    visit.isClosed = false;
    visit.cut.clear();
    visit.begin(event.timestamp);
  }

  private markFailed(visit: Visit, cause: Visit | undefined, event: HistoryEvent, before: Place | undefined): void {
    const failure = failureAfter(before);
    cause?.fail(failure);
    visit.fail(failure, cause);
    visit.endAttempt(event.timestamp, 'failed', visit.step);
    visit.settleInside(event.timestamp, 'cut');
  }

  private iteration(event: HistoryEvent, details: Fields, before: Place | undefined, place: Place): Visit | undefined {
    const name = textOf(details.name);
    if (event.type === 'MapIterationStarted' && typeof details.index === 'number') {
      place.iteration = details.index;
    }

    return upwards(before?.visit, at => at.step.name === name && at.step.type === 'Map' && !at.isExited)
      ?? this.runs.goOn(event, before, at => at.step.name === name)
      ?? this.openNamed(name ?? '', 'Map');
  }

  private mapRun(event: HistoryEvent, details: Fields, before: Place | undefined): Visit | undefined {
    const arn = textOf(details.mapRunArn);
    const visit = (event.type === 'MapRunRedriven' ? this.runs.goOn(event, before, at => at.step.mapRunArn === arn) : undefined)
      ?? upwards(before?.visit, at => at.step.type === 'Map' && !at.isExited);
    if (visit && arn !== undefined) {
      visit.step.mapRunArn = arn;
    }

    if (visit && event.type === 'MapRunFailed') {
      visit.fail(failureOf(details));
      visit.endAttempt(event.timestamp, 'failed', failureOf(details));
    }

    return visit;
  }

  private execution(event: HistoryEvent, details: Fields, before: Place | undefined): void {
    if (event.type === 'ExecutionRedriven') {
      this.failed = undefined;
      this.runs.redrive();
      return;
    }

    if (event.type === 'ExecutionFailed') {
      const visit = before?.visit;
      // What follows a state that was left or cut off is a failure of the machine, not of the state.
      if (visit?.isOpen) {
        visit.fail(failureOf(details));
        visit.explain(failureOf(details));
        this.failed = visit.origin;
      }
    }

    const ending = endingOf(event.type.slice('Execution'.length).toUpperCase());
    if (ending) {
      this.runs.end(event.timestamp, ending === 'failed' && this.failed ? 'cut' : ending);
    }
  }

  private evaluation(event: HistoryEvent, details: Fields, before: Place | undefined): Visit | undefined {
    const name = textOf(details.state) ?? before?.visit?.step.name ?? '';
    const visit = upwards(before?.visit, at => at.step.name === name && at.isOpen)
      ?? this.runs.goOn(event, before, at => at.step.name === name)
      ?? this.entered.get(`${event.previousEventId}/${name}`)
      ?? this.openNamed(name);
    visit?.fail(failureOf(details));
    visit?.endAttempt(event.timestamp, 'failed', failureOf(details));
    return visit;
  }

  private attempt(event: HistoryEvent, details: Fields, before: Place | undefined): Visit | undefined {
    const [, what = ''] = /^(?:Task|LambdaFunction|Activity)(\w+)$/.exec(event.type) ?? [];
    const visit = this.runs.goOn(event, before, at => at.step.type === 'Task' && firstCallOf(at.step) === callOf(details))
      ?? this.runs.goOn(event, before, at => at.step.type === 'Task')
      ?? (before?.visit?.isExited ? undefined : before?.visit);
    if (!visit) {
      return undefined;
    }

    if (what === 'Scheduled') {
      visit.begin(event.timestamp);
    } else if (what === 'Succeeded') {
      visit.endAttempt(event.timestamp, 'succeeded');
    } else if (/Failed$|^TimedOut$/.test(what)) {
      if (visit.lastAttempt?.status !== 'running') {
        visit.begin(event.timestamp);
      }

      visit.fail(failureOf(details));
      visit.endAttempt(event.timestamp, what === 'TimedOut' ? 'timedOut' : 'failed', failureOf(details));
    }

    return visit;
  }

  private openNamed(name: string, type?: string): Visit | undefined {
    const visit = this.entered.get(name);
    return visit?.isOpen && (type === undefined || visit.step.type === type) ? visit : undefined;
  }
}
