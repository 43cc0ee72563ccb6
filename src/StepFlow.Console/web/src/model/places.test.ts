import { describe, expect, it } from 'vitest';
import { placeOf } from './places';

const text = `{ "StartAt": "A",
  "States": {
    "A": { "Type": "Pass",\r
      "Next": "B/~C" },
    "B/~C": { "Branches": [ {}, { "x": [[1, [2]], "y"] } ] }
  }
}`;

describe('placeOf', () => {
  it.each([
    ['/StartAt', '"StartAt"', 1],
    ['/States', '"States"', 2],
    ['/States/A', '"A"', 3],
    ['/States/A/Next', '"Next"', 4],
    ['/States/B/~C', '"B/~C"', 5],
    ['/States/B/~C/Branches[0]', '{', 5],
    ['/States/B/~C/Branches[1]/x', '"x"', 5],
    ['/States/B/~C/Branches[1]/x[0][1][0]', '2', 5],
    ['/States/B/~C/Branches[1]/x[1]', '"y"', 5],
    ['/', '{', 1],
  ])('%s', (pointer, expected, line) => {
    const place = placeOf(text, pointer)!;
    expect(text.slice(place.start, place.end)).toBe(expected);
    expect(place.line).toBe(line);
  });

  it.each(['/Nothing', '/States/A/Next[0]', '/States/B/~C/Branches[2]', 'States', ''])('has nothing at %s', pointer => expect(placeOf(text, pointer)).toBeUndefined());
  it('has nothing in what is not JSON', () => expect(placeOf('{', '/')).toBeUndefined());
});
