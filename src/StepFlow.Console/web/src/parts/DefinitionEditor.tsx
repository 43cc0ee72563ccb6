import { useEffect, useState } from 'react';
import { call } from '../api/client';
import type { Diagnostic } from '../api/shapes';

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
            setDiagnostics([{ severity: 'ERROR', code: 'NOT_VALIDATED', message: String((error as Error).message) }]);
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
      <label htmlFor="definition">Definition (Amazon States Language)</label>
      <textarea
        id="definition"
        spellCheck={false}
        rows={22}
        value={text}
        onChange={event => change(event.target.value)}
        aria-describedby="diagnostics"
      />
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
