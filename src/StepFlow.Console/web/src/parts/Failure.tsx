import { useState } from 'react';
import { keepKey, type ApiError } from '../api/client';

/** What went wrong, and what to do about it. */
export function Failure({ error, retry }: { error: ApiError; retry?: () => void }) {
  if (error.status === 401 && retry) {
    return <KeyForm retry={retry} />;
  }
  return (
    <div className="failure" role="alert">
      <strong>{error.code}</strong>
      <p>{error.message}</p>
      {retry && (
        <button type="button" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  );
}

/** Asks for the key that the service wants. Kept for this tab only. */
function KeyForm({ retry }: { retry: () => void }) {
  const [key, setKey] = useState('');
  return (
    <form
      className="failure"
      onSubmit={event => {
        event.preventDefault();
        keepKey(key);
        retry();
      }}
    >
      <label htmlFor="key">This server asks for a function key. It is kept for this tab only.</label>
      <div className="row">
        <input id="key" type="password" autoComplete="off" value={key} onChange={event => setKey(event.target.value)} />
        <button type="submit" className="primary" disabled={key === ''}>
          Continue
        </button>
      </div>
    </form>
  );
}
