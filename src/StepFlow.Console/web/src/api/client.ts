import type { Json } from '../model/history';

/** An object of JSON. */
export type Fields = { [name: string]: Json | undefined };

/** What the service refused, or why it could not be reached. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
    /** Whether an access key and its secret would let the caller in. */
    readonly wantsAccessKey = false,
  ) {
    super(message);
  }
}

const accessName = 'stepflow-access';

/** What a request carries to be let in: the name of a header, and its value. */
type Access = [header: string, value: string];

/** Keeps a function key for this tab. */
export function keepFunctionKey(key: string): void {
  keep(['x-functions-key', key]);
}

/** Keeps an access key and its secret for this tab. */
export function keepAccessKey(id: string, secret: string): void {
  const utf8 = new TextEncoder().encode(`${id}:${secret}`);
  keep(['Authorization', `Basic ${btoa(String.fromCharCode(...utf8))}`]);
}

function keep(access: Access): void {
  sessionStorage.setItem(accessName, JSON.stringify(access));
}

function kept(): Record<string, string> {
  const access = sessionStorage.getItem(accessName);
  return access === null ? {} : Object.fromEntries([JSON.parse(access) as Access]);
}

/** Calls an operation of the Step Functions API. */
export async function call<T>(operation: string, request: Fields = {}, signal?: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`/api/operations/${operation}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...kept() },
      // The page asks for keys itself, not the browser.
      credentials: 'omit',
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
      response.headers.get('WWW-Authenticate')?.startsWith('Basic') ?? false,
    );
  }
  return body as T;
}
