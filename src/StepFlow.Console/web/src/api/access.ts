const accessName = 'stepflow-access';
const signedInName = 'stepflow-signed-in';

/** Where an app on Azure serves those who sign in: a route takes either a function key or none. */
export const signedInPrefix = '/entra';

/** What a request carries to be let in: the name of a header, and its value. */
type Access = [header: string, value: string];

/** Keeps a function key for this browser tab. */
export function keepFunctionKey(key: string): void {
  keep(['x-functions-key', key]);
}

/** Keeps an access key and its secret for this browser tab. */
export function keepAccessKey(id: string, secret: string): void {
  const utf8 = new TextEncoder().encode(`${id}:${secret}`);
  keep(['Authorization', `Basic ${btoa(String.fromCharCode(...utf8))}`]);
}

/** Whether the requests of this browser tab are those of somebody who signed in. */
export function isSignedIn(): boolean {
  return sessionStorage.getItem(signedInName) !== null;
}

/** From now on the requests of this tab are those of whoever signed in; false: no longer. */
export function keepSignedIn(signedIn: boolean): void {
  if (signedIn) {
    sessionStorage.setItem(signedInName, 'true');
  } else {
    sessionStorage.removeItem(signedInName);
  }
}

/** Whether people can sign in here: the server then asks for a token below a path of its own, or knows already who it is. */
export async function offersSignIn(signal: AbortSignal): Promise<'signed in' | 'offered' | 'no'> {
  try {
    const answer = await fetch(`${signedInPrefix}/api/statemachines?maxResults=1`, { credentials: 'same-origin', signal });
    return answer.ok ? 'signed in' : answer.status === 401 && (answer.headers.get('WWW-Authenticate')?.startsWith('Bearer') ?? false) ? 'offered' : 'no';
  } catch {
    return 'no';
  }
}

/** Leads to the platform's sign-in page, and back to this one. */
export function signIn(): void {
  keepSignedIn(true);
  location.assign(`/.auth/login/aad?post_login_redirect_uri=${encodeURIComponent(location.pathname + location.search)}`);
}

/** The headers that let a request in; none where no key is kept. */
export function accessHeaders(): Record<string, string> {
  const access = sessionStorage.getItem(accessName);
  return access === null ? {} : Object.fromEntries([JSON.parse(access) as Access]);
}

/** The ID of the access key that is kept; empty where none is. */
export function keptKeyId(): string {
  const basic = accessHeaders().Authorization?.slice('Basic '.length);
  return basic === undefined ? '' : new TextDecoder().decode(Uint8Array.from(atob(basic), letter => letter.charCodeAt(0))).split(':')[0] ?? '';
}

function keep(access: Access): void {
  sessionStorage.setItem(accessName, JSON.stringify(access));
}
