// Talks to the storage emulator without any package: blobs in and out, messages out.
//   storage.mjs put CONTAINER NAME FILE | get CONTAINER NAME FILE | receive QUEUE
// The account is the connection string in STORAGE.
import { createHmac } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';

const account = Object.fromEntries(
  process.env.STORAGE.split(';').filter(Boolean).map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]),
);

// A shared access signature of the account: one signature for all that the demo does (Azure Storage REST, "Create an account SAS").
function signature() {
  const [permissions, services, types, version] = ['rwdlacup', 'bq', 'sco', '2020-08-04'];
  const expiry = new Date(Date.now() + 3_600_000).toISOString().slice(0, 19) + 'Z';
  const text = [account.AccountName, permissions, services, types, '', expiry, '', 'https,http', version, ''].join('\n');
  const sig = createHmac('sha256', Buffer.from(account.AccountKey, 'base64')).update(text, 'utf8').digest('base64');
  return new URLSearchParams({ sv: version, ss: services, srt: types, sp: permissions, se: expiry, spr: 'https,http', sig });
}

async function send(method, url, options = {}) {
  const response = await fetch(`${url}${url.includes('?') ? '&' : '?'}${signature()}`, { method, ...options });
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
  return response;
}

const blobUrl = (container, name) => `${account.BlobEndpoint}/${container}/${name.split('/').map(encodeURIComponent).join('/')}`;

const commands = {
  async put(container, name, file) {
    await send('PUT', blobUrl(container, name), { body: await readFile(file), headers: { 'x-ms-blob-type': 'BlockBlob' } });
  },
  async get(container, name, file) {
    const response = await send('GET', blobUrl(container, name));
    await writeFile(file, Buffer.from(await response.arrayBuffer()));
  },
  // Prints each message, and takes it out of the queue.
  async receive(queue) {
    const url = `${account.QueueEndpoint}/${queue}/messages`;
    for (;;) {
      const xml = await (await send('GET', `${url}?numofmessages=32`)).text();
      const messages = xml.split('<QueueMessage>').slice(1);
      if (messages.length === 0) return;
      for (const message of messages) {
        const field = (name) => message.match(new RegExp(`<${name}>([^<]*)</${name}>`))[1];
        console.log(JSON.stringify(JSON.parse(Buffer.from(field('MessageText'), 'base64').toString('utf8')), null, 2));
        await send('DELETE', `${url}/${field('MessageId')}?popreceipt=${encodeURIComponent(field('PopReceipt'))}`);
      }
    }
  },
};

const [command, ...args] = process.argv.slice(2);
await commands[command](...args);
