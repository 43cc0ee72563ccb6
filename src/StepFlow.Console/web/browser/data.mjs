// What people see and send is the data: data.mjs URL [FOLDER FOR PICTURES]. Numbers, names and layout stay as they were
// written, in definitions, inputs, outputs and events; only what a person changes is changed; a draft is not lost.
import assert from 'node:assert/strict';
import { openPage } from './page.mjs';
import { clientOf, create, run } from './service.mjs';

const [url, pictures] = process.argv.slice(2);
const call = clientOf(url);
const numbers = ['9007199254740993', '1.10', '12345678901234567890', '10.0', '1e-400'];
const definition = `{ "StartAt": "Decide",\r\n\t"States": {\r\n`
  + `\t\t"Decide": { "Type": "Choice", "Default": "Keep",\r\n\t\t\t"Choices": [{ "Variable": "$.n", "NumericEquals": 9007199254740993, "Next": "Keep" }] },\r\n`
  + `\t\t"Keep": {"Type": "Pass", "Result": {"2": [${numbers.join(', ')}], "1": "x"}, "ResultPath": "$.kept", "Next": "Done"},\r\n`
  + `\t\t"Done":   {"Type": "Succeed"}\r\n\t}\r\n}\r\n`;
const input = `{ "n": 9007199254740993,\n  "b": [ 1.10, 12345678901234567890, 10.0, 1e-400 ], "2": 2, "1": 1 }`;

const { page, at, status, look, complaints, close } = await openPage(pictures);
const definitionOf = async arn => (await call('DescribeStateMachine', { stateMachineArn: arn })).definition;
const shown = async (element, wanted, what) => {
  const text = (await element.innerText()).replace(/\u00a0/g, ' ');
  for (const one of wanted) {
    assert.ok(text.includes(one), `${what} does not show ${one}:\n${text}`);
  }
};
const sent = operation => page.waitForRequest(request => request.url().includes(`/operations/${operation}`));

try {
  const arn = await create(call, 'exact', definition);
  assert.equal(await definitionOf(arn), definition, 'the service keeps another text');

  // A definition is shown as it was written, its graph too.
  await page.goto(`${url}/console/machines/${encodeURIComponent(arn)}?tab=definition`);
  const written = page.getByRole('region', { name: 'definition' });
  await shown(written, [...numbers, '{"2": [', '"Done":   {'], 'The definition');
  await page.getByText('$.n == 9007199254740993').waitFor();
  await look('exact-definition');

  // Saved untouched, it is the same, byte for byte.
  await at('edit').click();
  await page.getByText('✓ Valid').waitFor();
  let update = sent('UpdateStateMachine');
  await at('save').click();
  assert.equal((await update).postDataJSON().definition, definition, 'an untouched definition is sent changed');
  await at('edit').waitFor();
  assert.equal(await definitionOf(arn), definition);

  // Only what is changed is changed.
  await at('edit').click();
  await at('definition').fill((await at('definition').inputValue()).replace('"x"', '"changed"'));
  await at('save').click();
  await at('edit').waitFor();
  assert.equal(await definitionOf(arn), definition.replace('"x"', '"changed"'), 'more than the change was saved');

  // A draft outlives the tab, the page, and a reload, of which the browser asks.
  await at('edit').click();
  const draft = definition.replace('"x"', '"a draft"');
  await at('definition').fill((await at('definition').inputValue()).replace('"changed"', '"a draft"'));
  await at('tab-executions').click();
  await page.getByRole('link', { name: 'State machines' }).first().click();
  await at('machine-exact').getByRole('link').click();
  await at('tab-definition').click();
  assert.match(await at('definition').inputValue(), /"a draft"/, 'the draft did not outlive the tab');
  await look('draft');
  const questions = [];
  page.on('dialog', dialog => {
    questions.push(dialog.type());
    void dialog.accept();
  });
  await page.reload();
  assert.deepEqual(questions, ['beforeunload'], 'the browser did not ask before the draft is left');
  assert.match(await at('definition').inputValue(), /"a draft"/, 'the draft did not outlive a reload');

  // Where somebody else has saved another definition, the page asks before it is replaced.
  await call('UpdateStateMachine', { stateMachineArn: arn, definition });
  await at('save').click();
  await at('overwrite').waitFor();
  await look('overwrite');
  assert.equal(await definitionOf(arn), definition, 'the other definition was replaced without a question');
  await at('save-anyway').click();
  await at('edit').waitFor();
  assert.equal(await definitionOf(arn), draft);
  await page.reload();
  await at('edit').waitFor();
  assert.equal(questions.length, 1, 'the browser asks where no draft is');

  // An execution starts with exactly what was typed.
  await at('start').click();
  await at('execution-input').fill(input);
  await page.keyboard.press('Escape');
  await at('execution-input').waitFor({ state: 'detached' });
  await at('start').click();
  assert.equal(await at('execution-input').inputValue(), input, 'closing the dialog loses the input');
  await at('execution-name').fill('typed');
  await at('start-now').click();
  await status('SUCCEEDED');
  const first = arn.replace(':stateMachine:', ':execution:') + ':typed';
  assert.equal((await call('DescribeExecution', { executionArn: first })).input, input, 'the execution got another input');

  // Everything that is shown of it is what it was: steps, events, input and output.
  await at('node-Keep').click();
  await shown(at('panel').locator('pre'), ['9007199254740993', '1.10', '12345678901234567890', '10.0', '1e-400'], 'The input of a step');
  await at('panel').getByTestId('tab-output').click();
  await shown(at('panel').locator('pre'), numbers, 'The output of a step');
  await at('panel').getByTestId('tab-state').click();
  await shown(at('panel').locator('pre'), numbers, 'The definition of a step');
  await at('tab-data').click();
  const ofInput = page.getByRole('region', { name: 'input of the execution' });
  assert.equal(await ofInput.evaluate(one => one.textContent), input, 'the input is shown otherwise than it was typed');
  await shown(page.getByRole('region', { name: 'output of the execution' }), numbers, 'The output');
  await look('exact-execution');
  await at('tab-events').click();
  await at('event-1').click();
  await shown(page.getByRole('region', { name: 'details of event 1' }), ['9007199254740993', '"2": 2', '1e-400'], 'The first event');

  // Another execution begins with the input of this one, untouched.
  await at('again').click();
  assert.equal(await at('execution-input').inputValue(), input, 'the new execution is offered another input');
  await at('execution-name').fill('repeated');
  const start = sent('StartExecution');
  await at('start-now').click();
  assert.equal((await start).postDataJSON().input, input, 'the new execution is sent another input');
  await page.getByRole('heading', { name: 'repeated' }).waitFor();
  await status('SUCCEEDED');

  // A text is an input like any other.
  await at('again').click();
  await at('execution-input').fill('"5"');
  await at('execution-name').fill('text');
  await at('start-now').click();
  await page.getByRole('heading', { name: 'text' }).waitFor();
  assert.equal((await call('DescribeExecution', { executionArn: arn.replace(':stateMachine:', ':execution:') + ':text' })).input, '"5"');

  // An Express machine shows its output as it is.
  const express = await create(call, 'quick', '{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}', 'EXPRESS');
  await page.goto(`${url}/console/machines/${encodeURIComponent(express)}`);
  await at('start').click();
  await at('execution-input').fill('[1.10,9007199254740993]');
  await at('start-now').click();
  await shown(page.getByRole('region', { name: 'output' }), ['1.10', '9007199254740993'], 'The output of an Express execution');
  await look('express-result');
  await at('reset-input').click();
  await page.keyboard.press('Escape');

  await lists();
  assert.deepEqual(complaints, []);
  console.log('What the console shows is the data.');
} finally {
  await close();
}

/** Long lists keep their rows and their place, and read again only what can have changed. */
async function lists() {
  const many = await create(call, 'many', '{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}');
  for (let index = 0; index < 120; index++) {
    await run(call, many, '{}', `e${String(index).padStart(3, '0')}`);
  }
  await page.goto(`${url}/console/machines/${encodeURIComponent(many)}`);
  const rows = page.locator('[data-testid^="execution-e"]');
  await at('execution-e119').waitFor();
  assert.equal(await rows.count(), 50);
  await at('more').scrollIntoViewIfNeeded();
  const before = await at('execution-e075').boundingBox();
  await at('more').click();
  await at('execution-e020').waitFor();
  assert.equal(await rows.count(), 100, 'loading more drops rows');
  assert.deepEqual(await at('execution-e075').boundingBox(), before, 'loading more moves the rows');
  assert.match(page.url(), /pages=2/);

  // Only the newest page is read again, and what is new comes to the rows that are there.
  const reads = [];
  page.on('request', request => request.url().includes('/api/') && reads.push([request.url().replace(/.*\/|\?.*/g, ''), request.postDataJSON()]));
  await call('StartExecution', { stateMachineArn: many, name: 'e-late' });
  await at('execution-e-late').waitFor();
  assert.equal(await rows.count(), 101);
  assert.ok(reads.every(([operation, request]) => operation === 'ListExecutions' && request.nextToken === undefined), JSON.stringify(reads));

  // Going to a row and back shows the same rows at the same place.
  await at('execution-e030').scrollIntoViewIfNeeded();
  await page.waitForFunction(() => window.history.state?.top === window.scrollY && window.scrollY > 0);
  const top = await page.evaluate(() => window.scrollY);
  await at('execution-e030').getByRole('link').click();
  await status('SUCCEEDED');
  await page.goBack();
  await at('execution-e030').waitFor();
  await page.waitForFunction(wanted => Math.abs(window.scrollY - wanted) < 100, top);

  // The filter stands in the address; going back takes it away.
  await at('status-filter').selectOption('FAILED');
  await page.getByText('No execution has this status.').waitFor();
  assert.match(page.url(), /status=FAILED/);
  await look('filtered');
  await page.reload();
  await page.getByText('No execution has this status.').waitFor();
  await page.goBack();
  await at('execution-e030').waitFor();

  // Of an execution that runs, only what its history has grown by is read again.
  const gate = await call('CreateActivity', { name: 'waiting' });
  const waiting = await create(call, 'waiting', {
    StartAt: 'W', States: { W: { Type: 'Task', Resource: gate.activityArn, End: true } } });
  const { executionArn } = await call('StartExecution', { stateMachineArn: waiting });
  await page.goto(`${url}/console/executions/${encodeURIComponent(executionArn)}`);
  await status('RUNNING');
  reads.length = 0;
  const polled = () => page.waitForResponse(response => response.url().includes('GetExecutionHistory'));
  await polled();
  await polled();
  const operations = new Set(reads.map(([operation]) => operation));
  assert.deepEqual([...operations].sort(), ['DescribeExecution', 'GetExecutionHistory']);
  const histories = reads.filter(([operation]) => operation === 'GetExecutionHistory').map(([, request]) => request);
  assert.ok(histories.every(request => request.reverseOrder && request.maxResults === 1), JSON.stringify(histories));
  const task = await call('GetActivityTask', { activityArn: gate.activityArn });
  await call('SendTaskSuccess', { taskToken: task.taskToken, output: '1.10' });
  await status('SUCCEEDED');
  await shown(at('panel'), ['W'], 'The panel');
}
