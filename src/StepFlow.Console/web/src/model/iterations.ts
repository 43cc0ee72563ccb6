import type { Step, StepStatus } from './steps';

/** One iteration of a Map. */
export interface Iteration {
  index: number;
  /** Of the step that it came to last. */
  status: StepStatus;
  steps: Step[];
}

/** The iterations of a visit of a Map, by their index. */
export function iterationsOf(steps: Step[], map: Step): Iteration[] {
  const found = new Map<number, Iteration>();
  for (const step of steps) {
    if (step.parent === map.id && step.iteration !== undefined) {
      const iteration = found.get(step.iteration) ?? { index: step.iteration, status: step.status, steps: [] };
      iteration.status = step.status;
      iteration.steps.push(step);
      found.set(step.iteration, iteration);
    }
  }

  return [...found.values()].sort((left, right) => left.index - right.index);
}

/** The Map that a step is an iteration of, or is itself, and which iteration; undefined outside of one. */
export function mapOf(step: Step, byId: Map<number, Step>): { map: Step; index: number | undefined } | undefined {
  if (step.type === 'Map' && step.mapRunArn === undefined) {
    return { map: step, index: undefined };
  }

  for (let at: Step | undefined = step; at; at = at.parent === undefined ? undefined : byId.get(at.parent)) {
    const parent: Step | undefined = at.parent === undefined ? undefined : byId.get(at.parent);
    if (parent?.type === 'Map' && at.iteration !== undefined) {
      return { map: parent, index: at.iteration };
    }
  }

  return undefined;
}

/** The step of an iteration to look at: the one of a name, else the last. */
export function stepIn(iteration: Iteration, name: string): Step {
  return iteration.steps.findLast(step => step.name === name) ?? iteration.steps.at(-1)!;
}

/** The first iteration after a place, or before it, around the end. */
export function neighbour(iterations: Iteration[], index: number | undefined, isForward: boolean): Iteration | undefined {
  return isForward
    ? iterations.find(one => one.index > (index ?? -1)) ?? iterations[0]
    : iterations.findLast(one => one.index < (index ?? Infinity)) ?? iterations.at(-1);
}
