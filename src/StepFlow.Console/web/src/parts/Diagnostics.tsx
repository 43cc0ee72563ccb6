import type { Diagnostic } from '../api/shapes';
import { withLineFeeds } from '../model/lineEnds';
import { stretchAt } from '../model/stretch';

interface Props {
  id: string;
  /** Undefined while nothing is known yet. */
  diagnostics: Diagnostic[] | undefined;
  /** The definition that they are about. */
  text: string;
  /** Shows a stretch of it, where every line break counts as one character. */
  show: (start: number, end: number) => void;
}

/** What is wrong with a definition, and what it is warned of; each leads to its place in the text. */
export function Diagnostics({ id, diagnostics, text, show }: Props) {
  const shown = withLineFeeds(text);
  return (
    <ul id={id} className="diagnostics" data-testid="diagnostics" aria-live="polite">
      {diagnostics === undefined && <li className="small">Validating…</li>}
      {diagnostics?.every(({ severity }) => severity !== 'ERROR') && <li className="tone-succeeded">✓ Valid</li>}
      {diagnostics?.map((diagnostic, index) => {
        const { start, end } = stretchAt(shown, diagnostic.line, diagnostic.column);
        return (
          <li key={index} className={diagnostic.severity === 'ERROR' ? 'tone-failed' : 'tone-caught'}>
            <strong>
              {diagnostic.severity === 'ERROR' ? '✕' : '⚠'} {diagnostic.code}
            </strong>{' '}
            {diagnostic.message} {diagnostic.location !== undefined && diagnostic.location !== '/' && <code>{diagnostic.location}</code>}{' '}
            <button type="button" className="quiet" onClick={() => show(start, end)} data-testid={`line-${diagnostic.line}`}>
              Line {diagnostic.line}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
