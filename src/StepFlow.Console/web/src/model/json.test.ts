import { describe, expect, it } from 'vitest';
import { dedented, flawOf, indented, isFields, JsonNumber, parseJson, readable, sourceOf, tokensOf, type Fields } from './json';

const numbers = ['9007199254740993', '1.10', '12345678901234567890', '10.0', '1e-400', '-0.0', '1E+2', '0.1000'];

describe('indented', () => {
  it.each(numbers)('keeps the number %s', number => expect(indented(`{"a":[${number}]}`)).toBe(`{\n  "a": [\n    ${number}\n  ]\n}`));

  it.each([
    ['{}', '{}'], ['[]', '[]'], [' [ ] ', '[]'], ['{"a":{}}', '{\n  "a": {}\n}'], ['[1,[2,3]]', '[\n  1,\n  [\n    2,\n    3\n  ]\n]'],
    ['"a:{,}\\"[\\\\"', '"a:{,}\\"[\\\\"'], ['"\\u00e9\\/"', '"\\u00e9\\/"'], ['true', 'true'], ['{"b":1,"2":2,"1":3,"b":4}', '{\n  "b": 1,\n  "2": 2,\n  "1": 3,\n  "b": 4\n}'],
  ])('%s', (text, expected) => expect(indented(text)).toBe(expected));

  it('writes as JSON.stringify does where that loses nothing', () => {
    const value = { a: [1, { b: null, c: [] }, 'x "y" {z}, [w]:'], d: {}, e: false, 'f\n': { g: [[], {}] } };
    expect(indented(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
  });

  it('leaves alone what is not JSON', () => expect(indented('{a:1}')).toBe('{a:1}'));
});

describe('readable', () => {
  it('leaves a text with lines as it was written', () => expect(readable('{ "a" :\r\n 1.10 }')).toBe('{ "a" :\r\n 1.10 }'));
  it('gives lines to one without', () => expect(readable('{"a":1.10}')).toBe('{\n  "a": 1.10\n}'));
});

describe('parseJson', () => {
  it.each(numbers)('keeps the number %s', number => expect(parseJson(number)).toEqual(new JsonNumber(number)));

  it('reads what JSON.parse reads', () => {
    const text = ' { "a" : [ 1 , "x\\n" , null , true , false , { } , [ ] ] , "__proto__" : { "b" : "c" } , "a b" : "" } ';
    const plain = JSON.parse(text) as Fields;
    const read = parseJson(text) as Fields;
    expect(Object.keys(read)).toEqual(Object.keys(plain));
    expect(read.a).toEqual([new JsonNumber('1'), 'x\n', null, true, false, {}, []]);
    expect(Object.getOwnPropertyDescriptor(read, '__proto__')?.value).toEqual({ b: 'c' });
  });

  it.each(['', '{', '{"a":}', '01', '[1,]', 'nothing', '"\n"'])('has nothing for %j', text => {
    expect(parseJson(text)).toBeUndefined();
    expect(flawOf(text)).toBeTypeOf('string');
  });

  it('takes the last of two members of one name', () => expect((parseJson('{"a":1,"a":"2"}') as Fields).a).toBe('2'));
});

describe('sourceOf', () => {
  it('gives each value as it stands in the text', () => {
    const value = parseJson('{"States": { "A": {"Seconds" : 1.10,\n "2":[ 10.0 ]} }}') as { States: { A: Fields } };
    expect(sourceOf(value.States)).toBe('{ "A": {"Seconds" : 1.10,\n "2":[ 10.0 ]} }');
    expect(sourceOf(value.States.A['2']!)).toBe('[ 10.0 ]');
    expect(sourceOf(value.States.A.Seconds!)).toBe('1.10');
    expect(sourceOf('é "')).toBe('"é \\""');
  });
});

describe('tokensOf', () => {
  it('tells names from strings', () => {
    const text = '{"a" : ["a", -1.10e+5, true, null], "b:": ":"}';
    const found = tokensOf(text);
    expect(found.filter(one => one.kind !== 'punctuation').map(one => `${one.kind} ${one.text}`)).toEqual([
      'name "a"', 'string "a"', 'number -1.10e+5', 'literal true', 'literal null', 'name "b:"', 'string ":"']);
    expect(found.every(one => text.startsWith(one.text, one.start))).toBe(true);
  });
});

describe('dedented', () => {
  it.each([
    ['{"a":1}', '{"a":1}'],
    ['{\n      "a": 1,\n\n        "b": 2\n    }', '{\n  "a": 1,\n\n    "b": 2\n}'],
    ['{\r\n\t\t"a": 1\r\n\t}', '{\r\n\t"a": 1\r\n}'],
  ])('%j', (piece, expected) => expect(dedented(piece)).toBe(expected));
});

describe('isFields', () => {
  it.each([[{}, true], [[], false], [null, false], ['x', false], [new JsonNumber('1'), false], [undefined, false]])('%j', (value, expected) => expect(isFields(value)).toBe(expected));
});
