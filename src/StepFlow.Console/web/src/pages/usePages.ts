import { useQuery } from '../routing';

/** How many pages of a list the address asks for: 1 where it does not say. */
export function usePages(): number {
  const pages = Number(useQuery().get('pages'));
  return Number.isInteger(pages) && pages > 0 ? pages : 1;
}
