import { describe, expect, it } from 'vitest';
import { nodeIndex } from './graph';
import { parseJson, sourceOf, type Json } from './json';
import { stateAt } from './machine';

const text = `{
  "StartAt": "P/0",
  "States": {
    "P/0": { "Type": "Parallel", "End": true, "Branches": [{ "States": {} }, { "StartAt": "B", "States": { "B": { "Type": "Wait", "Seconds": 1.10, "End": true } } }] },
    "M": { "Type": "Map", "ItemProcessor": { "StartAt": "N", "States": { "N": { "Type": "Map", "Iterator": { "States": { "J": { "Type": "Pass", "Result": 9007199254740993 } } } } } } }
  }
}`;
const definition = parseJson(text) as Json;

describe('stateAt', () => {
  it.each(['P/0', 'B', 'M', 'N', 'J'])('finds %s where the graph has it', name => {
    const state = stateAt(definition, nodeIndex(definition).get(name)!);
    expect(text).toContain(`"${name}": ${sourceOf(state!)}`);
  });

  it('has nothing elsewhere', () => {
    expect(stateAt(definition, 'P/0/0/B')).toBeUndefined();
    expect(stateAt(null, 'P')).toBeUndefined();
  });
});
