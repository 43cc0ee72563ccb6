import { useEffect, useRef, useState } from 'react';
import { asApiError } from '../api/ApiError';
import { checkDefinition } from '../api/checkDefinition';
import type { Diagnostic } from '../api/shapes';
import { Diagnostics } from './Diagnostics';
import { JsonField } from './JsonField';
import { SuggestionList, suggestionId } from './SuggestionList';
import { useCompletion } from './useCompletion';

const isJson = (text: string): boolean => /^\s*(?:[{["/]|$)/.test(text);

/** How long nobody types before a definition is validated, in milliseconds. */
const pause = 400;

const listId = 'suggestions';

interface Props {
  text: string;
  type: string;
  change: (text: string) => void;
  /** Told the definition as JSON whenever the text is in another form and can be read. */
  onRead?: (json: string) => void;
}

/** Edits a definition in JSON or YAML, completes it, and tells what is wrong with it or cannot happen, and where, while it is written. */
export function DefinitionEditor({ text, type, change, onRead }: Props) {
  const [validated, setValidated] = useState<{ text: string; diagnostics: Diagnostic[] }>();
  const field = useRef<HTMLTextAreaElement>(null);
  const completion = useCompletion(field);
  const tell = useRef(onRead);
  useEffect(() => {
    tell.current = onRead;
  });
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      checkDefinition(text, type, abort.signal)
        .then(({ diagnostics, definition }) => {
          setValidated({ text, diagnostics });
          if (definition !== undefined) {
            tell.current?.(definition);
          }
        })
        .catch((error: unknown) => {
          if (!abort.signal.aborted) {
            setValidated({ text, diagnostics: [{ severity: 'ERROR', code: 'NOT_VALIDATED', message: asApiError(error).message, line: 1, column: 1 }] });
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
        label="Definition (Amazon States Language, JSON or YAML)"
        text={text}
        change={change}
        rows={24}
        describedBy="completion diagnostics"
        testId="definition"
        field={field}
        onKeyDown={completion.onKeyDown}
        onEdit={completion.onEdit}
        onBlur={completion.close}
        isNumbered
        takesOthers={!isJson(text)}
        list={completion.open && { id: listId, chosen: suggestionId(listId, completion.chosen) }}
      />
      <div className="completion">
        {completion.open && <SuggestionList id={listId} suggestions={completion.open} chosen={completion.chosen} take={completion.take} />}
        <p id="completion" className="small">
          {isJson(text)
            ? 'Press Ctrl+Space in a text to complete states, Resources, parameters and paths.'
            : 'This is YAML or a template. It is saved as JSON, without comments.'}
        </p>
      </div>
      <Diagnostics id="diagnostics" diagnostics={validated?.diagnostics} text={validated?.text ?? text} show={show} />
    </div>
  );
}
