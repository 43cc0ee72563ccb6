/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** An event of an execution's history, as the REST face shows it: instants as ISO 8601, payloads as JSON values. */
export interface HistoryEvent {
  id: number;
  previousEventId: number;
  timestamp: string;
  type: string;
  /** The details, under the member of the event's type: `stateEnteredEventDetails`, `taskFailedEventDetails`, … */
  [details: string]: Json | undefined;
}

/** The details of an event; an empty object where it has none. */
export function detailsOf(event: HistoryEvent): { [name: string]: Json } {
  for (const [name, value] of Object.entries(event)) {
    if (name.endsWith('EventDetails') && value !== null && typeof value === 'object' && !Array.isArray(value)) {
      return value;
    }
  }
  return {};
}
