import type { HistoryEvent } from '../model/history';

/** The status of an execution. */
export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'PENDING_REDRIVE';

export interface MachineItem {
  stateMachineArn: string;
  name: string;
  type: 'STANDARD' | 'EXPRESS';
  creationDate: string;
}

export interface Machine extends MachineItem {
  /** The definition's text, byte for byte. */
  definition: string;
  roleArn: string;
  status: string;
  revisionId?: string;
}

export interface ExecutionItem {
  executionArn: string;
  name: string;
  status: ExecutionStatus;
  startDate: string;
  stopDate?: string;
  redriveCount?: number;
  /** Of the item of a Map Run that it works on; undefined for another execution, and for a batch of items. */
  itemIndex?: number;
}

/** Why a running execution does not go on, or a part of it. */
export interface ExecutionProblem {
  executionArn?: string;
  kind: 'SUSPENDED' | 'TASK_REPEATED' | 'MAP_RUN_REPEATED';
  /** The state whose task or Map Run is repeated. */
  stateName?: string;
  reason: string;
  failedAttempts: number;
  firstFailureDate?: string;
  nextAttemptDate?: string;
}

export interface Execution extends ExecutionItem {
  stateMachineArn: string;
  problems?: ExecutionProblem[];
  /** A JSON text. */
  input?: string;
  /** A JSON text. */
  output?: string;
  error?: string;
  cause?: string;
  mapRunArn?: string;
  redriveDate?: string;
  /** Who started, stopped and last redrove it: undefined where callers have no names. */
  startedBy?: string;
  stoppedBy?: string;
  redrivenBy?: string;
  redriveStatus?: 'REDRIVABLE' | 'NOT_REDRIVABLE' | 'REDRIVABLE_BY_MAP_RUN';
  redriveStatusReason?: string;
}

export interface ExecutionsPage {
  executions: ExecutionItem[];
  nextToken?: string;
}

export interface HistoryPage {
  events: HistoryEvent[];
  nextToken?: string;
}

export interface Counts {
  pending: number;
  running: number;
  succeeded: number;
  failed: number;
  timedOut: number;
  aborted: number;
  total: number;
  resultsWritten: number;
}

export interface MapRun {
  mapRunArn: string;
  executionArn: string;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  startDate: string;
  stopDate?: string;
  maxConcurrency: number;
  toleratedFailurePercentage: number;
  toleratedFailureCount: number;
  itemCounts: Counts;
  executionCounts: Counts;
  redriveCount?: number;
}

export interface Diagnostic {
  severity: 'ERROR' | 'WARNING';
  code: string;
  message: string;
  location?: string;
  /** Where it is in the text, from 1. */
  line: number;
  column: number;
}

export interface CheckedDefinition {
  diagnostics: Diagnostic[];
  /** The definition as the API takes it, where the text is in another form: YAML, for example. */
  definition?: string;
}

/** The name at the end of an ARN. */
export function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}
