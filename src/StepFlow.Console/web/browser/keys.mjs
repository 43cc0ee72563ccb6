// A server with access keys lets nobody in without one; the page asks for it, and says when it is wrong or may not do
// something: keys.mjs URL ID SECRET READER [FOLDER FOR PICTURES]. READER is a key of the same secret that may only read.
import assert from 'node:assert/strict';
import { openPage } from './page.mjs';

const [url, id, secret, reader, pictures] = process.argv.slice(2);
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

  // One that may not do something is told, and another one does it; nothing that was entered is lost.
  await page.evaluate(([keyId, key]) => sessionStorage.setItem('stepflow-access', JSON.stringify(['Authorization', `Basic ${btoa(`${keyId}:${key}`)}`])), [reader, secret]);
  await page.getByRole('button', { name: 'Create' }).click();
  await at('name').fill('made');
  await at('create').click();
  await at('key-refused').waitFor();
  assert.match(await at('key-refused').innerText(), /This access key does not allow that/);
  assert.equal(await at('key-id').inputValue(), reader);
  await use(id, secret);
  await page.getByRole('heading', { name: 'made' }).waitFor();

  // An Azure app asks for a function key, and refuses a wrong one without a word.
  await page.route('**/api/**', route => (route.request().headers()['x-functions-key'] === 'right' ? route.continue({ headers: { ...route.request().headers(), authorization: `Basic ${btoa(`${id}:${secret}`)}` } }) : route.fulfill({ status: 401 })));
  await page.evaluate(() => sessionStorage.clear());
  await page.goto(`${url}/console/activities`);
  await page.getByText('This server requires a function key.').waitFor();
  await at('key').fill('wrong');
  await at('use-key').click();
  await at('key-refused').waitFor();
  assert.match(await at('key-refused').innerText(), /does not accept this function key/);
  await at('key').fill('right');
  await at('use-key').click();
  await page.getByText('There are no activities yet.').waitFor();

  // One where people sign in offers that, and goes on as whoever did; a session that has ended is asked for again.
  const authorization = `Basic ${btoa(`${id}:${secret}`)}`;
  let session = false;
  await page.route('**/entra/api/**', route =>
    session
      ? route.continue({ url: route.request().url().replace('/entra/', '/'), headers: { ...route.request().headers(), authorization } })
      : route.fulfill({ status: 401, headers: { 'WWW-Authenticate': 'Bearer realm="stepflow"' } }));
  await page.route('**/.auth/login/aad**', route => {
    session = true;
    return route.fulfill({ status: 302, headers: { location: new URL(route.request().url()).searchParams.get('post_login_redirect_uri') } });
  });
  await page.evaluate(() => sessionStorage.clear());
  await page.goto(`${url}/console/activities`);
  await at('sign-in').click();
  await page.getByText('There are no activities yet.').waitFor();
  session = false;
  await page.reload();
  await at('sign-in').waitFor();
  assert.deepEqual(complaints.filter(one => !/40[13]/.test(one)), []);
  console.log('The console requires a key.');
} finally {
  await close();
}
