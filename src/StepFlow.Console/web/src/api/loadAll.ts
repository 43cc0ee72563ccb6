import { call } from './client';

/** Reads a whole list, page by page. */
export async function loadAll<T>(operation: string, member: string, signal: AbortSignal): Promise<T[]> {
  const items: T[] = [];
  let nextToken: string | undefined;
  do {
    const page = await call<{ [member: string]: T[] } & { nextToken?: string }>(operation, { maxResults: 1000, nextToken }, signal);
    items.push(...(page[member] ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
  return items;
}
