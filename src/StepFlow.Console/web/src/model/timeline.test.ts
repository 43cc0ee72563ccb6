import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from './history';
import type { Step } from './steps';
import { history } from './testing';
import { timelineOf } from './timeline';

const started: [number, number, string] = [1, 0, 'ExecutionStarted'];

function read(events: HistoryEvent[], status: string): { steps: Step[]; failed?: Step } {
  const { steps, failedStep } = timelineOf(events, { status });
  return { steps, failed: steps.find(step => step.id === failedStep) };
}

function shape(steps: Step[]): string[] {
  return steps.map(step => [step.id, step.name, step.status, step.parent ?? '-', step.iteration ?? '-'].join(' '));
}

describe('timelineOf', () => {
  it('reads nothing from nothing', () => {
    expect(timelineOf([], { status: 'RUNNING' })).toEqual({ steps: [] });
  });

  it('reads a chain of states with what they took and gave', () => {
    const { steps } = read(history(
      started,
      [2, 0, 'PassStateEntered', { name: 'A', input: { x: 1 } }],
      [3, 2, 'PassStateExited', { name: 'A', output: [2], assignedVariables: { v: '1' } }],
      [4, 3, 'SucceedStateEntered', { name: 'B', input: [2] }],
      [5, 4, 'SucceedStateExited', { name: 'B', output: null }],
      [6, 5, 'ExecutionSucceeded', {}]), 'SUCCEEDED');

    expect(shape(steps)).toEqual(['2 A succeeded - -', '4 B succeeded - -']);
    expect(steps[0]).toMatchObject({ type: 'Pass', input: '{"x":1}', output: '[2]', assigned: { v: '1' }, start: '2026-01-01T00:00:02.000Z', end: '2026-01-01T00:00:03.000Z', attempts: [] });
    expect(steps[1]?.output).toBe('null');
    expect(steps[0]?.events.map(event => event.id)).toEqual([2, 3]);
  });

  it('reads events in any order', () => {
    const events = history(started, [2, 0, 'PassStateEntered', { name: 'A' }], [3, 2, 'PassStateExited', { name: 'A' }]);
    expect(shape(read(events.reverse(), 'RUNNING').steps)).toEqual(['2 A succeeded - -']);
  });

  it('counts the attempts of a Retry', () => {
    const { steps } = read(history(
      started,
      [2, 0, 'TaskStateEntered', { name: 'T' }],
      [3, 2, 'TaskScheduled', { resource: 'r' }],
      [4, 3, 'TaskStarted', {}],
      [5, 4, 'TaskFailed', { error: 'E', cause: 'c' }],
      [6, 5, 'TaskScheduled', { resource: 'r' }],
      [7, 6, 'TaskTimedOut', { error: 'States.Timeout' }],
      [8, 7, 'TaskScheduled', { resource: 'r' }],
      [9, 8, 'TaskSucceeded', {}],
      [10, 9, 'TaskStateExited', { name: 'T', output: 1 }]), 'RUNNING');

    expect(steps[0]?.status).toBe('succeeded');
    expect(steps[0]?.error).toBeUndefined();
    expect(steps[0]?.attempts).toMatchObject([
      { status: 'failed', error: 'E', cause: 'c' },
      { status: 'timedOut', error: 'States.Timeout' },
      { status: 'succeeded', start: '2026-01-01T00:00:08.000Z', end: '2026-01-01T00:00:09.000Z' },
    ]);
  });

  it.each([['RUNNING', 'running'], ['FAILED', 'failed'], ['TIMED_OUT', 'timedOut'], ['ABORTED', 'aborted']])('a step that waits for its retry while %s is %s', (status, expected) => {
    const { steps } = read(history(
      started,
      [2, 0, 'TaskStateEntered', { name: 'T' }],
      [3, 2, 'LambdaFunctionScheduled', { resource: 'r' }],
      [4, 3, 'LambdaFunctionFailed', { error: 'E' }]), status);
    expect(steps[0]?.status).toBe(expected);
    expect(steps[0]?.attempts).toMatchObject([{ status: 'failed', error: 'E' }]);
  });

  it.each([true, false])('knows a Catch, with an exit (%s) or without', hasExit => {
    const { steps, failed } = read(history(
      started,
      [2, 0, 'TaskStateEntered', { name: 'T' }],
      [3, 2, 'ActivityScheduled', { resource: 'r' }],
      [4, 3, 'ActivityFailed', { error: 'E', cause: 'c' }],
      hasExit ? [5, 4, 'TaskStateExited', { name: 'T', output: { Error: 'E' } }] : [5, 0, 'Unknown'],
      [6, hasExit ? 5 : 4, 'PassStateEntered', { name: 'After' }],
      [7, 6, 'PassStateExited', { name: 'After' }],
      [8, 7, 'ExecutionSucceeded', {}]), 'SUCCEEDED');

    expect(shape(steps)).toEqual(['2 T caught - -', '6 After succeeded - -']);
    expect(steps[0]).toMatchObject({ error: 'E', cause: 'c' });
    expect(failed).toBeUndefined();
  });

  it('finds the failing step in a Parallel; the other branch is aborted', () => {
    const { steps, failed } = read(history(
      started,
      [2, 0, 'ParallelStateEntered', { name: 'P' }],
      [3, 2, 'ParallelStateStarted'],
      [4, 3, 'TaskStateEntered', { name: 'A' }],
      [5, 3, 'TaskStateEntered', { name: 'B' }],
      [6, 4, 'TaskScheduled', { resource: 'r' }],
      [7, 5, 'TaskScheduled', { resource: 'r' }],
      [8, 7, 'TaskFailed', { error: 'E', cause: 'c' }],
      [9, 8, 'TaskStateAborted'],
      [10, 8, 'TaskStateAborted'],
      [11, 8, 'ParallelStateFailed'],
      [12, 11, 'ExecutionFailed', { error: 'E', cause: 'c' }]), 'FAILED');

    expect(shape(steps)).toEqual(['2 P failed - -', '4 A aborted 2 -', '5 B failed 2 -']);
    expect(failed?.name).toBe('B');
    expect(steps[0]).toMatchObject({ error: 'E', cause: 'c', attempts: [{ status: 'failed', error: 'E' }] });
    expect(steps[1]?.attempts).toMatchObject([{ status: 'aborted' }]);
  });

  it('takes a step that waited for its retry for aborted where another one failed', () => {
    const { steps, failed } = read(history(
      started,
      [2, 0, 'ParallelStateEntered', { name: 'P' }],
      [3, 2, 'ParallelStateStarted'],
      [4, 3, 'TaskStateEntered', { name: 'A' }],
      [5, 3, 'TaskStateEntered', { name: 'B' }],
      [6, 4, 'TaskScheduled', { resource: 'r' }],
      [7, 5, 'TaskScheduled', { resource: 'r' }],
      [8, 6, 'TaskFailed', { error: 'Again' }],
      [9, 7, 'TaskTimedOut', { error: 'States.Timeout' }],
      [10, 9, 'TaskStateAborted'],
      [11, 9, 'TaskStateAborted'],
      [12, 9, 'ParallelStateFailed'],
      [13, 12, 'ExecutionFailed', { error: 'States.Timeout' }]), 'FAILED');
    expect(shape(steps)).toEqual(['2 P failed - -', '4 A aborted 2 -', '5 B timedOut 2 -']);
    expect(failed?.name).toBe('B');
  });

  it('gives a Fail the error of the execution, or of the Catch of what holds it', () => {
    const inside: [number, number, string, { [name: string]: string }?][] = [
      started,
      [2, 0, 'ParallelStateEntered', { name: 'P' }],
      [3, 2, 'ParallelStateStarted'],
      [4, 3, 'FailStateEntered', { name: 'F' }],
      [5, 4, 'ParallelStateFailed'],
    ];
    const failed = read(history(...inside, [6, 5, 'ExecutionFailed', { error: 'E', cause: 'c' }]), 'FAILED');
    expect(failed.failed).toMatchObject({ name: 'F', status: 'failed', error: 'E', cause: 'c' });
    expect(failed.steps[0]).toMatchObject({ status: 'failed', error: 'E' });

    const caught = read(history(...inside, [6, 5, 'ParallelStateExited', { name: 'P', output: { Error: 'E', Cause: 'c' } }], [7, 6, 'ExecutionSucceeded']), 'SUCCEEDED');
    expect(caught.failed).toBeUndefined();
    expect(caught.steps.map(step => [step.status, step.error])).toEqual([['caught', 'E'], ['failed', 'E']]);
  });

  it('tells iterations of a Map apart that interleave', () => {
    const { steps } = read(history(
      started,
      [2, 0, 'MapStateEntered', { name: 'M' }],
      [3, 2, 'MapStateStarted', { length: 3 }],
      [4, 3, 'MapIterationStarted', { name: 'M', index: 0 }],
      [5, 3, 'MapIterationStarted', { name: 'M', index: 1 }],
      [6, 4, 'PassStateEntered', { name: 'A' }],
      [7, 5, 'PassStateEntered', { name: 'A' }],
      [8, 7, 'PassStateExited', { name: 'A' }],
      [9, 6, 'PassStateExited', { name: 'A' }],
      [10, 8, 'PassStateEntered', { name: 'B' }],
      [11, 9, 'PassStateEntered', { name: 'B' }],
      [12, 11, 'PassStateExited', { name: 'B' }],
      [13, 12, 'MapIterationSucceeded', { name: 'M', index: 0 }],
      [14, 12, 'MapIterationStarted', { name: 'M', index: 2 }],
      [15, 14, 'PassStateEntered', { name: 'A' }]), 'RUNNING');

    expect(shape(steps)).toEqual(['2 M running - -', '6 A succeeded 2 0', '7 A succeeded 2 1', '10 B running 2 1', '11 B succeeded 2 0', '15 A running 2 2']);
    expect(steps[0]?.events.map(event => event.id)).toEqual([2, 3, 4, 5, 13, 14]);
  });

  it('nests a Map in a Parallel, and runs it again as a whole', () => {
    const run = (first: number, previous: number): [number, number, string, { [name: string]: string | number }?][] => [
      [first, previous, 'ParallelStateStarted'],
      [first + 1, first, 'MapStateEntered', { name: 'M' }],
      [first + 2, first + 1, 'MapStateStarted', { length: 1 }],
      [first + 3, first + 2, 'MapIterationStarted', { name: 'M', index: 0 }],
      [first + 4, first + 3, 'FailStateEntered', { name: 'F' }],
      [first + 5, first + 4, 'MapIterationFailed', { name: 'M', index: 0 }],
      [first + 6, first + 4, 'MapStateFailed'],
    ];
    const { steps, failed } = read(history(
      started,
      [2, 0, 'ParallelStateEntered', { name: 'P' }],
      ...run(3, 2),
      ...run(10, 9),
      [17, 16, 'ParallelStateFailed'],
      [18, 17, 'ExecutionFailed', { error: 'E' }]), 'FAILED');

    expect(shape(steps)).toEqual(['2 P failed - -', '4 M failed 2 -', '7 F failed 4 0', '11 M failed 2 -', '14 F failed 11 0']);
    expect(steps[0]?.attempts.map(attempt => attempt.status)).toEqual(['failed', 'failed']);
    expect(failed?.id).toBe(14);
    expect(failed?.error).toBe('E');
  });

  it('makes each turn of a loop a step', () => {
    const { steps } = read(history(
      started,
      [2, 0, 'PassStateEntered', { name: 'A' }],
      [3, 2, 'PassStateExited', { name: 'A' }],
      [4, 3, 'ChoiceStateEntered', { name: 'C' }],
      [5, 4, 'ChoiceStateExited', { name: 'C' }],
      [6, 5, 'PassStateEntered', { name: 'A' }],
      [7, 6, 'PassStateExited', { name: 'A' }],
      [8, 7, 'ChoiceStateEntered', { name: 'C' }]), 'RUNNING');
    expect(shape(steps)).toEqual(['2 A succeeded - -', '4 C succeeded - -', '6 A succeeded - -', '8 C running - -']);
  });

  it('knows a timeout of a Task, of the execution, and a stop', () => {
    const task = [started, [2, 0, 'TaskStateEntered', { name: 'T' }], [3, 2, 'TaskScheduled', { resource: 'r' }]] as [number, number, string][];
    const timedOut = read(history(...task, [4, 3, 'TaskTimedOut', { error: 'States.Timeout' }], [5, 4, 'ExecutionFailed', { error: 'States.Timeout' }]), 'FAILED');
    expect(timedOut.failed).toMatchObject({ name: 'T', status: 'timedOut', error: 'States.Timeout' });

    const late = read(history(...task, [4, 0, 'ExecutionTimedOut']), 'TIMED_OUT');
    expect(late.failed).toBeUndefined();
    expect(late.steps).toMatchObject([{ status: 'timedOut', end: '2026-01-01T00:00:04.000Z', attempts: [{ status: 'timedOut' }] }]);

    const stopped = read(history(...task, [4, 0, 'ExecutionAborted']), 'ABORTED');
    expect(stopped.steps).toMatchObject([{ status: 'aborted', attempts: [{ status: 'aborted' }] }]);
  });

  it('gives a failed evaluation to the state that it names', () => {
    const { steps, failed } = read(history(
      started,
      [2, 0, 'PassStateEntered', { name: 'A' }],
      [3, 2, 'PassStateExited', { name: 'A' }],
      [4, 3, 'TaskStateEntered', { name: 'B' }],
      [5, 3, 'EvaluationFailed', { state: 'B', error: 'States.QueryEvaluationError', cause: 'c' }],
      [6, 5, 'ExecutionFailed', { error: 'States.QueryEvaluationError', cause: 'c' }]), 'FAILED');
    expect(shape(steps)).toEqual(['2 A succeeded - -', '4 B failed - -']);
    expect(failed).toMatchObject({ name: 'B', error: 'States.QueryEvaluationError', cause: 'c' });
    expect(failed?.events.map(event => event.id)).toEqual([4, 5]);
  });

  it('keeps the Map Run of a Map, and its failure', () => {
    const { failed } = read(history(
      started,
      [2, 0, 'MapStateEntered', { name: 'M' }],
      [3, 2, 'MapStateStarted', { length: 0 }],
      [4, 3, 'MapRunStarted', { mapRunArn: 'arn' }],
      [5, 4, 'MapRunFailed', { error: 'E', cause: 'c' }],
      [6, 5, 'MapStateFailed'],
      [7, 6, 'ExecutionFailed', { error: 'E', cause: 'c' }]), 'FAILED');
    expect(failed).toMatchObject({ name: 'M', mapRunArn: 'arn', error: 'E', attempts: [{ status: 'failed', error: 'E' }] });
  });

  it('blames no state where the machine failed between two', () => {
    const { failed, steps } = read(history(
      started,
      [2, 0, 'PassStateEntered', { name: 'A' }],
      [3, 2, 'PassStateExited', { name: 'A' }],
      [4, 3, 'ExecutionFailed', { error: 'States.Runtime' }]), 'FAILED');
    expect(failed).toBeUndefined();
    expect(steps[0]?.status).toBe('succeeded');
  });

  it('reads as many events as a history may have', () => {
    const events: [number, number, string, { [name: string]: string | number }?][] = [started, [2, 0, 'MapStateEntered', { name: 'M' }], [3, 2, 'MapStateStarted', { length: 6000 }]];
    for (let index = 0; events.length < 24_996; index++) {
      const id = events.length + 1;
      events.push([id, 3, 'MapIterationStarted', { name: 'M', index }], [id + 1, id, 'TaskStateEntered', { name: 'T' }], [id + 2, id + 1, 'TaskScheduled', { resource: 'r' }]);
    }

    const read = history(...events);
    const { steps } = timelineOf(read, { status: 'RUNNING' });
    expect(steps.length).toBe(1 + read.filter(event => event.type === 'TaskStateEntered').length);
  });
});
