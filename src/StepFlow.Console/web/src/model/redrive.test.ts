import { describe, expect, it } from 'vitest';
import { history } from './testing';
import { timelineOf } from './timeline';

type Short = [id: number, previous: number, type: string, details?: { [name: string]: string | number }];

const failedTask: Short[] = [
  [1, 0, 'ExecutionStarted'],
  [2, 0, 'TaskStateEntered', { name: 'T' }],
  [3, 2, 'TaskScheduled', { resource: 'r' }],
  [4, 3, 'TaskFailed', { error: 'E' }],
  [5, 4, 'ExecutionFailed', { error: 'E' }],
  [6, 5, 'ExecutionRedriven', { redriveCount: 1 }],
];

const failedMap: Short[] = [
  [1, 0, 'ExecutionStarted'],
  [2, 0, 'MapStateEntered', { name: 'M' }],
  [3, 2, 'MapStateStarted', { length: 2 }],
  [4, 3, 'MapIterationStarted', { name: 'M', index: 0 }],
  [5, 3, 'MapIterationStarted', { name: 'M', index: 1 }],
  [6, 4, 'TaskStateEntered', { name: 'T' }],
  [7, 5, 'WaitStateEntered', { name: 'W' }],
  [8, 6, 'TaskScheduled', { resource: 'r' }],
  [9, 8, 'TaskFailed', { error: 'E' }],
  [10, 9, 'MapIterationFailed', { name: 'M', index: 0 }],
  [11, 9, 'TaskStateAborted'],
  [12, 9, 'MapIterationAborted', { name: 'M', index: 1 }],
  [13, 9, 'WaitStateAborted'],
  [14, 9, 'MapStateFailed'],
  [15, 14, 'ExecutionFailed', { error: 'E' }],
  [16, 15, 'ExecutionRedriven', { redriveCount: 1 }],
];

function shape(events: Short[], status: string): string[] {
  const { steps, failedStep } = timelineOf(history(...events), { status });
  return steps.map(step => [step.id, step.name, step.status, step.parent ?? '-', step.iteration ?? '-', step.attempts.map(one => one.status).join()].join(' ') + (step.id === failedStep ? ' !' : ''));
}

describe('timelineOf a redriven execution', () => {
  it('goes on with the Task that failed', () => {
    expect(shape(failedTask.slice(0, 5), 'FAILED')).toEqual(['2 T failed - - failed !']);
    expect(shape([...failedTask, [7, 6, 'TaskScheduled', { resource: 'r' }]], 'RUNNING')).toEqual(['2 T running - - failed,running']);
    expect(shape([...failedTask, [7, 6, 'TaskScheduled', { resource: 'r' }], [8, 7, 'TaskSucceeded'], [9, 8, 'TaskStateExited', { name: 'T' }], [10, 9, 'ExecutionSucceeded']], 'SUCCEEDED'))
      .toEqual(['2 T succeeded - - failed,succeeded']);
    expect(shape([...failedTask, [7, 6, 'TaskScheduled', { resource: 'r' }], [8, 7, 'TaskTimedOut', { error: 'States.Timeout' }], [9, 8, 'ExecutionFailed', { error: 'States.Timeout' }]], 'FAILED'))
      .toEqual(['2 T timedOut - - failed,timedOut !']);
  });

  it('makes a step of a state that is entered anew', () => {
    expect(shape([
      [1, 0, 'ExecutionStarted'],
      [2, 0, 'FailStateEntered', { name: 'F' }],
      [3, 2, 'ExecutionFailed', { error: 'E' }],
      [4, 3, 'ExecutionRedriven', { redriveCount: 1 }],
      [5, 4, 'FailStateEntered', { name: 'F' }],
      [6, 5, 'ExecutionFailed', { error: 'E' }],
    ], 'FAILED')).toEqual(['2 F failed - - ', '5 F failed - -  !']);
  });

  it('goes on inside of a Map', () => {
    const again: Short[] = [
      ...failedMap,
      [17, 16, 'MapIterationStarted', { name: 'M', index: 0 }],
      [18, 16, 'MapIterationStarted', { name: 'M', index: 1 }],
      [19, 17, 'TaskScheduled', { resource: 'r' }],
      [20, 18, 'WaitStateEntered', { name: 'W' }],
    ];
    expect(shape(failedMap.slice(0, 15), 'FAILED')).toEqual(['2 M failed - - failed', '6 T failed 2 0 failed !', '7 W aborted 2 1 ']);
    expect(shape(again, 'RUNNING')).toEqual(['2 M running - - failed,running', '6 T running 2 0 failed,running', '7 W aborted 2 1 ', '20 W running 2 1 ']);
    expect(shape([
      ...again,
      [21, 19, 'TaskSucceeded'],
      [22, 21, 'TaskStateExited', { name: 'T' }],
      [23, 22, 'MapIterationSucceeded', { name: 'M', index: 0 }],
      [24, 20, 'WaitStateExited', { name: 'W' }],
      [25, 24, 'MapIterationSucceeded', { name: 'M', index: 1 }],
      [26, 25, 'MapStateSucceeded'],
      [27, 25, 'MapStateExited', { name: 'M' }],
      [28, 27, 'ExecutionSucceeded'],
    ], 'SUCCEEDED')).toEqual(['2 M succeeded - - failed,succeeded', '6 T succeeded 2 0 failed,succeeded', '7 W aborted 2 1 ', '20 W succeeded 2 1 ']);
  });

  it('goes on in the branches of a Parallel that had not ended', () => {
    expect(shape([
      [1, 0, 'ExecutionStarted'],
      [2, 0, 'ParallelStateEntered', { name: 'P' }],
      [3, 2, 'ParallelStateStarted'],
      [4, 3, 'TaskStateEntered', { name: 'A' }],
      [5, 3, 'TaskStateEntered', { name: 'B' }],
      [6, 4, 'TaskScheduled', { resource: 'r', parameters: 'a' }],
      [7, 5, 'TaskScheduled', { resource: 'r', parameters: 'b' }],
      [8, 0, 'ExecutionAborted'],
      [9, 8, 'ExecutionRedriven', { redriveCount: 1 }],
      [10, 9, 'TaskScheduled', { resource: 'r', parameters: 'b' }],
      [11, 9, 'TaskScheduled', { resource: 'r', parameters: 'a' }],
      [12, 10, 'TaskFailed', { error: 'E' }],
      [13, 12, 'TaskStateAborted'],
      [14, 12, 'TaskStateAborted'],
      [15, 12, 'ParallelStateFailed'],
      [16, 15, 'ExecutionFailed', { error: 'E' }],
      [17, 16, 'ExecutionRedriven', { redriveCount: 2 }],
      [18, 17, 'TaskScheduled', { resource: 'r', parameters: 'a' }],
      [19, 17, 'TaskScheduled', { resource: 'r', parameters: 'b' }],
    ], 'RUNNING')).toEqual(['2 P running - - aborted,failed,running', '4 A running 2 - aborted,aborted,running', '5 B running 2 - aborted,failed,running']);
  });

  it('goes on with a Map Run', () => {
    expect(shape([
      [1, 0, 'ExecutionStarted'],
      [2, 0, 'MapStateEntered', { name: 'M' }],
      [3, 2, 'MapStateStarted', { length: 0 }],
      [4, 3, 'MapRunStarted', { mapRunArn: 'arn' }],
      [5, 4, 'MapRunFailed', { error: 'E' }],
      [6, 5, 'MapStateFailed'],
      [7, 6, 'ExecutionFailed', { error: 'E' }],
      [8, 7, 'ExecutionRedriven', { redriveCount: 1 }],
      [9, 8, 'MapRunRedriven', { mapRunArn: 'arn', redriveCount: 1 }],
      [10, 9, 'MapRunSucceeded'],
      [11, 10, 'MapStateSucceeded'],
      [12, 9, 'MapStateExited', { name: 'M' }],
      [13, 12, 'ExecutionSucceeded'],
    ], 'SUCCEEDED')).toEqual(['2 M succeeded - - failed,succeeded']);
  });

  it('starts a Parallel anew that had no branch left', () => {
    expect(shape([
      [1, 0, 'ExecutionStarted'],
      [2, 0, 'ParallelStateEntered', { name: 'P' }],
      [3, 2, 'ParallelStateStarted'],
      [4, 3, 'PassStateEntered', { name: 'A' }],
      [5, 4, 'PassStateExited', { name: 'A' }],
      [6, 5, 'ParallelStateSucceeded'],
      [7, 6, 'EvaluationFailed', { state: 'P', error: 'E' }],
      [8, 7, 'ExecutionFailed', { error: 'E' }],
      [9, 8, 'ExecutionRedriven', { redriveCount: 1 }],
      [10, 9, 'ParallelStateStarted'],
      [11, 10, 'PassStateEntered', { name: 'A' }],
    ], 'RUNNING')).toEqual(['2 P running - - succeeded,running', '4 A succeeded 2 - ', '11 A running 2 - ']);
  });
});
