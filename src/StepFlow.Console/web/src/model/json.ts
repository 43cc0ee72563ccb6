/** A number as it was written: a double would lose digits of some. */
export class JsonNumber {
  constructor(readonly text: string) {}
}

/** A JSON value, as `JSON.parse` gives it, or with exact numbers as `parseJson` does. */
export type Json = null | boolean | number | JsonNumber | string | Json[] | { [name: string]: Json };

/** The fields of a JSON object. */
export interface Fields {
  [name: string]: Json;
}

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
const sources = new WeakMap<object, string>();

/** Whether a value is a JSON object. */
export function isFields(value: Json | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber);
}

/** A text, or undefined. */
export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Why a text is not JSON; undefined where it is. */
export function flawOf(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Reads a JSON text with its numbers as they are written; undefined where the text is not JSON. */
export function parseJson(text: string): Json | undefined {
  return flawOf(text) === undefined ? new Reader(text).value() : undefined;
}

/** A value of `parseJson` as it stands in its text; any other value as `JSON.stringify` writes it. */
export function sourceOf(value: Json): string {
  if (value instanceof JsonNumber) {
    return value.text;
  }

  return (typeof value === 'object' && value !== null ? sources.get(value) : undefined) ?? JSON.stringify(value);
}

/** A JSON text to be read by people: one with line breaks as it is, one without with an indented line for each member. */
export function readable(text: string): string {
  return /[\r\n]/.test(text) ? text : indented(text);
}

/** A JSON text with an indented line for each member and item. Only white space changes; what is not JSON stays as it is. */
export function indented(text: string): string {
  if (flawOf(text) !== undefined) {
    return text;
  }

  let depth = 0;
  let before = '';
  const parts: string[] = [];
  for (const [token] of text.matchAll(tokens)) {
    const closes = token === '}' || token === ']';
    depth -= closes ? 1 : 0;
    if (before === ',' || (closes ? before !== '{' && before !== '[' : before === '{' || before === '[')) {
      parts.push('\n', '  '.repeat(depth));
    } else if (before === ':') {
      parts.push(' ');
    }

    parts.push(token);
    depth += token === '{' || token === '[' ? 1 : 0;
    before = token;
  }

  return parts.join('');
}

/** A token of a JSON text. */
export interface Token {
  kind: 'name' | 'string' | 'number' | 'literal' | 'punctuation';
  text: string;
  /** Its offset in the text. */
  start: number;
}

/** The tokens of a text that is known to be JSON, with the white space between them left out. */
export function tokensOf(text: string): Token[] {
  const found: Token[] = [];
  for (const match of text.matchAll(tokens)) {
    const [token] = match;
    const before = found.at(-1);
    if (token === ':' && before?.kind === 'string') {
      before.kind = 'name';
    }

    found.push({ kind: kindOf(token), text: token, start: match.index });
  }

  return found;
}

function kindOf(token: string): Token['kind'] {
  switch (token.charAt(0)) {
    case '"':
      return 'string';
    case 't':
    case 'f':
    case 'n':
      return 'literal';
    default:
      return /^[-\d]/.test(token) ? 'number' : 'punctuation';
  }
}

/** A piece of a JSON text without the indent that all its lines after the first have in common. */
export function dedented(piece: string): string {
  const [first = '', ...rest] = piece.split('\n');
  const common = Math.min(...rest.filter(line => line.trim() !== '').map(line => line.length - line.trimStart().length));
  return Number.isFinite(common) ? [first, ...rest.map(line => line.slice(common))].join('\n') : piece;
}

/** Reads a text that is known to be JSON. */
class Reader {
  private readonly found: RegExpExecArray[];
  private at = 0;

  constructor(private readonly text: string) {
    this.found = [...text.matchAll(tokens)];
  }

  value(): Json {
    const start = this.next();
    const [token] = start;
    switch (token.charAt(0)) {
      case '{':
        return this.keep(this.object(), start);
      case '[':
        return this.keep(this.array(), start);
      case '"':
      case 't':
      case 'f':
      case 'n':
        return JSON.parse(token) as Json;
      default:
        return new JsonNumber(token);
    }
  }

  private object(): Fields {
    const fields: Fields = {};
    while (this.next()[0] !== '}') {
      const name = this.found[this.at - 1]![0];
      if (name !== ',') {
        this.next();
        // A plain assignment would take __proto__ for the prototype.
        Object.defineProperty(fields, JSON.parse(name) as string, { value: this.value(), enumerable: true, configurable: true, writable: true });
      }
    }

    return fields;
  }

  private array(): Json[] {
    const items: Json[] = [];
    while (this.found[this.at]![0] !== ']') {
      if (this.found[this.at]![0] === ',') {
        this.at++;
      } else {
        items.push(this.value());
      }
    }

    this.at++;
    return items;
  }

  private next(): RegExpExecArray {
    return this.found[this.at++]!;
  }

  private keep<T extends Json[] | Fields>(value: T, start: RegExpExecArray): T {
    const end = this.found[this.at - 1]!;
    sources.set(value, this.text.slice(start.index, end.index + 1));
    return value;
  }
}
