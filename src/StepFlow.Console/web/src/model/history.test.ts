import { describe, expect, it } from 'vitest';
import { assignedText, detailsOf, detailsText, type HistoryEvent } from './history';

const event = (member: string, details: HistoryEvent[string]): HistoryEvent => ({ id: 1, previousEventId: 0, timestamp: '', type: 'T', [member]: details });

describe('detailsOf', () => {
  it('finds the details, whatever their member is called', () => {
    expect(detailsOf(event('taskFailedEventDetails', { error: 'E' }))).toEqual({ error: 'E' });
    expect(detailsOf(event('other', { error: 'E' }))).toEqual({});
  });
});

describe('detailsText', () => {
  it('shows payloads as they are, not as strings', () => {
    const details = {
      name: 'A "quoted"',
      input: '{"n": 9007199254740993, "2": 1.10}',
      inputDetails: { truncated: false },
      parameters: '[10.0,1e-400]',
      output: '"text"',
      assignedVariables: { big: '12345678901234567890', text: '"x"' },
      cause: '{"a":1.10}',
      timeoutInSeconds: 60,
    };
    expect(detailsText(event('stateEnteredEventDetails', details))).toBe(
      '{"name":"A \\"quoted\\"","input":{"n": 9007199254740993, "2": 1.10},"inputDetails":{"truncated":false},"parameters":[10.0,1e-400],"output":"text",'
      + '"assignedVariables":{"big":12345678901234567890,"text":"x"},"cause":"{\\"a\\":1.10}","timeoutInSeconds":60}');
  });

  it('shows a payload that is not JSON as a string', () => {
    expect(detailsText(event('taskScheduledEventDetails', { parameters: '{a' }))).toBe('{"parameters":"{a"}');
  });
});

describe('assignedText', () => {
  it('is one JSON text', () => expect(assignedText({ a: '1.10', 'b"': '"x"' })).toBe('{"a":1.10,"b\\"":"x"}'));
});
