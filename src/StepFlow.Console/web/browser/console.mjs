// Drives the console in a browser as a user would: console.mjs URL [FOLDER FOR PICTURES]. Ends with 1 at the first thing
// that is not as it should be, and says what.
import assert from 'node:assert/strict';
import { openPage } from './page.mjs';
import { clientOf, create } from './service.mjs';

const [url, pictures] = process.argv.slice(2);
const call = clientOf(url);

// What becomes of an execution is up to the gate's worker, which this script is.
const machine = {
  StartAt: 'Prepare',
  States: {
    Prepare: { Type: 'Pass', Result: { ready: true }, Next: 'Both' },
    Both: {
      Type: 'Parallel',
      Next: 'Done',
      Branches: [
        { StartAt: 'Quick', States: { Quick: { Type: 'Pass', End: true } } },
        { StartAt: 'Gate', States: { Gate: { Type: 'Task', Resource: '', End: true } } },
      ],
    },
    Done: { Type: 'Succeed' },
  },
};

const { page, at, status, look, complaints, close } = await openPage(pictures);

try {
  const gate = await call('CreateActivity', { name: 'gate' });
  machine.States.Both.Branches[1].States.Gate.Resource = gate.activityArn;
  await create(call, 'browser', machine);

  // From the root to the list, to the machine, to an execution.
  await page.goto(url);
  await at('machine-browser').getByRole('link').click();
  await at('start').click();
  await at('execution-input').fill('{ not JSON');
  assert.equal(await at('start-now').isDisabled(), true, 'an input that is no JSON can be sent');
  await look('start-dialog');
  await at('execution-input').fill('{"order": 7}');
  await at('execution-name').fill('first');
  await at('start-now').click();
  await status('RUNNING');
  await page.waitForSelector('[data-testid="node-Gate"][data-status="running"]');
  await look('running');

  // A worker fails the task: the page finds out by itself and shows where.
  const task = await call('GetActivityTask', { activityArn: gate.activityArn });
  await call('SendTaskFailure', { taskToken: task.taskToken, error: 'Gate.Closed', cause: 'Nobody is there.' });
  await status('FAILED');
  await page.waitForSelector('[data-testid="node-Gate"][data-status="failed"]');
  assert.match(await at('error').innerText(), /Gate\.Closed/);
  assert.match(await at('panel').innerText(), /Gate/);
  assert.match(await at('step-error').innerText(), /Nobody is there/);
  assert.match(await at('panel').locator('pre').innerText(), /"ready": true/);
  await look('failed');

  // What is looked at stands in the address: it outlives a reload, can be shared, and going back undoes it.
  await at('node-Prepare').click();
  await at('panel').getByTestId('tab-output').click();
  await at('tab-events').click();
  const shared = page.url();
  await page.goto('about:blank');
  await page.goto(shared);
  await status('FAILED');
  await page.getByText('ExecutionFailed').waitFor();
  assert.match(await at('panel').getByRole('heading').innerText(), /Prepare/);
  assert.match(await at('panel').locator('pre').innerText(), /"ready": true/);
  await at('event-1').click();
  await look('events');
  await page.reload();
  await status('FAILED');
  await at('tab-steps').click();
  await at('step-Gate').getByRole('button').click();
  await page.goBack();
  await at('panel').getByRole('heading', { name: 'Prepare' }).waitFor();
  await page.goForward();
  await at('panel').getByRole('heading', { name: 'Gate' }).waitFor();

  // Redriven after a question, it goes on from where it failed, and succeeds.
  assert.match(await at('redrive-status').innerText(), /Possible/);
  await at('redrive').click();
  await look('redrive-dialog');
  await at('cancel').click();
  await status('FAILED');
  await at('redrive').click();
  await at('confirm').click();
  await status('RUNNING');
  const again = await call('GetActivityTask', { activityArn: gate.activityArn });
  await call('SendTaskSuccess', { taskToken: again.taskToken, output: '"open"' });
  await status('SUCCEEDED');
  await page.waitForSelector('[data-testid="node-Done"][data-status="succeeded"]');
  assert.match(await at('redrive-status').innerText(), /Not possible: Execution is SUCCEEDED/);
  await look('succeeded');

  // Another one is stopped after a question; going back shows the one before.
  await at('again').click();
  await at('start-now').click();
  await status('RUNNING');
  await at('stop').click();
  await look('stop-dialog');
  await page.keyboard.press('Escape');
  await status('RUNNING');
  await at('stop').click();
  await page.getByLabel('Cause').fill('No longer wanted.');
  await at('confirm').click();
  await status('ABORTED');
  assert.match(await at('error').innerText(), /No longer wanted/);
  await page.goBack();
  await status('SUCCEEDED');

  // A definition that is wrong is told where.
  await page.goto(`${url}/console/create`);
  await at('name').fill('wrong');
  await at('definition').fill('{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"}}}');
  await page.getByText('MISSING_TRANSITION_TARGET').waitFor();
  await look('create');

  // What its data flow cannot do is a warning, also of a valid one.
  await at('definition').fill('{"StartAt":"A","States":{"A":{"Type":"Pass","Result":{"x":1},"Next":"B"},"B":{"Type":"Pass","InputPath":"$.y","End":true}}}');
  await page.getByText('DATA_NEVER_THERE').waitFor();

  // Ctrl+Space completes a text: a state of the definition, a Resource that the server knows.
  await at('definition').fill('{"StartAt":"","States":{"First":{"Type":"Task","Resource":"startex","End":true}}}');
  await at('definition').evaluate(field => field.setSelectionRange(12, 12));
  await page.keyboard.press('Control+Space');
  await page.getByRole('option', { name: 'First Task' }).waitFor();
  await look('completion');
  await page.keyboard.press('Enter');
  await at('definition').evaluate(field => field.setSelectionRange(field.value.indexOf('startex') + 7, field.value.indexOf('startex') + 7));
  await page.keyboard.press('Control+Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  assert.equal(await at('definition').inputValue(), '{"StartAt":"First","States":{"First":{"Type":"Task","Resource":"arn:aws:states:::states:startExecution.sync","End":true}}}');

  // A click leads to its line, wherever the field is scrolled to.
  const tall = { StartAt: 'S0', States: Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`S${index}`, { Type: 'Pass', Next: `S${index + 1}` }])) };
  await at('definition').fill(JSON.stringify(tall, null, 2));
  await at('line-242').click();
  const selected = await at('definition').evaluate(field => [field.value.slice(field.selectionStart, field.selectionEnd), field.scrollTop > 1000, field === document.activeElement]);
  assert.deepEqual(selected, ['"Next"', true, true]);
  await at('discard').click();
  await at('name').fill('');
  await page.goto(`${url}/console/`);
  await at('machine-browser').waitFor();
  await look('machines');
  await at('machine-browser').getByRole('link').click();
  await at('execution-first').waitFor();
  await look('machine');
  await at('tab-versions').click();
  await page.getByText('There are no published versions').waitFor();
  await look('versions');
  await at('tab-definition').click();
  await at('node-Both').waitFor();
  await look('definition');
  await at('edit').click();
  await page.getByText('✓ Valid').waitFor();
  await look('edit');
  await at('discard').click();

  // Activities are created and deleted.
  await page.getByRole('link', { name: 'Activities' }).click();
  await at('activity-gate').waitFor();
  await at('create-activity').click();
  await at('activity-name').fill('second');
  await look('create-activity');
  await at('confirm').click();
  await at('activity-second').waitFor();
  await look('activities');
  await at('activity-second').getByRole('button', { name: 'Delete' }).click();
  await at('confirm').click();
  await at('activity-second').waitFor({ state: 'detached' });

  // Everything can be reached with the keyboard.
  await page.goto(`${url}/console/`);
  await at('machine-browser').waitFor();
  await tabTo(page, at('machine-browser').getByRole('link'));
  await page.keyboard.press('Enter');
  await at('tab-executions').waitFor();
  await tabTo(page, at('tab-executions'));
  await page.keyboard.press('ArrowRight');
  await at('edit').waitFor();
  await page.keyboard.press('ArrowLeft');
  await at('execution-first').waitFor();
  await tabTo(page, at('execution-first').getByRole('link'));
  await page.keyboard.press('Enter');
  await status('SUCCEEDED');
  await tabTo(page, at('node-Gate'));
  await page.keyboard.press('Enter');
  await at('panel').getByRole('heading', { name: 'Gate' }).waitFor();

  await page.emulateMedia({ colorScheme: 'dark' });
  await look('dark');
  await at('again').click();
  await look('dark-dialog');
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 420, height: 900 });
  await look('narrow-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await look('narrow');
  assert.deepEqual(complaints, []);
  console.log('The console works.');
} finally {
  await close();
}

/** Presses the tabulator until an element has the focus. */
async function tabTo(page, element) {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    if (await element.evaluate(one => one === document.activeElement)) {
      return;
    }
  }
  assert.fail(`The tabulator does not lead to ${element}`);
}
