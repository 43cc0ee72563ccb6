import { setQuery } from '../routing';

/** Reads the next page of a list; how many pages are shown stands in the address. */
export function LoadMore({ pages, shown }: { pages: number; shown: number }) {
  return (
    <p className="more">
      <button type="button" onClick={() => setQuery({ pages: String(pages + 1) }, 'replace')} data-testid="more">
        Load more
      </button>{' '}
      <span className="small">{shown} are shown.</span>
    </p>
  );
}
