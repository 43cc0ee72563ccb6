import type { ApiError } from '../api/ApiError';
import { KeyForm } from './KeyForm';

/** What went wrong, and what can be done about it. */
export function Failure({ error, retry }: { error: ApiError; retry: () => void }) {
  if (error.status === 401 || (error.status === 403 && error.access.hadKey)) {
    return <KeyForm error={error} retry={retry} />;
  }
  return (
    <div className="failure" role="alert">
      <strong>{error.code}</strong>
      <p>{error.message}</p>
      <button type="button" onClick={retry}>
        Try again
      </button>
    </div>
  );
}
