import { CopyButton } from './CopyButton';
import { jsonText } from '../model/format';
import type { Json } from '../model/history';

/** A JSON value as indented text, to read and to copy. */
export function JsonText({ value, label, none = 'There is none.' }: { value: Json | undefined; label: string; none?: string }) {
  if (value === undefined) {
    return <p className="empty small">{none}</p>;
  }
  const text = jsonText(value);
  return (
    <div className="json">
      <CopyButton text={text} label={`Copy ${label}`} />
      <pre tabIndex={0} aria-label={label}>
        {text}
      </pre>
    </div>
  );
}
