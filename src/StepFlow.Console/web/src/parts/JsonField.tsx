import type { RefObject } from 'react';
import { flawOf, indented } from '../model/json';
import { keepLineEnds, withLineFeeds } from '../model/lineEnds';

interface Props {
  id: string;
  label: string;
  text: string;
  change: (text: string) => void;
  rows: number;
  describedBy?: string;
  testId?: string;
  field?: RefObject<HTMLTextAreaElement | null>;
}

/** Edits a JSON text: what nobody changes stays as it is, line ends too. */
export function JsonField({ id, label, text, change, rows, describedBy, testId, field }: Props) {
  const isJson = flawOf(text) === undefined;
  return (
    <div className="field">
      <div className="row between">
        <label htmlFor={id}>{label}</label>
        <button type="button" className="quiet" disabled={!isJson} onClick={() => change(indented(text))} title="One line for each member and item">
          Format
        </button>
      </div>
      <textarea
        ref={field}
        id={id}
        spellCheck={false}
        rows={rows}
        value={withLineFeeds(text)}
        onChange={event => change(keepLineEnds(text, event.target.value))}
        aria-invalid={!isJson}
        {...(describedBy !== undefined && { 'aria-describedby': describedBy })}
        data-testid={testId}
      />
    </div>
  );
}
