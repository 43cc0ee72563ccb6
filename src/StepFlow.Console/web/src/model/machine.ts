import { isFields, type Fields, type Json } from './json';
import { cut, ruleText } from './ruleText';

/** A way from a state to another of the same scope. */
export interface Way {
  to: string;
  kind: 'next' | 'choice' | 'default' | 'catch';
  label?: string;
}

/** A machine, a branch or a processor: states that can go to each other. */
export interface Scope {
  /** What the ids of its states begin with: empty, or a container's id and `/`. */
  prefix: string;
  startAt?: string;
  states: [name: string, state: Fields][];
}

/** The states of a machine, a branch or a processor; undefined where it is none. */
export function scopeOf(machine: Json | undefined, prefix: string): Scope | undefined {
  if (!isFields(machine) || !isFields(machine.States)) {
    return undefined;
  }

  const states = Object.entries(machine.States).filter((entry): entry is [string, Fields] => isFields(entry[1]));
  const scope: Scope = { prefix, states };
  if (typeof machine.StartAt === 'string') {
    scope.startAt = machine.StartAt;
  }

  return scope;
}

/** The scopes inside of a state: the branches of a Parallel, the processor of a Map. */
export function insideOf(id: string, state: Fields): Scope[] {
  if (typeOf(state) === 'Parallel' && Array.isArray(state.Branches)) {
    return state.Branches.flatMap((branch, index) => scopeOf(branch, `${id}/${index}/`) ?? []);
  }

  return typeOf(state) === 'Map' ? [scopeOf(state.ItemProcessor ?? state.Iterator, `${id}/`) ?? []].flat() : [];
}

/** The state that a node of the graph stands for; undefined where the definition has none there. */
export function stateAt(definition: Json, node: string): Fields | undefined {
  const open = [scopeOf(definition, '')];
  for (const scope of open) {
    for (const [name, state] of scope?.states ?? []) {
      const id = `${scope?.prefix}${name}`;
      if (id === node) {
        return state;
      }

      open.push(...insideOf(id, state));
    }
  }

  return undefined;
}

/** A state's type; empty where it has none. */
export function typeOf(state: Fields): string {
  return typeof state.Type === 'string' ? state.Type : '';
}

/** Whether a state ends its machine, branch or iteration. */
export function isEnd(state: Fields): boolean {
  return state.End === true || typeOf(state) === 'Succeed' || typeOf(state) === 'Fail';
}

/** Where a state can go. */
export function waysOf(state: Fields): Way[] {
  const ways: Way[] = [];
  if (typeof state.Next === 'string') {
    ways.push({ to: state.Next, kind: 'next' });
  }

  for (const rule of listOf(state.Choices)) {
    if (typeof rule.Next === 'string') {
      ways.push({ to: rule.Next, kind: 'choice', label: ruleText(rule) });
    }
  }

  if (typeof state.Default === 'string') {
    ways.push({ to: state.Default, kind: 'default', label: 'Default' });
  }

  for (const catcher of listOf(state.Catch)) {
    if (typeof catcher.Next === 'string') {
      const errors = Array.isArray(catcher.ErrorEquals) ? catcher.ErrorEquals.filter(error => typeof error === 'string') : [];
      ways.push({ to: catcher.Next, kind: 'catch', label: cut(errors.join(', ')) });
    }
  }

  return ways;
}

function listOf(value: Json | undefined): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}
