import { scopeOf, type Scope } from './machine';
import { isFields, type Fields, type Json } from './json';

/** An integration that a task's Resource may name, as the service lists it. */
export interface Integration {
  /** Service and action: `lambda:invoke`. */
  name: string;
  /** What may stand behind it: nothing, `.sync` and the like. */
  suffixes: string[];
  /** Parameters that it cannot do without. */
  required: string[];
  /** Its other parameters; undefined where they are not known. */
  optional?: string[];
}

/** A text that can stand where the caret is. */
export interface Suggestion {
  text: string;
  /** What it is, for people. */
  detail: string;
}

/** What can stand at a caret. */
export interface Suggestions {
  /** The stretch of the text that a suggestion replaces. */
  start: number;
  end: number;
  items: Suggestion[];
}

/** The most suggestions that are shown. */
const most = 50;
const none: Suggestions = { start: 0, end: 0, items: [] };
const targets = new Set(['Next', 'Default', 'StartAt']);
const arn = 'arn:aws:states:::';

/** Where a caret stands in a text that may be unfinished JSON. */
interface Caret {
  /** The names and indices that lead there. */
  path: string[];
  /** Of the string that the caret is in: its first character's offset, and whether it names a member. */
  start: number;
  isName: boolean;
}

/**
 * What can be written where the caret is, inside the quotes of a string: names of states, Resources, parameters of the
 * task's integration, and paths that the states before make.
 *
 * @param text The definition, finished or not.
 * @param caret The offset of the caret.
 */
export function suggestionsAt(text: string, caret: number, integrations: Integration[]): Suggestions {
  const at = caretIn(text, caret);
  if (at === undefined) {
    return none;
  }

  const written = text.slice(at.start, caret);
  // A string that is not closed yet goes on into what stands behind it: that stays.
  const rest = /^[^"\\\r\n{},]*(?=")/.exec(text.slice(caret))?.[0] ?? '';
  const machine = withoutString(text, at.start, caret + rest.length);
  const found = at.isName ? namesAt(at, machine, integrations) : valuesAt(at, machine, integrations);
  const wanted = written.toLowerCase();
  // All Resources begin alike: people know the action.
  const fits = (one: string): boolean => (at.path.at(-1) === 'Resource' ? one.includes(wanted) : one.startsWith(wanted));
  const items = found.filter(one => fits(one.text.toLowerCase()) && one.text !== written);
  return { start: at.start, end: caret + rest.length, items: items.slice(0, most) };
}

function valuesAt({ path }: Caret, machine: Json | undefined, integrations: Integration[]): Suggestion[] {
  const name = path.at(-1) ?? '';
  if (targets.has(name)) {
    return scopeAround(machine, path)?.states.map(([state, fields]) => ({ text: state, detail: typeof fields.Type === 'string' ? fields.Type : 'state' })) ?? [];
  }

  if (name === 'Resource' && path.at(-3) === 'States') {
    return integrations.flatMap(one => one.suffixes.map(suffix => ({ text: `${one.name.startsWith('azure:') ? '' : arn}${one.name}${suffix}`, detail: waits(suffix) })));
  }

  const isPath = name.endsWith('.$') || name.endsWith('Path') || name === 'Variable';
  return isPath ? pathsIn(scopeAround(machine, path), path) : [];
}

function namesAt({ path }: Caret, machine: Json | undefined, integrations: Integration[]): Suggestion[] {
  const field = path.at(-1);
  const state = valueAt(machine, path.slice(0, -1));
  if ((field !== 'Parameters' && field !== 'Arguments') || !isFields(state) || typeof state.Resource !== 'string') {
    return [];
  }

  const called = state.Resource.replace(arn, '');
  const integration = integrations.find(one => one.suffixes.some(suffix => one.name + suffix === called));
  const present = isFields(state[field]) ? Object.keys(state[field]).map(name => name.replace(/\.\$$/, '')) : [];
  return [
    ...(integration?.required ?? []).map(text => ({ text, detail: 'required' })),
    ...(integration?.optional ?? []).map(text => ({ text, detail: 'parameter' })),
  ].filter(one => !present.includes(one.text));
}

function waits(suffix: string): string {
  return suffix === '' ? 'integration' : suffix === '.waitForTaskToken' ? 'waits for a task token' : 'waits for the job';
}

/** Paths of the context object, and those that the machine's other states make or read. */
function pathsIn(scope: Scope | undefined, path: string[]): Suggestion[] {
  const found = new Map<string, string>([['$', 'the whole input']]);
  const own = path[path.lastIndexOf('States') + 1];
  for (const [name, state] of scope?.states ?? []) {
    if (name !== own) {
      collect(state, name, found);
    }
  }

  for (const context of ['$$.Execution.Id', '$$.Execution.Input', '$$.Execution.Name', '$$.Execution.StartTime', '$$.State.Name', '$$.State.EnteredTime', '$$.StateMachine.Id', '$$.Task.Token', '$$.Map.Item.Index', '$$.Map.Item.Value']) {
    found.set(context, 'context object');
  }

  return [...found].map(([text, detail]) => ({ text, detail }));
}

function collect(state: Fields, name: string, found: Map<string, string>): void {
  const base = typeof state.ResultPath === 'string' && state.ResultPath.startsWith('$') ? state.ResultPath : '$';
  if (base !== '$') {
    found.set(base, `result of ${name}`);
  }

  if (isFields(state.Assign)) {
    Object.keys(state.Assign).forEach(variable => found.set(`$${variable.replace(/\.\$$/, '')}`, `variable of ${name}`));
  }

  // The members that a state makes for sure.
  for (const made of [state.ResultSelector, state.Type === 'Pass' ? (state.Result ?? state.Parameters) : undefined]) {
    if (isFields(made)) {
      Object.keys(made).forEach(member => found.set(`${base}.${member.replace(/\.\$$/, '')}`, `of ${name}`));
    }
  }

  for (const value of Object.values(state)) {
    pathsOf(value, name, found);
  }
}

/** The paths that a state reads: another one may want the same. */
function pathsOf(value: Json, name: string, found: Map<string, string>): void {
  if (typeof value === 'string') {
    if (/^\$\.[\w.[\]*]+$/.test(value) && !found.has(value)) {
      found.set(value, `read by ${name}`);
    }
  } else if (Array.isArray(value)) {
    value.forEach(item => pathsOf(item, name, found));
  } else if (isFields(value)) {
    Object.entries(value).filter(([field]) => field !== 'States').forEach(([, item]) => pathsOf(item, name, found));
  }
}

/** The states among which a path of the definition leads: those that `Next` can name there. */
function scopeAround(machine: Json | undefined, path: string[]): Scope | undefined {
  const depth = path.lastIndexOf('States');
  const holder = path.at(-1) === 'StartAt' ? path.slice(0, -1) : depth < 0 ? [] : path.slice(0, depth);
  return scopeOf(valueAt(machine, holder), '');
}

function valueAt(value: Json | undefined, path: string[]): Json | undefined {
  return path.reduce<Json | undefined>((inside, part) => (Array.isArray(inside) ? inside[Number(part)] : isFields(inside) ? inside[part] : undefined), value);
}

/** Reads the text up to the caret; undefined where the caret is in no string. */
function caretIn(text: string, caret: number): Caret | undefined {
  const open: { isArray: boolean; name: string; index: number; wantsName: boolean }[] = [];
  for (let at = 0; at < caret; at++) {
    const sign = text.charAt(at);
    const level = open.at(-1);
    if (sign === '"') {
      const start = at + 1;
      at = start;
      while (at < caret && text.charAt(at) !== '"') {
        at += text.charAt(at) === '\\' ? 2 : 1;
      }

      const isName = level?.wantsName ?? false;
      if (at >= caret) {
        const path = open.map(one => (one.isArray ? String(one.index) : one.name));
        return { path: isName ? path.slice(0, -1) : path, start, isName };
      }

      if (level && isName) {
        level.name = text.slice(start, at);
      }
    } else if (sign === '{' || sign === '[') {
      open.push({ isArray: sign === '[', name: '', index: 0, wantsName: sign === '{' });
    } else if (sign === '}' || sign === ']') {
      open.pop();
    } else if (level && sign === ':') {
      level.wantsName = false;
    } else if (level && sign === ',') {
      level.index++;
      level.wantsName = !level.isArray;
    }
  }

  return undefined;
}

/** The definition with an empty text for the string at the caret, so that one that is not finished can be read. */
function withoutString(text: string, start: number, end: number): Json | undefined {
  const close = text.charAt(end) === '"' ? end + 1 : end;
  for (const filled of ['""', '"":null', '"",', '"":null,']) {
    try {
      return JSON.parse(text.slice(0, start - 1) + filled + text.slice(close)) as Json;
    } catch {
      // The next way to finish it may do.
    }
  }

  return undefined;
}
