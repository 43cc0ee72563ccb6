// A definition in YAML, created and changed in the console: yaml.mjs URL [FOLDER FOR PICTURES].
import assert from 'node:assert/strict';
import { openPage } from './page.mjs';
import { clientOf } from './service.mjs';

const [url, pictures] = process.argv.slice(2);
const call = clientOf(url);
const { page, at, look, complaints, close } = await openPage(pictures);
const yaml = next => `# Greets.\nStartAt: Greet\nStates:\n  Greet:\n    Type: Pass\n    Result: {number: 1.10}\n    ${next}\n`;
const selected = () => at('definition').evaluate(field => field.value.slice(field.selectionStart, field.selectionEnd));

try {
  // A finding stands at its place in the YAML.
  await page.goto(`${url}/console/create`);
  await at('name').fill('greet');
  await at('definition').fill(yaml('Next: Gone'));
  await at('line-7').click();
  assert.equal(await selected(), 'Next');
  await look('yaml-finding');
  await at('definition').fill('StartAt: [');
  await page.getByText('INVALID_YAML').waitFor();
  await at('create').click();
  await page.getByRole('alert').getByText('Line').waitFor();

  // What is created is the JSON that it stands for.
  await at('definition').fill(yaml('End: true'));
  await page.getByText('✓ Valid').waitFor();
  await page.getByText('This is YAML or a template.').waitFor();
  await look('yaml');
  await at('create').click();
  await at('tab-definition').click();
  await at('node-Greet').waitFor();
  const [created] = (await call('ListStateMachines', {})).stateMachines;
  const definition = async () => (await call('DescribeStateMachine', { stateMachineArn: created.stateMachineArn })).definition;
  assert.match(await definition(), /^\{[^]*"number": 1\.10[^]*\}$/);

  // The graph follows YAML while it is written, and the draft is saved as JSON.
  await at('edit').click();
  await at('definition').fill(yaml('Next: Leave') + '  Leave:\n    Type: Succeed\n');
  await at('node-Leave').waitFor();
  await at('save').click();
  await at('edit').waitFor();
  assert.deepEqual(Object.keys(JSON.parse(await definition()).States), ['Greet', 'Leave']);
  assert.deepEqual(complaints, []);
} finally {
  await close();
}
