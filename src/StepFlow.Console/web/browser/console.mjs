// Drives the console in a browser as a user would: console.mjs URL [FOLDER FOR PICTURES]. Ends with 1 at the first thing
// that is not as it should be, and says what.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openPage } from './page.mjs';

const [url, pictures] = process.argv.slice(2);

async function call(operation, request) {
  const response = await fetch(`${url}/api/operations/${operation}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(request),
  });
  const answer = await response.json();
  assert.ok(response.ok, `${operation}: ${JSON.stringify(answer)}`);
  return answer;
}

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

const { page, complaints, close } = await openPage();
const at = id => page.getByTestId(id);
const picture = async name => pictures && (await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true }));
const status = wanted => page.waitForSelector(`[data-testid="status"][data-status="${wanted}"]`);

try {
  const gate = await call('CreateActivity', { name: 'gate' });
  machine.States.Both.Branches[1].States.Gate.Resource = gate.activityArn;
  await call('CreateStateMachine', { name: 'browser', definition: JSON.stringify(machine), roleArn: 'arn:aws:iam::123456789012:role/any' });

  // From the root to the list, to the machine, to an execution.
  await page.goto(url);
  await at('machine-browser').getByRole('link').click();
  await at('start').click();
  await at('execution-input').fill('{ not JSON');
  assert.equal(await at('start-now').isDisabled(), true, 'an input that is no JSON can be sent');
  await at('execution-input').fill('{"order": 7}');
  await at('execution-name').fill('first');
  await at('start-now').click();
  await status('RUNNING');
  await page.waitForSelector('[data-testid="node-Gate"][data-status="running"]');
  await picture('running');

  // A worker fails the task: the page finds out by itself and shows where.
  const task = await call('GetActivityTask', { activityArn: gate.activityArn });
  await call('SendTaskFailure', { taskToken: task.taskToken, error: 'Gate.Closed', cause: 'Nobody is there.' });
  await status('FAILED');
  await page.waitForSelector('[data-testid="node-Gate"][data-status="failed"]');
  assert.match(await at('error').innerText(), /Gate\.Closed/);
  assert.match(await at('panel').innerText(), /Gate/);
  assert.match(await at('step-error').innerText(), /Nobody is there/);
  assert.match(await at('panel').locator('pre').innerText(), /"ready": true/);
  await picture('failed');

  // A deep link shows the same after it was loaded anew.
  await page.reload();
  await status('FAILED');
  await at('node-Prepare').click();
  await at('panel').getByTestId('tab-output').click();
  assert.match(await at('panel').locator('pre').innerText(), /"ready": true/);
  await at('tab-events').click();
  await page.getByText('ExecutionFailed').waitFor();
  await at('tab-steps').click();

  // Redriven, it goes on from where it failed, and succeeds.
  await at('redrive').click();
  await status('RUNNING');
  const again = await call('GetActivityTask', { activityArn: gate.activityArn });
  await call('SendTaskSuccess', { taskToken: again.taskToken, output: '"open"' });
  await status('SUCCEEDED');
  await page.waitForSelector('[data-testid="node-Done"][data-status="succeeded"]');
  await picture('succeeded');

  // Another one is stopped; going back shows the one before.
  await at('again').click();
  await at('start-now').click();
  await at('stop').click();
  await status('ABORTED');
  await page.goBack();
  await status('SUCCEEDED');

  // A definition that is wrong is told where.
  await page.goto(`${url}/console/create`);
  await page.getByTestId('name').fill('wrong');
  await page.locator('#definition').fill('{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"}}}');
  await page.getByText('MISSING_TRANSITION_TARGET').waitFor();
  await picture('create');
  await page.goto(`${url}/console/`);
  await at('machine-browser').waitFor();
  await picture('machines');
  await at('machine-browser').getByRole('link').click();
  await at('execution-first').waitFor();
  await picture('machine');
  await at('tab-definition').click();
  await at('node-Both').waitFor();
  await picture('definition');

  if (pictures) {
    await page.emulateMedia({ colorScheme: 'dark' });
    await at('tab-executions').click();
    await at('execution-first').getByRole('link').click();
    await status('SUCCEEDED');
    await picture('dark');
    await page.setViewportSize({ width: 420, height: 900 });
    await picture('narrow');
  }
  assert.deepEqual(complaints, [], 'the browser complains');
  console.log('The console works.');
} finally {
  await close();
}
