import assert from 'node:assert/strict';

/** Calls operations of the service, as a client beside the browser would. */
export function clientOf(url) {
  return async function call(operation, request) {
    const response = await fetch(`${url}/api/operations/${operation}?payloads=text`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(request),
    });
    const answer = await response.json();
    assert.ok(response.ok, `${operation}: ${JSON.stringify(answer)}`);
    return answer;
  };
}

/** Creates a state machine of a definition's text. */
export async function create(call, name, definition, type = 'STANDARD') {
  const text = typeof definition === 'string' ? definition : JSON.stringify(definition);
  const created = await call('CreateStateMachine', { name, type, definition: text, roleArn: 'arn:aws:iam::123456789012:role/any' });
  return created.stateMachineArn;
}

/** Starts an execution and waits until it has ended. */
export async function run(call, stateMachineArn, input = '{}', name = undefined) {
  const { executionArn } = await call('StartExecution', { stateMachineArn, input, name });
  for (;;) {
    const execution = await call('DescribeExecution', { executionArn });
    if (execution.status !== 'RUNNING') {
      return execution;
    }
    await new Promise(resolve => setImmediate(resolve));
  }
}
