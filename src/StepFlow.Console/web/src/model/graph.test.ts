import { describe, expect, it } from 'vitest';
import { layout, nodeIndex } from './graph';
import { parseJson, type Json } from './json';
import { ruleText } from './ruleText';

const machine: Json = {
  StartAt: 'A',
  States: {
    A: { Type: 'Task', Next: 'C', Catch: [{ ErrorEquals: ['X', 'Y'], Next: 'F' }] },
    C: { Type: 'Choice', Choices: [{ Variable: '$.x', NumericEquals: 1, Next: 'P' }, { Condition: '{% $x > 1 %}', Next: 'A' }], Default: 'M' },
    P: { Type: 'Parallel', End: true, Branches: [{ StartAt: 'B', States: { B: { Type: 'Pass', End: true } } }, { StartAt: 'D', States: { D: { Type: 'Pass', Next: 'D2' }, D2: { Type: 'Wait', End: true } } }] },
    M: { Type: 'Map', End: true, Iterator: { StartAt: 'I', States: { I: { Type: 'Map', End: true, ItemProcessor: { StartAt: 'J', States: { J: { Type: 'Pass', End: true } } } } } } },
    F: { Type: 'Fail' },
  },
};

describe('layout', () => {
  it('nests what containers hold, under ids that are paths', () => {
    const { nodes } = layout(machine);
    expect(nodes.map(node => `${node.id} ${node.type} ${node.parent ?? '-'}`)).toEqual([
      'A Task -', 'C Choice -', 'P Parallel -', 'M Map -', 'F Fail -', '#start Start -', '#end End -',
      'P/0/B Pass P', 'P/1/D Pass P', 'P/1/D2 Wait P', 'M/I Map M', 'M/I/J Pass M/I',
    ]);
    expect(nodes.filter(node => node.isStart).map(node => node.id)).toEqual(['A', '#start', 'P/0/B', 'P/1/D', 'M/I', 'M/I/J']);
    expect(nodeIndex(machine).get('J')).toBe('M/I/J');
  });

  it('draws every way with its label', () => {
    const { edges } = layout(machine);
    expect(edges.map(edge => `${edge.from}>${edge.to} ${edge.kind} ${edge.label ?? ''}`.trim()).sort()).toEqual([
      '#start>A next', 'A>C next', 'A>F catch X, Y', 'C>A choice $x > 1', 'C>M default Default', 'C>P choice $.x == 1',
      'F>#end next', 'M>#end next', 'P/1/D>P/1/D2 next', 'P>#end next',
    ].sort());
  });

  it.each<Json>([
    null, 1, 'x', [], {}, { States: null }, { States: { A: null, B: 1 } }, { StartAt: 'Z', States: { A: { Type: 'Task', Next: 'Q' } } },
    { StartAt: 'A', States: { A: { Next: 'A', Catch: {}, Choices: 'x' }, '#start': { Type: 'Pass', End: true } } },
    { StartAt: 1, States: { P: { Type: 'Parallel', Branches: [null, { States: {} }, 3] }, M: { Type: 'Map' }, E: { Type: 'Parallel' } } },
    { StartAt: 'C', States: { C: { Type: 'Choice', Choices: [null, { Next: 'C' }, { And: [null, 1], Next: 'C' }, { Not: 3, Next: 'C' }] } } },
  ])('takes the odd definition %j', definition => {
    const { nodes, width, height } = layout(definition);
    expect([width, height, ...nodes.flatMap(node => [node.x, node.y, node.width, node.height])].every(Number.isFinite)).toBe(true);
  });
});

describe('ruleText', () => {
  it.each<[Json, string]>([
    [{ Variable: '$.s', StringEquals: 'a' }, '$.s == "a"'],
    [{ Variable: '$.s', StringEqualsPath: '$.t' }, '$.s == $.t'],
    [{ Variable: '$.n', NumericGreaterThanEquals: 2 }, '$.n >= 2'],
    [{ Variable: '$.n', TimestampLessThanPath: '$.t' }, '$.n < $.t'],
    [{ Variable: '$.n', IsPresent: false }, '$.n is not present'],
    [{ Variable: '$.s', StringMatches: 'a*' }, '$.s matches "a*"'],
    [{ Not: { Variable: '$.b', BooleanEquals: true } }, 'not ($.b == true)'],
    [{ And: [{ Variable: '$.a', IsNull: true }, { Or: [{ Variable: '$.b', NumericEquals: 1 }, { Variable: '$.b', NumericEquals: 2 }] }] }, '$.a is null and ($.b == 1 or $.b == 2)'],
    [{ Condition: "{% $states.input.name = 'a very long name of something' %}" }, "$states.input.name = 'a very long name…"],
  ])('%j', (rule, text) => {
    expect(ruleText(rule)).toBe(text);
  });

  it.each(['9007199254740993', '1.10', '1e-400'])('keeps the number %s', number => {
    expect(ruleText(parseJson(`{"Variable":"$.n","NumericEquals":${number}}`)!)).toBe(`$.n == ${number}`);
  });
});
