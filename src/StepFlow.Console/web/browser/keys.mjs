// A server with access keys lets nobody in without one; the page asks for it, and says when it is wrong: keys.mjs URL ID SECRET [FOLDER FOR PICTURES].
import assert from 'node:assert/strict';
import { openPage } from './page.mjs';

const [url, id, secret, pictures] = process.argv.slice(2);
const { page, at, look, complaints, close } = await openPage(pictures);
const use = async (keyId, key) => {
  await at('key-id').fill(keyId);
  await at('key').fill(key);
  await at('use-key').click();
};

try {
  await page.goto(`${url}/console/`);
  await at('use-key').waitFor();
  assert.equal(await at('use-key').isDisabled(), true, 'an empty key can be sent');
  assert.equal(await at('key-refused').count(), 0, 'a key is refused that nobody entered');
  await look('key');

  // A wrong one is told, and can be corrected: the ID stays.
  await use(id, 'wrong');
  await at('key-refused').waitFor();
  assert.match(await at('key-refused').innerText(), /does not accept this access key/);
  assert.equal(await at('key-id').inputValue(), id);
  await look('key-refused');

  await use(id, secret);
  await page.getByText('There are no state machines yet.').waitFor();
  await page.reload();
  await page.getByText('There are no state machines yet.').waitFor();
  assert.deepEqual(complaints.filter(one => !/401/.test(one)), []);
  console.log('The console asks for a key.');
} finally {
  await close();
}
