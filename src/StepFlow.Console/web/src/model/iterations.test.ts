import { describe, expect, it } from 'vitest';
import { iterationsOf, mapOf, neighbour, stepIn } from './iterations';
import { history } from './testing';
import { timelineOf } from './timeline';

const { steps } = timelineOf(history(
  [1, 0, 'ExecutionStarted'],
  [2, 0, 'MapStateEntered', { name: 'M' }],
  [3, 2, 'MapStateStarted', { length: 3 }],
  [4, 3, 'MapIterationStarted', { name: 'M', index: 0 }],
  [5, 3, 'MapIterationStarted', { name: 'M', index: 2 }],
  [6, 3, 'MapIterationStarted', { name: 'M', index: 1 }],
  [7, 4, 'PassStateEntered', { name: 'A' }],
  [8, 7, 'PassStateExited', { name: 'A' }],
  [9, 8, 'WaitStateEntered', { name: 'B' }],
  [10, 5, 'TaskStateEntered', { name: 'A' }],
  [11, 10, 'TaskScheduled', { resource: 'r' }],
  [12, 11, 'TaskFailed', { error: 'E' }],
  [13, 6, 'PassStateEntered', { name: 'A' }],
), { status: 'RUNNING' });
const byId = new Map(steps.map(step => [step.id, step]));
const map = byId.get(2)!;
const iterations = iterationsOf(steps, map);

describe('iterations', () => {
  it('are in order, with the status of their last step', () => {
    expect(iterations.map(one => `${one.index} ${one.status} ${one.steps.map(step => step.id).join()}`)).toEqual(['0 running 7,9', '1 running 13', '2 running 10']);
  });

  it('lead to the step of the same name, else to the last', () => {
    expect(stepIn(iterations[0]!, 'A').id).toBe(7);
    expect(stepIn(iterations[0]!, 'M').id).toBe(9);
    expect(stepIn(iterations[1]!, 'B').id).toBe(13);
  });

  it('know their Map', () => {
    expect(mapOf(map, byId)).toEqual({ map, index: undefined });
    expect(mapOf(byId.get(10)!, byId)).toEqual({ map, index: 2 });
  });

  it.each([[undefined, true, 0], [0, true, 1], [2, true, 0], [undefined, false, 2], [1, false, 0], [0, false, 2]])('from %s, forward %s: %d', (index, isForward, expected) => {
    expect(neighbour(iterations, index, isForward)?.index).toBe(expected);
    expect(neighbour([], index, isForward)).toBeUndefined();
  });
});
