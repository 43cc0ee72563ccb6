import { describe, expect, it } from 'vitest';
import { stretchAt } from './stretch';

const text = '{ "StartAt": "A",\n  "A\\"B": [1, 22],\n    Next: Some # here\n\n  \'it\'\'s\': x';

describe('stretchAt', () => {
  it.each([
    [1, 1, '{'],
    [1, 3, '"StartAt"'],
    [2, 3, '"A\\"B"'],
    [2, 15, '22'],
    [3, 5, 'Next'],
    [5, 3, "'it''s'"],
    [4, 1, ''],
    [3, 99, ''],
    [99, 1, ''],
  ])('line %i, column %i', (line, column, expected) => {
    const { start, end } = stretchAt(text, line, column);
    expect(text.slice(start, end)).toBe(expected);
  });

  it('stands at the end of a line that is shorter', () => expect(stretchAt('ab\ncd', 1, 9)).toEqual({ start: 2, end: 2 }));
  it('stands at the end of a text that has fewer lines', () => expect(stretchAt('ab', 9, 9).start).toBe(2));
});
