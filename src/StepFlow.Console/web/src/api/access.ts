const accessName = 'stepflow-access';

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
