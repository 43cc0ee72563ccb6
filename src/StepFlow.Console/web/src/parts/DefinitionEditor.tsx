import { useEffect, useRef, useState } from 'react';
import { asApiError } from '../api/ApiError';
import { call } from '../api/client';
import type { Diagnostic } from '../api/shapes';
import { Diagnostics } from './Diagnostics';
import { JsonField } from './JsonField';

/** How long nobody types before a definition is validated, in milliseconds. */
const pause = 400;

/** Edits a definition and tells what is wrong with it, and where, while it is written. */
export function DefinitionEditor({ text, type, change }: { text: string; type: string; change: (text: string) => void }) {
  const [validated, setValidated] = useState<{ text: string; diagnostics: Diagnostic[] }>();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      call<{ diagnostics: Diagnostic[] }>('ValidateStateMachineDefinition', { definition: text, type }, abort.signal)
        .then(({ diagnostics }) => setValidated({ text, diagnostics }))
        .catch((error: unknown) => {
          if (!abort.signal.aborted) {
            setValidated({ text, diagnostics: [{ severity: 'ERROR', code: 'NOT_VALIDATED', message: asApiError(error).message }] });
          }
        });
    }, pause);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text, type]);
  const show = (start: number, end: number): void => {
    // A field scrolls to its caret when it gets the focus, not when it gets a selection.
    field.current?.blur();
    field.current?.setSelectionRange(start, start);
    field.current?.focus();
    field.current?.setSelectionRange(start, end);
  };

  return (
    <div className="editor">
      <JsonField
        id="definition"
        label="Definition (Amazon States Language)"
        text={text}
        change={change}
        rows={24}
        describedBy="diagnostics"
        testId="definition"
        field={field}
      />
      <Diagnostics id="diagnostics" diagnostics={validated?.diagnostics} text={validated?.text ?? text} show={show} />
    </div>
  );
}
