import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { detailsOf, type HistoryEvent } from './history';
import { flawOf, isFields, type Fields, type Json } from './json';

/** A recorded case that the tests read. */
export interface Recorded {
  name: string;
  definition?: Json;
  status?: string;
  events?: HistoryEvent[];
}

/** Makes histories in short: `[id, previousEventId, type, details]`. */
export function history(...events: [id: number, previous: number, type: string, details?: Fields][]): HistoryEvent[] {
  return events.map(([id, previousEventId, type, details]) => ({
    id,
    previousEventId,
    type,
    timestamp: new Date(Date.UTC(2026, 0, 1) + id * 1000).toISOString(),
    ...(details && { [memberOf(type)]: withTexts(details) }),
  }));
}

/** The recorded cases; none where the corpus is not there. */
export function corpus(): Recorded[] {
  const root = join(process.env.STEPFLOW_CORPUS ?? resolve(import.meta.dirname, '../../../../../../shared/conformance'), 'asl');
  return filesIn(root).flatMap(file => read(file) ?? []);
}

/** Details whose payloads are JSON texts, as the API carries them; the recordings show some of them as values. */
function withTexts(details: Fields): Fields {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => {
      const isPayload = name === 'input' || name === 'output' || name === 'parameters';
      return [name, isPayload && (typeof value !== 'string' || flawOf(value) !== undefined) ? JSON.stringify(value) : value];
    }),
  );
}

function memberOf(type: string): string {
  const state = /State(Entered|Exited)$/.exec(type);
  return state ? `state${state[1]}EventDetails` : `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
}

function filesIn(root: string): string[] {
  try {
    return readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(name => name.includes('/') && name.endsWith('.json')).map(name => join(root, name));
  } catch {
    return [];
  }
}

function read(file: string): Recorded | undefined {
  const parsed = JSON.parse(readFileSync(file, 'utf8')) as Json;
  if (!isFields(parsed) || parsed.kind === undefined) {
    return undefined;
  }

  const recorded: Recorded = { name: file.slice(file.indexOf('asl/') + 4), definition: parsed.definition };
  const expected = isFields(parsed.expected) ? parsed.expected : {};
  const events = isFields(expected.history) ? expected.history.events : expected.history;
  // Some recordings have lost the ids of events that happen at the same time.
  if (Array.isArray(events) && events.every(event => isFields(event) && typeof event.id === 'number')) {
    recorded.events = (events as unknown as HistoryEvent[]).map(event => ({ ...event, [memberOf(event.type)]: withTexts(detailsOf(event)) }));
    recorded.status = parsed.historyIncomplete === true || typeof expected.status !== 'string' ? statusBy(recorded.events) : expected.status;
  }

  return recorded;
}

function statusBy(events: HistoryEvent[]): string {
  const last = events[events.length - 1]?.type ?? '';
  return { ExecutionSucceeded: 'SUCCEEDED', ExecutionFailed: 'FAILED', ExecutionAborted: 'ABORTED', ExecutionTimedOut: 'TIMED_OUT' }[last] ?? 'RUNNING';
}
