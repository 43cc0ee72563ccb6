import { useState } from 'react';
import { call, type ApiError } from '../api/client';
import type { Execution } from '../api/shapes';
import type { Json } from '../model/history';
import { goTo } from '../routing';
import { Badge } from './Badge';
import { Dialog } from './Dialog';
import { Failure } from './Failure';
import { JsonText } from './JsonText';

/** Why a text is no JSON; undefined where it is. */
function flawOf(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Starts an execution; one of an Express machine runs to its end here. */
export function StartDialog({ machineArn, type, input, close }: { machineArn: string; type: string; input?: string; close: () => void }) {
  const [text, setText] = useState(input ?? '{}');
  const [name, setName] = useState('');
  const [error, setError] = useState<ApiError>();
  const [result, setResult] = useState<Execution>();
  const [busy, setBusy] = useState(false);
  const flaw = flawOf(text);

  const start = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    const request = { stateMachineArn: machineArn, input: text, ...(name === '' ? {} : { name }) };
    try {
      if (type === 'EXPRESS') {
        setResult(await call<Execution>('StartSyncExecution', request));
      } else {
        goTo('executions', (await call<Execution>('StartExecution', request)).executionArn);
        close();
      }
    } catch (failure) {
      setError(failure as ApiError);
    }
    setBusy(false);
  };

  return (
    <Dialog title="Start an execution" close={close}>
      <form
        onSubmit={event => {
          event.preventDefault();
          void start();
        }}
      >
        <label>
          Name <span className="small">(optional)</span>
          <input value={name} maxLength={80} onChange={event => setName(event.target.value)} data-testid="execution-name" />
        </label>
        <label>
          Input
          <textarea
            rows={10}
            spellCheck={false}
            value={text}
            onChange={event => setText(event.target.value)}
            aria-invalid={flaw !== undefined}
            data-testid="execution-input"
          />
        </label>
        {flaw && (
          <p className="tone-failed small" role="alert">
            ✕ The input is not JSON: {flaw}
          </p>
        )}
        {error && <Failure error={error} />}
        {result && (
          <section aria-label="Result">
            <Badge status={result.status} />
            {result.error && <p className="tone-failed">{result.error}: {result.cause}</p>}
            <JsonText value={result.output as Json | undefined} label="output" none="It has no output." />
          </section>
        )}
        <footer>
          <button type="submit" className="primary" disabled={flaw !== undefined || busy} data-testid="start-now">
            {busy ? 'Starting…' : 'Start'}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
