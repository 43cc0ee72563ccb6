import type { HistoryEvent } from './history';
import type { Fields } from './json';

/** How a visit of a state stands. */
export type StepStatus = 'running' | 'succeeded' | 'failed' | 'caught' | 'timedOut' | 'aborted';

/** One attempt of a step's work: a call of a Task, one run of a Map or Parallel. */
export interface Attempt {
  start: string;
  end?: string;
  status: 'running' | 'succeeded' | 'failed' | 'timedOut' | 'aborted';
  error?: string;
  cause?: string;
}

/** One visit of a state. */
export interface Step {
  /** The id of the event that entered it. */
  id: number;
  name: string;
  /** `Task`, `Pass`, `Choice`, `Wait`, `Succeed`, `Fail`, `Parallel`, `Map`. */
  type: string;
  status: StepStatus;
  start: string;
  /** When it was left, or failed for good; undefined while it runs. */
  end?: string;
  /** A JSON text. */
  input?: string;
  /** A JSON text; undefined where it was not left well. */
  output?: string;
  /** The values are JSON texts. */
  assigned?: Fields;
  error?: string;
  cause?: string;
  attempts: Attempt[];
  /** The visit of the Map or Parallel that it is inside of; undefined at the top. */
  parent?: number;
  /** The iteration of that Map; undefined outside of one. */
  iteration?: number;
  /** The Map Run of a distributed Map. */
  mapRunArn?: string;
  /** All events of this visit, without those of steps inside it, in order. */
  events: HistoryEvent[];
}

/** What a history tells. */
export interface Timeline {
  steps: Step[];
  /** The step that the execution failed at; undefined where none did. */
  failedStep?: number;
}
