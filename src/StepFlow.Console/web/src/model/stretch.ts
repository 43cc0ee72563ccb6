/** A stretch of a text, from where something begins to the end of the word or quoted text that stands there. */
export interface Stretch {
  start: number;
  end: number;
}

// What a value or name looks like where it begins, in JSON and in YAML.
const quoted = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/;
const plain = /^[^\s:,[\]{}]+|^[^\s]/;

/**
 * The word at a place.
 *
 * @param text The text.
 * @param line From 1.
 * @param column From 1; beyond the line's end the stretch is empty and stands there.
 */
export function stretchAt(text: string, line: number, column: number): Stretch {
  const lines = text.split('\n');
  const written = lines[line - 1] ?? '';
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + Math.min(column - 1, written.length);
  const rest = written.slice(column - 1);
  return { start: Math.min(start, text.length), end: Math.min(start, text.length) + ((quoted.exec(rest) ?? plain.exec(rest))?.[0].length ?? 0) };
}
