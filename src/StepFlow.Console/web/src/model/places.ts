import { flawOf, tokensOf } from './json';

/** A stretch of a text. */
export interface Stretch {
  start: number;
  end: number;
  /** Of its start, from 1. */
  line: number;
}

interface Level {
  /** The last part of the path of what is read next; the items of an array are numbered. */
  name: string;
  isArray: boolean;
}

/**
 * Where in a JSON text the value stands that a path leads to, or its name where the path leads to a member.
 *
 * @param text The JSON text.
 * @param location The path in the notation of Step Functions' diagnostics: `/States/A/Choices[0]/Next`, `/` for the whole.
 * @returns Undefined where the text is not JSON or has nothing there.
 */
export function placeOf(text: string, location: string): Stretch | undefined {
  if (flawOf(text) !== undefined) {
    return undefined;
  }

  const levels: Level[] = [];
  let name: { text: string; start: number; end: number } | undefined;
  let isName = false;
  for (const { kind, text: token, start } of tokensOf(text)) {
    const level = levels.at(-1);
    if (kind === 'name') {
      name = { text: JSON.parse(token) as string, start, end: start + token.length };
      level!.name = name.text;
      isName = true;
    } else if (token === ',') {
      if (level?.isArray) {
        level.name = String(Number(level.name) + 1);
      }
    } else if (token === '}' || token === ']') {
      levels.pop();
    } else if (token !== ':') {
      if ((levels.map(one => (one.isArray ? `[${one.name}]` : `/${one.name}`)).join('') || '/') === location) {
        const found = isName && name ? name : { start, end: start + token.length };
        return { start: found.start, end: found.end, line: text.slice(0, found.start).split(/\r\n?|\n/).length };
      }
      isName = false;
      if (token === '{' || token === '[') {
        levels.push({ name: token === '[' ? '0' : '', isArray: token === '[' });
      }
    }
  }

  return undefined;
}
