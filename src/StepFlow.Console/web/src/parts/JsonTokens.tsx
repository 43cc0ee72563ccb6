import { Fragment, useMemo } from 'react';
import { flawOf, tokensOf } from '../model/json';

/** Longer texts are shown in one colour: each token is an element of the page. */
const longest = 100_000;

/** A JSON text with its names, strings, numbers and literals in colours. Nothing of the text is changed. */
export function JsonTokens({ text }: { text: string }) {
  const parts = useMemo(() => partsOf(text), [text]);
  return parts.map((part, index) =>
    part.kind === undefined ? (
      <Fragment key={index}>{part.text}</Fragment>
    ) : (
      <span key={index} className={`json-${part.kind}`}>
        {part.text}
      </span>
    ),
  );
}

interface Part {
  text: string;
  /** Undefined for what has no colour of its own. */
  kind?: 'name' | 'string' | 'number' | 'literal';
}

function partsOf(text: string): Part[] {
  if (text.length > longest || flawOf(text) !== undefined) {
    return [{ text }];
  }

  const parts: Part[] = [];
  let shown = 0;
  for (const { kind, text: token, start } of tokensOf(text)) {
    if (kind !== 'punctuation') {
      parts.push({ text: text.slice(shown, start) }, { text: token, kind });
      shown = start + token.length;
    }
  }

  parts.push({ text: text.slice(shown) });
  return parts;
}
