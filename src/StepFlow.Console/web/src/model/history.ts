import { flawOf, isFields, type Fields, type Json } from './json';

/** An event of an execution's history: instants as ISO 8601, payloads as the JSON texts that the API carries. */
export interface HistoryEvent {
  id: number;
  previousEventId: number;
  timestamp: string;
  type: string;
  /** The details, under the member of the event's type: `stateEnteredEventDetails`, `taskFailedEventDetails`, … */
  [details: string]: Json | undefined;
}

const payloads = new Set(['input', 'output', 'parameters']);

/** The details of an event; an empty object where it has none. */
export function detailsOf(event: HistoryEvent): Fields {
  for (const [name, value] of Object.entries(event)) {
    if (name.endsWith('EventDetails') && isFields(value)) {
      return value;
    }
  }
  return {};
}

/** The details of an event as one JSON text, its payloads as they are. */
export function detailsText(event: HistoryEvent): string {
  return objectText(
    Object.entries(detailsOf(event)).map(([name, value]) => {
      if (payloads.has(name) && typeof value === 'string') {
        return [name, payloadText(value)];
      }
      return [name, name === 'assignedVariables' && isFields(value) ? assignedText(value) : JSON.stringify(value)];
    }),
  );
}

/** Assigned variables as one JSON text; each value is a JSON text. */
export function assignedText(variables: Fields): string {
  return objectText(Object.entries(variables).map(([name, value]) => [name, typeof value === 'string' ? payloadText(value) : JSON.stringify(value)]));
}

function objectText(members: [name: string, text: string][]): string {
  return `{${members.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`;
}

/** A payload as a JSON text; one that is not JSON as a JSON string. */
function payloadText(text: string): string {
  return flawOf(text) === undefined ? text : JSON.stringify(text);
}
