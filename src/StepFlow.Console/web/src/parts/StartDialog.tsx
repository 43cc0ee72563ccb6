import { useState } from 'react';
import { asApiError, type ApiError } from '../api/ApiError';
import { call } from '../api/client';
import type { Execution } from '../api/shapes';
import { useDraft } from '../drafts/useDraft';
import { flawOf } from '../model/json';
import { goTo } from '../routing';
import { Badge } from './Badge';
import { Dialog } from './Dialog';
import { Failure } from './Failure';
import { JsonField } from './JsonField';
import { JsonText } from './JsonText';

interface Props {
  machineArn: string;
  type: string;
  /** The JSON text that the field shows at first. */
  input?: string;
  /** What it is started from: an input that was typed and not sent is kept for it. */
  subject: string;
  close: () => void;
}

/** Starts an execution with exactly the input that the field shows; one of an Express machine runs to its end here. */
export function StartDialog({ machineArn, type, input = '{}', subject, close }: Props) {
  const [draft, setDraft] = useDraft(`input of ${subject}`);
  const text = draft?.text ?? input;
  const [name, setName] = useState('');
  const [error, setError] = useState<ApiError>();
  const [result, setResult] = useState<Execution>();
  const [busy, setBusy] = useState(false);
  const flaw = flawOf(text);

  const start = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    const request = { stateMachineArn: machineArn, input: text, ...(name !== '' && { name }) };
    try {
      if (type === 'EXPRESS') {
        setResult(await call<Execution>('StartSyncExecution', request));
      } else {
        const started = await call<Execution>('StartExecution', request);
        setDraft(undefined);
        close();
        goTo('executions', started.executionArn);
      }
    } catch (failure) {
      setError(asApiError(failure));
    }
    setBusy(false);
  };

  return (
    <Dialog title="Start an execution" close={close}>
      {error && <Failure error={error} retry={() => void start()} />}
      <form
        onSubmit={event => {
          event.preventDefault();
          void start();
        }}
      >
        <label>
          <span>
            Name <span className="small">(optional)</span>
          </span>
          <input value={name} maxLength={80} onChange={event => setName(event.target.value)} data-testid="execution-name" />
        </label>
        <JsonField
          id="execution-input"
          label="Input"
          text={text}
          change={changed => setDraft({ text: changed, base: input })}
          rows={12}
          describedBy="input-flaw"
          testId="execution-input"
        />
        <p id="input-flaw" className="tone-failed small" role="alert" hidden={flaw === undefined}>
          ✕ The input is not JSON: {flaw}
        </p>
        {result && (
          <section aria-label="Result" className="result">
            <Badge status={result.status} />
            {result.error !== undefined && (
              <p className="tone-failed">
                {result.error}: {result.cause}
              </p>
            )}
            <JsonText text={result.output} label="output" none="There is no output." />
          </section>
        )}
        <footer className="row">
          {draft && draft.text !== input && (
            <button type="button" onClick={() => setDraft(undefined)} data-testid="reset-input">
              Discard changes
            </button>
          )}
          <button type="submit" className="primary" disabled={flaw !== undefined || busy} data-testid="start-now">
            {busy ? 'Starting…' : 'Start'}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
