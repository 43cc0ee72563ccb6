// usage: bench.mjs DATABASE-URL CONCURRENCY WORKFLOWS STEPS
// Prints durable steps a second: workflows of so many steps one after the other, so many workflows at a time.
import { DBOS } from '@dbos-inc/dbos-sdk';

const [url, ...numbers] = process.argv.slice(2);
const [concurrency, workflows, steps] = numbers.map(Number);
DBOS.setConfig({ name: 'bench', systemDatabaseUrl: url, logLevel: 'error', runAdminServer: false, systemDatabasePoolSize: 50 });
const count = DBOS.registerWorkflow(
  async () => {
    let n = 0;
    while (n < steps) n = await DBOS.runStep(async () => n + 1, { name: 'step' });
    return n;
  },
  { name: 'count' },
);
await DBOS.launch();

async function run(total) {
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(concurrency, total) }, async () => {
      while (next++ < total) {
        if ((await count()) !== steps) throw new Error('a workflow did not count to its end');
      }
    }),
  );
}

await run(Math.max(1, Math.min(concurrency, Math.ceil(workflows / 10))));
const begin = process.hrtime.bigint();
await run(workflows);
const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
console.log((workflows * steps) / seconds);
await DBOS.shutdown();
process.exit(0);
