import { wordsOf } from './Badge';
import { setQuery } from '../routing';

/** Chooses which executions a list shows; the choice stands in the address. */
export function StatusFilter({ statuses, status }: { statuses: string[]; status: string | undefined }) {
  return (
    <label className="inline">
      Status
      <select
        value={status ?? ''}
        onChange={event => setQuery({ status: event.target.value === '' ? undefined : event.target.value, pages: undefined })}
        data-testid="status-filter"
      >
        <option value="">All</option>
        {statuses.map(one => (
          <option key={one} value={one}>
            {wordsOf(one)}
          </option>
        ))}
      </select>
    </label>
  );
}
