import { describe, expect, it } from 'vitest';
import { suggestionsAt, type Integration } from './completion';

const integrations: Integration[] = [
  { name: 'lambda:invoke', suffixes: ['', '.waitForTaskToken'], required: ['FunctionName'], optional: ['Payload', 'Qualifier'] },
  { name: 'states:startExecution', suffixes: ['', '.sync'], required: ['StateMachineArn'], optional: ['Input'] },
  { name: 'azure:blob:getBlob', suffixes: [''], required: [] },
];

/** What is suggested where `|` stands. */
function at(marked: string): string[] {
  const caret = marked.indexOf('|');
  return suggestionsAt(marked.replace('|', ''), caret, integrations).items.map(one => one.text);
}

const inner = '"M":{"Type":"Map","ItemProcessor":{"StartAt":"X","States":{"X":{"Type":"Pass","Next":"|"},"Y":{"Type":"Succeed"}}},"End":true}';

describe('completion', () => {
  it.each([
    ['{"StartAt":"|","States":{"A":{"Type":"Pass","End":true},"B":{"Type":"Succeed"}}}', ['A', 'B']],
    ['{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"|"},"B":{"Type":"Succeed"}}}', ['A', 'B']],
    ['{"StartAt":"A","States":{"A":{"Type":"Task","Catch":[{"ErrorEquals":["E"],"Next":"b|"}]},"B":{"Type":"Succeed"}}}', ['B']],
    [`{"StartAt":"M","States":{${inner},"Z":{"Type":"Succeed"}}}`, ['X', 'Y']],
    // What is not finished yet.
    ['{"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[],"Default":"|},"B":{"Type":"Succeed"}}}', ['A', 'B']],
  ])('names the states of the same scope: %s', (marked, expected) => {
    expect(at(marked)).toEqual(expected);
  });

  it.each([
    ['{"States":{"A":{"Type":"Task","Resource":"|"}}}', ['arn:aws:states:::lambda:invoke', 'arn:aws:states:::lambda:invoke.waitForTaskToken', 'arn:aws:states:::states:startExecution', 'arn:aws:states:::states:startExecution.sync', 'azure:blob:getBlob']],
    ['{"States":{"A":{"Type":"Task","Resource":"startex|"}}}', ['arn:aws:states:::states:startExecution', 'arn:aws:states:::states:startExecution.sync']],
  ])('names Resources of the catalogue: %s', (marked, expected) => {
    expect(at(marked)).toEqual(expected);
  });

  it.each([
    ['{"States":{"A":{"Resource":"arn:aws:states:::lambda:invoke","Parameters":{"|":1}}}}', ['FunctionName', 'Payload', 'Qualifier']],
    ['{"States":{"A":{"Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken","Arguments":{"FunctionName":"f","|"}}}}', ['Payload', 'Qualifier']],
    ['{"States":{"A":{"Resource":"arn:aws:states:::lambda:invoke","Parameters":{"Payload.$":"$","F|":1}}}}', ['FunctionName']],
    ['{"States":{"A":{"Resource":"arn:aws:states:::acme:charge","Parameters":{"|":1}}}}', []],
  ])('names parameters that are not there yet: %s', (marked, expected) => {
    expect(at(marked)).toEqual(expected);
  });

  it('names the paths that other states make', () => {
    const before = '"A":{"Type":"Task","ResultSelector":{"id.$":"$.Payload.id"},"ResultPath":"$.made","Assign":{"kept":1},"Next":"B"}';
    expect(at(`{"States":{${before},"B":{"Type":"Pass","InputPath":"$.|"}}}`)).toEqual(['$.made', '$.made.id', '$.Payload.id']);
    expect(at(`{"States":{${before},"B":{"Type":"Pass","Parameters":{"x.$":"$k|"}}}}`)).toEqual(['$kept']);
    expect(at(`{"States":{${before},"B":{"Type":"Pass","Parameters":{"x.$":"$$.task|"}}}}`)).toEqual(['$$.Task.Token']);
  });

  it('replaces the whole string that the caret is in', () => {
    const text = '{"StartAt":"Fist","States":{"First":{"Type":"Succeed"}}}';
    expect(suggestionsAt(text, text.indexOf('ist'), integrations)).toMatchObject({ start: 12, end: 16, items: [{ text: 'First', detail: 'Succeed' }] });
  });

  it.each(['|{"StartAt":"A"}', '{"Comment":"|"}', '{"Comment"|:"x"}', '{"a\\"|":1}', '|', 'x|', '"|'])('suggests nothing elsewhere: %s', marked => {
    expect(at(marked)).toEqual([]);
  });
});
