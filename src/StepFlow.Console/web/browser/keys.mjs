// A server with access keys lets nobody in without one, and the page asks for it: keys.mjs URL ID SECRET.
import assert from 'node:assert/strict';
import { openPage } from './page.mjs';

const [url, id, secret] = process.argv.slice(2);
const { page, close } = await openPage();
const use = async (keyId, key) => {
  await page.getByTestId('key-id').fill(keyId);
  await page.getByTestId('key').fill(key);
  await page.getByTestId('use-key').click();
};

try {
  await page.goto(`${url}/console/`);
  await page.getByTestId('use-key').waitFor();
  assert.equal(await page.getByTestId('use-key').isDisabled(), true, 'an empty key can be sent');

  const refused = page.waitForResponse(response => response.status() === 401);
  await use(id, 'wrong');
  await refused;
  await page.getByTestId('use-key').waitFor();

  await use(id, secret);
  await page.getByText('There are no state machines yet.').waitFor();
  await page.reload();
  await page.getByText('There are no state machines yet.').waitFor();
  console.log('The console asks for a key.');
} finally {
  await close();
}
