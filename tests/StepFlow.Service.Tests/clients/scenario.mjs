// @aws-sdk/client-sfn against the service: the way of an execution, error classes, paginators. Exits with 0 where all holds.
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import {
  CreateActivityCommand, CreateStateMachineCommand, DescribeExecutionCommand, ExecutionDoesNotExist, GetActivityTaskCommand,
  InvalidArn, InvalidToken, RedriveExecutionCommand, SendTaskSuccessCommand, SFNClient, StartExecutionCommand,
  StartSyncExecutionCommand, StateMachineDoesNotExist, TaskTimedOut, TestStateCommand, paginateGetExecutionHistory, paginateListExecutions,
} from '@aws-sdk/client-sfn';

const client = new SFNClient({
  endpoint: process.env.STEPFLOW_ENDPOINT,
  region: 'us-east-1',
  disableHostPrefix: true,
  maxAttempts: 1,
});
const roleArn = 'arn:aws:iam::123456789012:role/test';
const create = (name, definition, type = 'STANDARD') =>
  client.send(new CreateStateMachineCommand({ name, definition: JSON.stringify(definition), roleArn, type })).then((answer) => answer.stateMachineArn);

async function ended(executionArn) {
  for (let i = 0; i < 200; i++) {
    const answer = await client.send(new DescribeExecutionCommand({ executionArn }));
    if (answer.status !== 'RUNNING') return answer;
    await delay(50);
  }
  throw new Error('the execution does not end');
}

const machine = await create('js', {
  StartAt: 'Work',
  States: { Work: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'fail-once', 'Payload.$': '$' }, End: true } },
});
const { executionArn, startDate } = await client.send(new StartExecutionCommand({ stateMachineArn: machine, input: '{"n":1}' }));
assert.ok(startDate instanceof Date && Math.abs(Date.now() - startDate) < 60000);
assert.equal((await ended(executionArn)).status, 'FAILED');
await client.send(new RedriveExecutionCommand({ executionArn }));
assert.equal((await ended(executionArn)).status, 'SUCCEEDED');

const types = [];
for await (const page of paginateGetExecutionHistory({ client, pageSize: 3 }, { executionArn })) types.push(...page.events.map((event) => event.type));
assert.ok(types.includes('ExecutionRedriven') && types.at(-1) === 'ExecutionSucceeded', types);

for (let i = 0; i < 4; i++) await client.send(new StartExecutionCommand({ stateMachineArn: machine }));
let listed = 0;
for await (const page of paginateListExecutions({ client, pageSize: 2 }, { stateMachineArn: machine })) listed += page.executions.length;
assert.equal(listed, 5);

const { activityArn } = await client.send(new CreateActivityCommand({ name: 'js' }));
const asking = await create('js-asking', { StartAt: 'Ask', States: { Ask: { Type: 'Task', Resource: activityArn, End: true } } });
const asked = await client.send(new StartExecutionCommand({ stateMachineArn: asking }));
const task = await client.send(new GetActivityTaskCommand({ activityArn }));
await client.send(new SendTaskSuccessCommand({ taskToken: task.taskToken, output: '{"answer":42}' }));
assert.equal((await ended(asked.executionArn)).output, '{"answer":42}');

const express = await create('js-express', { StartAt: 'Pass', States: { Pass: { Type: 'Pass', End: true } } }, 'EXPRESS');
const answer = await client.send(new StartSyncExecutionCommand({ stateMachineArn: express, input: '{"a":1}' }));
assert.equal(answer.output, '{"a":1}');
const tested = await client.send(new TestStateCommand({ definition: '{"Type":"Succeed"}', input: '{}' }));
assert.equal(tested.status, 'SUCCEEDED');

await assert.rejects(client.send(new StartExecutionCommand({ stateMachineArn: `${machine}x` })), StateMachineDoesNotExist);
await assert.rejects(client.send(new DescribeExecutionCommand({ executionArn: `${executionArn}x` })), ExecutionDoesNotExist);
await assert.rejects(client.send(new DescribeExecutionCommand({ executionArn: 'nothing' })), InvalidArn);
await assert.rejects(client.send(new SendTaskSuccessCommand({ taskToken: 'nothing', output: '{}' })), InvalidToken);
await assert.rejects(client.send(new SendTaskSuccessCommand({ taskToken: task.taskToken, output: '{}' })), TaskTimedOut);
console.log('ok');
