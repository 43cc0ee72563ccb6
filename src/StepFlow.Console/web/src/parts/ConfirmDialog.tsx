import { useState, type ReactNode } from 'react';
import { asApiError, type ApiError } from '../api/ApiError';
import { Dialog } from './Dialog';
import { Failure } from './Failure';

interface Props {
  title: string;
  /** What the button that does it says. */
  action: string;
  children: ReactNode;
  run: () => Promise<void>;
  close: () => void;
}

/** Asks before something is done that cannot be undone. */
export function ConfirmDialog({ title, action, children, run, close }: Props) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError>();
  const confirm = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      await run();
      close();
    } catch (failure) {
      setError(asApiError(failure));
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} close={close}>
      {error && <Failure error={error} retry={() => void confirm()} />}
      <form
        onSubmit={event => {
          event.preventDefault();
          void confirm();
        }}
      >
        {children}
        <footer className="row">
          <button type="button" onClick={close} data-testid="cancel">
            Cancel
          </button>
          <button type="submit" className="primary" disabled={busy} data-testid="confirm">
            {action}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
