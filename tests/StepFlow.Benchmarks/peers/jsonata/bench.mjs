// usage: node bench.mjs CASES ROUNDS MILLISECONDS WARMUP
// For each index of a case that comes in as a line, prints a line: operations a second with the expression parsed
// before, and with parsing included; each the best of the rounds.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import jsonata from 'jsonata';

const [file, rounds, milliseconds, warmUp] = process.argv.slice(2);

async function runFor(operation, time) {
  let count = 0;
  const start = performance.now();
  let elapsed;
  do {
    for (let i = 0; i < 8; i++) {
      await operation();
    }
    count += 8;
    elapsed = performance.now() - start;
  } while (elapsed < Number(time));
  return (count * 1000) / elapsed;
}

async function rate(operation) {
  await runFor(operation, warmUp);
  let best = 0;
  for (let i = 0; i < Number(rounds); i++) {
    best = Math.max(best, await runFor(operation, milliseconds));
  }
  return best;
}

const cases = JSON.parse(readFileSync(file, 'utf8'));
for await (const line of createInterface({ input: process.stdin })) {
  const { expression, input } = cases[Number(line)];
  const parsed = jsonata(expression);
  const warm = await rate(() => parsed.evaluate(input));
  console.log(`${warm} ${await rate(() => jsonata(expression).evaluate(input))}`);
}
