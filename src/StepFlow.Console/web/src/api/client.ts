import type { Json } from '../model/history';

/** An object of JSON. */
export type Fields = { [name: string]: Json | undefined };

/** What the service refused, or why it could not be reached. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

const keyName = 'stepflow-function-key';

/** Keeps a function key for this tab. */
export function keepKey(key: string): void {
  sessionStorage.setItem(keyName, key);
}

/** Calls an operation of the Step Functions API. */
export async function call<T>(operation: string, request: Fields = {}, signal?: AbortSignal): Promise<T> {
  const key = sessionStorage.getItem(keyName);
  let response: Response;
  try {
    response = await fetch(`/api/operations/${operation}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(key ? { 'x-functions-key': key } : {}) },
      body: JSON.stringify(request),
      signal: signal ?? null,
    });
  } catch (error) {
    if (signal?.aborted) {
      throw error;
    }
    throw new ApiError('Unreachable', 'The server does not answer. It may be stopped or starting.', 0);
  }

  const text = await response.text();
  let body: Fields = {};
  try {
    body = text === '' ? {} : (JSON.parse(text) as Fields);
  } catch {
    // Not the service's own answer: the status says what it is.
  }

  if (!response.ok) {
    throw new ApiError(
      String(body.error ?? response.status),
      String(body.message ?? (response.status === 401 ? 'A key is needed.' : `The server answered ${response.status}.`)),
      response.status,
    );
  }
  return body as T;
}
