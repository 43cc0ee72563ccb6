import type { KeyboardEvent, RefObject } from 'react';
import { flawOf, indented } from '../model/json';
import { keepLineEnds, withLineFeeds } from '../model/lineEnds';
import { LineNumbers } from './LineNumbers';

interface Props {
  id: string;
  label: string;
  text: string;
  change: (text: string) => void;
  rows: number;
  describedBy?: string;
  testId?: string;
  field?: RefObject<HTMLTextAreaElement | null>;
  onKeyDown?: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  /** Was edited: the text as the field shows it, and its caret. */
  onEdit?: (text: string, caret: number) => void;
  onBlur?: () => void;
  /** Whether lines have numbers, and are not wrapped; needs `field`. */
  isNumbered?: boolean;
  /** Whether another form than JSON is right too. */
  takesOthers?: boolean;
  /** The list that completes what is written, and the chosen item's id; undefined while none is open. */
  list?: { id: string; chosen: string } | undefined;
}

/** Edits a JSON text, or one that stands for JSON: what nobody changes stays as it is, line ends too. */
export function JsonField({ id, label, text, change, rows, describedBy, testId, field, onKeyDown, onEdit, onBlur, takesOthers = false, isNumbered = false, list }: Props) {
  const isJson = flawOf(text) === undefined;
  return (
    <div className="field">
      <div className="row between">
        <label htmlFor={id}>{label}</label>
        <button type="button" className="quiet" disabled={!isJson} onClick={() => change(indented(text))} title="One line for each member and item">
          Format
        </button>
      </div>
      <div className={isNumbered ? 'numbered' : undefined}>
        {isNumbered && field && <LineNumbers count={withLineFeeds(text).split('\n').length} field={field} />}
        <textarea
          ref={field}
          id={id}
          spellCheck={false}
          rows={rows}
          wrap={isNumbered ? 'off' : 'soft'}
          value={withLineFeeds(text)}
          onChange={event => {
            change(keepLineEnds(text, event.target.value));
            onEdit?.(event.target.value, event.target.selectionStart);
          }}
          onKeyDown={onKeyDown}
          onBlur={onBlur}
          aria-invalid={!isJson && !takesOthers}
          {...(describedBy !== undefined && { 'aria-describedby': describedBy })}
          {...(list && { 'aria-autocomplete': 'list', 'aria-controls': list.id, 'aria-activedescendant': list.chosen })}
          data-testid={testId}
        />
      </div>
    </div>
  );
}
