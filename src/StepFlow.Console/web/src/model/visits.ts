import type { HistoryEvent } from './history';
import { textOf, type Fields } from './json';
import type { Attempt, Step, StepStatus } from './steps';

/** How a run of the execution, or of a Map or Parallel, ended for the steps that it cut off. */
export type Ending = 'succeeded' | 'failed' | 'timedOut' | 'stopped' | 'cut';

/** An error and its cause. */
export interface Failure {
  error?: string;
  cause?: string;
}

/** A step while its history is read. */
export class Visit {
  readonly step: Step;
  /** The steps inside that have not ended. */
  readonly open = new Set<Visit>();
  /** The steps inside that were cut off; a redrive makes them go on. */
  readonly cut = new Set<Visit>();
  isExited = false;
  /** Ended without having been exited. */
  isSettled = false;
  hasFailed = false;
  /** A Map or Parallel that has said that it failed: nothing more fails it. */
  isClosed = false;
  /** The step inside that made this one fail. */
  failedBy?: Visit;

  constructor(event: HistoryEvent, details: Fields, type: string, readonly parent: Visit | undefined, iteration: number | undefined) {
    this.step = {
      id: event.id,
      name: textOf(details.name) ?? '',
      type,
      status: 'running',
      start: event.timestamp,
      attempts: [],
      events: [],
    };
    const input = textOf(details.input);
    if (input !== undefined) {
      this.step.input = input;
    }

    if (parent) {
      this.step.parent = parent.step.id;
    }

    if (iteration !== undefined) {
      this.step.iteration = iteration;
    }
  }

  get lastAttempt(): Attempt | undefined {
    return this.step.attempts[this.step.attempts.length - 1];
  }

  get isContainer(): boolean {
    return this.step.type === 'Map' || this.step.type === 'Parallel';
  }

  /** Whether nothing has ended this visit. */
  get isOpen(): boolean {
    return !this.isExited && !this.isSettled;
  }

  /** Begins an attempt. */
  begin(time: string): void {
    this.endAttempt(time, 'failed');
    this.step.attempts.push({ start: time, status: 'running' });
    this.hasFailed = false;
    this.failedBy = undefined;
    delete this.step.error;
    delete this.step.cause;
  }

  /** Ends the attempt that runs; none does where it never started. */
  endAttempt(time: string, status: Attempt['status'], failure?: Failure): void {
    const attempt = this.lastAttempt;
    if (attempt?.status === 'running') {
      attempt.status = status;
      attempt.end = time;
      tell(attempt, failure);
    }
  }

  /** Records that it failed; it may still be tried again or caught. */
  fail(failure: Failure | undefined, by?: Visit): void {
    this.hasFailed = true;
    if (this.step.status === 'aborted') {
      // What failed by itself says that it was aborted, too.
      this.step.status = this.lastAttempt?.status === 'timedOut' && !this.isContainer ? 'timedOut' : 'failed';
    }

    if (by && by !== this) {
      this.failedBy = by;
    }

    tell(this.step, failure);
  }

  /** Tells an error that became known late to this step and to those inside that it arose in. */
  explain(failure: Failure): void {
    for (let at: Visit | undefined = this; at; at = at.failedBy) {
      tell(at.step, failure);
      if (at.lastAttempt && at.lastAttempt.status !== 'succeeded' && at.lastAttempt.status !== 'running') {
        tell(at.lastAttempt, failure);
      }
    }
  }

  /** The innermost step at which the failure arose. */
  get origin(): Visit {
    let at: Visit = this;
    while (at.failedBy) {
      at = at.failedBy;
    }

    return at;
  }

  /** Leaves the state, well or by a Catch. */
  leave(time: string): void {
    if (this.hasFailed) {
      this.endAttempt(time, 'failed', this.step);
      this.step.status = 'caught';
    } else {
      this.endAttempt(time, 'succeeded');
      this.step.status = 'succeeded';
    }

    this.step.end = time;
    this.isExited = true;
    this.settleInside(time, 'cut');
    this.cut.clear();
  }

  /** Ends what was not exited. */
  settle(time: string | undefined, ending: Ending): void {
    this.settleInside(time, ending);
    const last = this.lastAttempt?.status;
    const status = this.settledStatus(ending, last);
    if (time !== undefined) {
      this.endAttempt(time, status === 'caught' ? 'failed' : status, this.step);
      this.step.end = time;
    }

    this.step.status = status;
    this.isSettled = true;
  }

  /** Ends all that has not ended inside. */
  settleInside(time: string | undefined, ending: Ending): void {
    for (const inner of this.open) {
      inner.settle(time, ending);
      this.cut.add(inner);
    }

    this.open.clear();
  }

  /** Makes a step that was cut off go on after a redrive, with all that it is inside of. */
  reopen(time: string): void {
    if (this.isOpen) {
      return;
    }

    this.isExited = this.isSettled = this.isClosed = this.hasFailed = false;
    this.failedBy = undefined;
    this.step.status = 'running';
    delete this.step.end;
    delete this.step.error;
    delete this.step.cause;
    if (this.isContainer && this.lastAttempt) {
      this.begin(time);
    }

    this.parent?.reopen(time);
    this.parent?.open.add(this);
    this.parent?.cut.delete(this);
  }

  private settledStatus(ending: Ending, last: Attempt['status'] | undefined): StepStatus {
    if (ending === 'timedOut' || ending === 'succeeded') {
      return ending;
    }

    if (ending === 'stopped') {
      return 'aborted';
    }

    if (this.step.type === 'Fail' || this.hasFailed) {
      return last === 'timedOut' && !this.isContainer ? 'timedOut' : 'failed';
    }

    return ending === 'failed' ? 'failed' : 'aborted';
  }
}

function tell(target: Failure, failure: Failure | undefined): void {
  if (!failure || target.error !== undefined || target.cause !== undefined) {
    return;
  }

  if (failure.error !== undefined) {
    target.error = failure.error;
  }

  if (failure.cause !== undefined) {
    target.cause = failure.cause;
  }
}
