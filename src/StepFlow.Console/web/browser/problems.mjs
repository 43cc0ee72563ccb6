// An execution whose task cannot reach what it calls: problems.mjs URL [FOLDER FOR PICTURES]. The storage account has
// an address where nobody listens. Ends with 1 at the first thing that is not as it should be.
import assert from 'node:assert/strict';
import { openPage } from './page.mjs';
import { clientOf, create } from './service.mjs';

const [url, pictures] = process.argv.slice(2);
const call = clientOf(url);
const { page, at, status, look, complaints, close } = await openPage(pictures);

try {
  const stateMachineArn = await create(call, 'away', {
    StartAt: 'Call',
    States: { Call: { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:s3:getObject', Parameters: { Bucket: 'bucket', Key: 'k' }, End: true } },
  });
  const { executionArn } = await call('StartExecution', { stateMachineArn, name: 'one' });
  while ((await call('ListExecutionProblems', {})).problems.length === 0) {
    assert.equal((await call('DescribeExecution', { executionArn })).status, 'RUNNING');
    await page.waitForTimeout(100);
  }

  // The list of all machines names it, and leads to it.
  await page.goto(url);
  await at('problems').getByRole('link', { name: 'one' }).click();
  await status('RUNNING');
  const told = async () => Number(/(\d+) attempts? failed/.exec(await at('problems').innerText())?.[1]);
  assert.match(await at('problems').innerText(), /The task of the state “Call” is repeated/);
  await look('problems');

  // Trying again is an attempt of its own.
  const before = await told();
  await at('retry').click();
  while (await told() <= before) {
    await page.waitForTimeout(50);
  }

  // A stop ends it, and what was wrong with it is over.
  await at('stop').click();
  await at('confirm').click();
  await status('ABORTED');
  await at('problems').waitFor({ state: 'detached' });
  assert.deepEqual(complaints, []);
} finally {
  await close();
}
