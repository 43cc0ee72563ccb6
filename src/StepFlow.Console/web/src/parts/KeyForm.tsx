import { useEffect, useState } from 'react';
import { keepAccessKey, keepFunctionKey, keepSignedIn, keptKeyId, offersSignIn, signIn } from '../api/access';
import type { ApiError } from '../api/ApiError';

/** Asks for the key that the service wants, and says why where it had one. Kept for this browser tab only. */
export function KeyForm({ error, retry }: { error: ApiError; retry: () => void }) {
  const { hadKey, wantsAccessKey } = error.access;
  const isAccessKey = wantsAccessKey || keptKeyId() !== '';
  const [id, setId] = useState(keptKeyId);
  const [key, setKey] = useState('');
  const [canSignIn, setCanSignIn] = useState(false);
  useEffect(() => {
    const gone = new AbortController();
    if (!isAccessKey) {
      void offersSignIn(gone.signal).then(offer => {
        if (gone.signal.aborted) {
          return;
        }
        if (offer === 'signed in' && !hadKey) {
          keepSignedIn(true);
          retry();
        }
        setCanSignIn(offer !== 'no');
      });
    }
    return () => gone.abort();
    // Once for each time that the form is shown.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  const what = isAccessKey ? 'access key' : 'function key';
  return (
    <form
      className="failure keys"
      onSubmit={event => {
        event.preventDefault();
        if (isAccessKey) {
          keepAccessKey(id, key);
        } else {
          keepFunctionKey(key);
        }
        setKey('');
        retry();
      }}
    >
      {hadKey && (
        <div role="alert" data-testid="key-refused">
          <strong>{error.status === 403 ? `This ${what} does not allow that` : `The server does not accept this ${what}`}</strong>
          <p>
            {error.message} ({error.code})
          </p>
        </div>
      )}
      <p>
        {hadKey ? `Enter ${isAccessKey ? 'the ID and the secret' : 'the key'} again, or those of another key.` : `This server requires ${isAccessKey ? 'an' : 'a'} ${what}.`} It
        is kept for this browser tab only.
      </p>
      {isAccessKey && (
        <label>
          Access key ID
          <input autoComplete="off" value={id} onChange={event => setId(event.target.value)} data-testid="key-id" />
        </label>
      )}
      <label>
        {isAccessKey ? 'Secret access key' : 'Function key'}
        <input type="password" autoComplete="off" value={key} onChange={event => setKey(event.target.value)} data-testid="key" />
      </label>
      {canSignIn && (
        <button type="button" onClick={signIn} data-testid="sign-in">
          Sign in
        </button>
      )}
      <button type="submit" className="primary" disabled={key === '' || (isAccessKey && id === '')} data-testid="use-key">
        Continue
      </button>
    </form>
  );
}
