import { useState } from 'react';
import { keepAccessKey, keepFunctionKey, type ApiError } from '../api/client';

/** What went wrong, and what to do about it. */
export function Failure({ error, retry }: { error: ApiError; retry?: () => void }) {
  if (error.status === 401 && retry) {
    return <KeyForm wantsAccessKey={error.wantsAccessKey} retry={retry} />;
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
function KeyForm({ wantsAccessKey, retry }: { wantsAccessKey: boolean; retry: () => void }) {
  const [id, setId] = useState('');
  const [key, setKey] = useState('');
  return (
    <form
      className="failure"
      onSubmit={event => {
        event.preventDefault();
        if (wantsAccessKey) {
          keepAccessKey(id, key);
        } else {
          keepFunctionKey(key);
        }
        retry();
      }}
    >
      <p>This server asks for {wantsAccessKey ? 'an access key' : 'a function key'}. It is kept for this tab only.</p>
      {wantsAccessKey && (
        <label>
          Access key ID
          <input autoComplete="off" value={id} onChange={event => setId(event.target.value)} data-testid="key-id" />
        </label>
      )}
      <label>
        {wantsAccessKey ? 'Secret access key' : 'Function key'}
        <input type="password" autoComplete="off" value={key} onChange={event => setKey(event.target.value)} data-testid="key" />
      </label>
      <button type="submit" className="primary" disabled={key === '' || (wantsAccessKey && id === '')} data-testid="use-key">
        Continue
      </button>
    </form>
  );
}
