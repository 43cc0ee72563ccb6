import { readable } from '../model/json';
import { CopyButton } from './CopyButton';
import { JsonTokens } from './JsonTokens';

/** A JSON text, to read and to copy. Nothing of it is changed but the layout of one that is a single line. */
export function JsonText({ text, label, none = 'There is none.' }: { text: string | undefined; label: string; none?: string }) {
  if (text === undefined) {
    return <p className="empty small">{none}</p>;
  }
  return (
    <div className="json">
      <CopyButton text={text} label={`Copy ${label}`} />
      <pre tabIndex={0} role="region" aria-label={label}>
        <JsonTokens text={readable(text)} />
      </pre>
    </div>
  );
}
