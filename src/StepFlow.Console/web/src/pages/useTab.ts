import { setQuery, useQuery } from '../routing';

/** The tab that the address names, and what goes to another; the first one where it names none. */
export function useTab(name: string, first: string): [tab: string, select: (tab: string) => void] {
  const tab = useQuery().get(name) ?? first;
  return [tab, chosen => setQuery({ [name]: chosen === first ? undefined : chosen })];
}
