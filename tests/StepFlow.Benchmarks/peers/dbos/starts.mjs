// usage: starts.mjs DATABASE-URL CONCURRENCY SECONDS
// Prints starts a second over loopback HTTP: a request is answered when its workflow is durably started. The clients are a
// process of their own, on the same cores.
import { fork } from 'node:child_process';
import http from 'node:http';
import { DBOS } from '@dbos-inc/dbos-sdk';

const [url, concurrency, seconds] = process.argv.slice(2);

if (url === 'load') await load(Number(process.env.PORT), Number(concurrency), Number(seconds));
else await serve();

async function serve() {
  DBOS.setConfig({ name: 'starts', systemDatabaseUrl: url, logLevel: 'error', runAdminServer: false, systemDatabasePoolSize: 50 });
  const five = DBOS.registerWorkflow(async (input) => ({ ...input, done: true }), { name: 'five' });
  await DBOS.launch();
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', async () => {
      const handle = await DBOS.startWorkflow(five)(JSON.parse(body));
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ id: handle.workflowID }));
    });
  });
  server.listen(0, '127.0.0.1', () => {
    const clients = fork(process.argv[1], ['load', concurrency, seconds], { env: { ...process.env, PORT: String(server.address().port) } });
    clients.on('exit', (code) => process.exit(code ?? 1));
  });
}

async function load(port, clients, time) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: clients });
  const call = () =>
    new Promise((resolve, reject) => {
      const request = http.request({ port, host: '127.0.0.1', method: 'POST', agent }, (response) => {
        response.resume();
        response.on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(String(response.statusCode)))));
      });
      request.on('error', reject);
      request.end('{"n":1}');
    });
  const run = async (duration) => {
    let calls = 0;
    const begin = performance.now();
    await Promise.all(
      Array.from({ length: clients }, async () => {
        for (; performance.now() - begin < duration * 1000; calls++) await call();
      }),
    );
    return calls / ((performance.now() - begin) / 1000);
  };
  await run(time / 4);
  console.log(await run(time));
}
