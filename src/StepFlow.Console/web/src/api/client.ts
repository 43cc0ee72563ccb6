import type { Fields, Json } from '../model/json';
import { accessHeaders, isSignedIn, keepSignedIn, signedInPrefix } from './access';
import { ApiError } from './ApiError';

/** A request of an operation; members without a value are left out. */
export interface Request { [name: string]: Json | undefined }

// Payloads stay the texts that the API carries: reading them here would change numbers, names and layout.
const asText = '?payloads=text';

/** Calls an operation of the Step Functions API. */
export function call<T>(operation: string, request: Request = {}, signal?: AbortSignal): Promise<T> {
  return send<T>('POST', `operations/${operation}`, JSON.stringify(request), signal);
}

/** Reads a path of REST. */
export function get<T>(parts: string[], signal?: AbortSignal): Promise<T> {
  return send<T>('GET', parts.map(encodeURIComponent).join('/'), undefined, signal);
}

async function send<T>(method: string, path: string, body: string | undefined, signal: AbortSignal | undefined): Promise<T> {
  const signedIn = isSignedIn();
  const access = signedIn ? {} : accessHeaders();
  let response: Response;
  try {
    response = await fetch(`${signedIn ? signedInPrefix : ''}/api/${path}${asText}`, {
      method,
      headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...access },
      // The page asks for keys itself, not the browser; who signed in has a session with the platform.
      credentials: signedIn ? 'same-origin' : 'omit',
      body: body ?? null,
      signal: signal ?? null,
    });
  } catch (error) {
    if (signal?.aborted) {
      throw error;
    }
    throw new ApiError('Unreachable', 'The server does not respond. It may be stopped or starting.', 0);
  }

  const answer = fieldsOf(await response.text());
  if (!response.ok) {
    if (signedIn && response.status === 401) {
      // The session has ended.
      keepSignedIn(false);
    }
    const code = typeof answer.error === 'string' ? answer.error : String(response.status);
    const message = typeof answer.message === 'string' ? answer.message : messageOf(response.status);
    const wantsAccessKey = response.headers.get('WWW-Authenticate')?.startsWith('Basic') ?? false;
    throw new ApiError(code, message, response.status, { hadKey: Object.keys(access).length > 0, wantsAccessKey });
  }
  return answer as T;
}

/** A response; an empty object where it is not one of the service, whose status then says what it is. */
function fieldsOf(text: string): Fields {
  try {
    return JSON.parse(text) as Fields;
  } catch {
    return {};
  }
}

function messageOf(status: number): string {
  return status === 401 ? 'The request has no valid key.' : `The server responded with HTTP status ${status}.`;
}
