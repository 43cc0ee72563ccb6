import { describe, expect, it } from 'vitest';
import { layout, nodeIdOf, nodeIndex, type GraphNode } from './graph';
import { detailsOf } from './history';
import { corpus } from './testing';
import { timelineOf } from './timeline';

const cases = corpus();

describe.skipIf(cases.length === 0)('recorded executions', () => {
  const executions = cases.filter(one => one.events);

  it('are there', () => {
    expect(executions.length).toBeGreaterThan(300);
  });

  it('are read while they run, too', () => {
    for (const { events = [] } of executions) {
      for (let count = 1; count <= events.length; count++) {
        const seen = events.slice(0, count);
        const { steps } = timelineOf(seen, { status: 'RUNNING' });
        const told = steps.reduce((sum, step) => sum + step.events.length, 0);
        expect(told).toBe(seen.filter(event => !event.type.startsWith('Execution')).length);
        const isBetween = /Exited$|^Execution/.test(seen[count - 1]?.type ?? '');
        expect(isBetween || steps.some(step => step.status === 'running')).toBe(true);
      }
    }
  });

  it.each(executions)('$name', ({ events = [], status = '', definition = null }) => {
    const { steps, failedStep } = timelineOf(events, { status });

    const entered = events.filter(event => event.type.endsWith('StateEntered'));
    expect(steps.map(step => step.id)).toEqual(entered.map(event => event.id));
    const told = steps.flatMap(step => step.events.map(event => event.id));
    expect(new Set(told).size).toBe(told.length);
    const own = events.filter(event => !event.type.startsWith('Execution'));
    expect(own.filter(event => !told.includes(event.id))).toEqual([]);

    const statuses = steps.map(step => step.status);
    if (status !== 'RUNNING') {
      expect(statuses).not.toContain('running');
      expect(steps.flatMap(step => step.attempts).filter(attempt => attempt.status === 'running')).toEqual([]);
    }

    for (const step of steps) {
      const exits = step.events.filter(event => event.type.endsWith('StateExited')).length;
      expect(exits).toBe(step.status === 'succeeded' || step.status === 'caught' ? 1 : 0);
      expect(step.parent === undefined || steps.some(other => other.id === step.parent && /Map|Parallel/.test(other.type))).toBe(true);
    }

    if (status === 'FAILED') {
      const failed = steps.find(step => step.id === failedStep);
      expect(failed?.status).toMatch(/failed|timedOut/);
      expect(failed?.error).toBe(detailsOf(events[events.length - 1]!).error);
      expect(steps.some(step => step.parent === failedStep && step.status === 'failed')).toBe(false);
    } else {
      expect(failedStep).toBeUndefined();
    }

    const byId = new Map(steps.map(step => [step.id, step]));
    const ids = new Set(layout(definition).nodes.map(node => node.id));
    if (ids.size > 0) {
      expect(steps.filter(step => !ids.has(nodeIdOf(step, byId, definition) ?? '')).map(step => step.name)).toEqual([]);
    }
  });
});

describe.skipIf(cases.length === 0)('recorded definitions', () => {
  const definitions = cases.filter(one => one.definition !== undefined);

  it('are there', () => {
    expect(definitions.length).toBeGreaterThan(300);
  });

  it.each(definitions)('$name', ({ definition = null }) => {
    const { nodes, edges, width, height } = layout(definition);
    const byId = new Map(nodes.map(node => [node.id, node]));
    expect(byId.size).toBe(nodes.length);
    expect(new Set(edges.map(edge => edge.id)).size).toBe(edges.length);
    expect(edges.every(edge => byId.has(edge.from) && byId.has(edge.to))).toBe(true);
    for (const id of nodeIndex(definition).values()) {
      expect(byId.has(id)).toBe(true);
    }

    for (const [index, node] of nodes.entries()) {
      expect([node.x, node.y, node.width, node.height].every(Number.isFinite)).toBe(true);
      const parent = node.parent === undefined ? { width, height } : byId.get(node.parent);
      expect(isWithin(node, parent ?? { width: 0, height: 0 })).toBe(true);
      expect(nodes.slice(index + 1).filter(other => other.parent === node.parent && overlap(node, other))).toEqual([]);
    }
  });
});

function isWithin(node: GraphNode, outer: { width: number; height: number }): boolean {
  return node.x >= -0.01 && node.y >= -0.01 && node.x + node.width <= outer.width + 0.01 && node.y + node.height <= outer.height + 0.01;
}

function overlap(left: GraphNode, right: GraphNode): boolean {
  return left.x < right.x + right.width && right.x < left.x + left.width
    && left.y < right.y + right.height && right.y < left.y + left.height;
}
