import { useEffect, useState } from 'react';
import { asApiError } from '../api/ApiError';
import { call } from '../api/client';
import type { Diagnostic } from '../api/shapes';
import { JsonField } from './JsonField';

/** How long nobody types before a definition is validated, in milliseconds. */
const pause = 400;

/** Edits a definition and tells what is wrong with it while it is written. */
export function DefinitionEditor({ text, type, change }: { text: string; type: string; change: (text: string) => void }) {
  const [diagnostics, setDiagnostics] = useState<Diagnostic[]>();
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      call<{ diagnostics: Diagnostic[] }>('ValidateStateMachineDefinition', { definition: text, type }, abort.signal)
        .then(answer => setDiagnostics(answer.diagnostics))
        .catch((error: unknown) => {
          if (!abort.signal.aborted) {
            setDiagnostics([{ severity: 'ERROR', code: 'NOT_VALIDATED', message: asApiError(error).message }]);
          }
        });
    }, pause);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text, type]);

  return (
    <div className="editor">
      <JsonField id="definition" label="Definition (Amazon States Language)" text={text} change={change} rows={24} describedBy="diagnostics" testId="definition" />
      <ul id="diagnostics" className="diagnostics" data-testid="diagnostics" aria-live="polite">
        {diagnostics?.length === 0 && <li className="tone-succeeded">✓ Valid</li>}
        {diagnostics?.map((diagnostic, index) => (
          <li key={index} className={diagnostic.severity === 'ERROR' ? 'tone-failed' : 'tone-caught'}>
            <strong>
              {diagnostic.severity === 'ERROR' ? '✕' : '⚠'} {diagnostic.code}
            </strong>{' '}
            {diagnostic.message} {diagnostic.location && <code>{diagnostic.location}</code>}
          </li>
        ))}
      </ul>
    </div>
  );
}
