const breaks = /\r\n?/g;

/** A text as a field shows it: every line break as a line feed. */
export function withLineFeeds(text: string): string {
  return text.replace(breaks, '\n');
}

/**
 * The text after an edit in a field that shows every line break as a line feed: what the edit left alone keeps its own
 * line breaks, and what it adds gets those of the text.
 *
 * @param before The whole text before the edit.
 * @param edited What the field holds after it.
 */
export function keepLineEnds(before: string, edited: string): string {
  if (!before.includes('\r')) {
    return edited;
  }

  const shown = withLineFeeds(before);
  const most = Math.min(shown.length, edited.length);
  let head = 0;
  while (head < most && shown[head] === edited[head]) {
    head++;
  }

  let tail = 0;
  while (tail < most - head && shown[shown.length - 1 - tail] === edited[edited.length - 1 - tail]) {
    tail++;
  }

  const lineEnd = /\r\n?|\n/.exec(before)![0];
  const added = edited.slice(head, edited.length - tail).replaceAll('\n', lineEnd);
  return before.slice(0, offsetOf(before, head)) + added + before.slice(offsetOf(before, shown.length - tail));
}

/** Where in a text the place is that has an offset when each line break counts as one. */
function offsetOf(text: string, shown: number): number {
  let at = 0;
  for (let left = shown; left > 0; left--) {
    at += text.startsWith('\r\n', at) ? 2 : 1;
  }

  return at;
}
