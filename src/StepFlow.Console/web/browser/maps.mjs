// A failed item among thousands is found: maps.mjs URL [FOLDER FOR PICTURES]. In a Map Run by status, by the item's index
// and page by page; in an inline Map by status and index.
import assert from 'node:assert/strict';
import { openPage } from './page.mjs';
import { clientOf, create, run } from './service.mjs';

const [url, pictures] = process.argv.slice(2);
const call = clientOf(url);
const items = 1200;
const bad = 777;

/** Fails the item `bad`. */
const processor = {
  StartAt: 'Check',
  States: {
    Check: { Type: 'Choice', Choices: [{ Variable: '$', NumericEquals: bad, Next: 'Refuse' }], Default: 'Take' },
    Take: { Type: 'Pass', End: true },
    Refuse: { Type: 'Fail', Error: 'Item.Bad', Cause: 'This item is bad.' },
  },
};

const { page, at, status, look, complaints, close } = await openPage(pictures);
const rows = page.locator('tbody tr');

try {
  const distributed = await create(call, 'distributed', {
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        End: true,
        ToleratedFailurePercentage: 50,
        ItemProcessor: { ...processor, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
      },
    },
  });
  const ended = await run(call, distributed, JSON.stringify(Array.from({ length: items }, (_, index) => index)), 'whole');
  assert.equal(ended.status, 'SUCCEEDED', ended.cause);
  await page.goto(`${url}/console/executions/${encodeURIComponent(ended.executionArn)}`);
  await at('map-run').click();
  await status('SUCCEEDED');
  assert.match(await at('progress-items').innerText(), new RegExp(`${items - 1} succeeded · 1 failed · [\\d.]+ per second`));

  // By page.
  await at('more').waitFor();
  assert.equal(await rows.count(), 100);
  await at('more').click();
  await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 200);
  assert.match(page.url(), /pages=2/);
  await look('map-run');

  // By status.
  await at('status-filter').selectOption('FAILED');
  await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1);
  assert.match(page.url(), /status=FAILED/);
  assert.doesNotMatch(page.url(), /pages=/);
  assert.equal(await rows.locator('td').first().innerText(), String(bad), 'the row does not tell its item');
  await rows.getByRole('link').click();
  await status('FAILED');
  assert.match(await at('error').innerText(), /This item is bad/);
  assert.equal(await at('item').innerText(), String(bad));
  const found = page.url();
  await at('tab-data').click();
  assert.equal(await page.getByRole('region', { name: 'input of the execution' }).innerText(), String(bad));

  // It can be redriven with its Map Run only, and says so.
  assert.equal(await at('redrive').isDisabled(), true);
  assert.match(await at('redrive-status').innerText(), /With its Map Run/);
  await look('map-run-execution');
  await page.goBack();
  await page.goBack();
  await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1);

  // By index.
  await at('item-index').fill(String(bad));
  await at('find-item').click();
  await status('FAILED');
  assert.equal(new URL(page.url()).pathname, new URL(found).pathname, 'the index leads to another item');
  await page.goBack();
  await at('item-index').fill('5000');
  await at('find-item').click();
  await at('no-item').waitFor();
  await look('no-item');

  // In an inline Map.
  const inline = await create(call, 'inline', {
    StartAt: 'Each',
    States: { Each: { Type: 'Map', End: true, ItemProcessor: processor } },
  });
  const failed = await run(call, inline, JSON.stringify(Array.from({ length: 60 }, (_, index) => (index === 42 ? bad : index))), 'inline');
  assert.equal(failed.status, 'FAILED');
  await page.goto(`${url}/console/executions/${encodeURIComponent(failed.executionArn)}`);
  await at('node-Each').click();
  await at('iteration-status').selectOption('failed');
  await at('next-iteration').click();
  await page.waitForFunction(() => document.querySelector('[data-testid="iteration"]').value === '42');
  assert.match(await at('panel').innerText(), /Refuse/);
  await look('iterations');
  await at('iteration').fill('7');
  await page.waitForFunction(() => document.querySelector('[data-testid="panel"] pre').textContent === '7');

  assert.deepEqual(complaints.filter(one => !/404/.test(one)), []);
  console.log('A failed item is found.');
} finally {
  await close();
}
