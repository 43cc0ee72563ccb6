// usage: node bench.mjs CASES ROUNDS MILLISECONDS WARMUP
// Prints a line for each figure: its name and operations a second, the median of the rounds.
import { readFileSync } from 'node:fs';
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
  const rates = [];
  for (let i = 0; i < Number(rounds); i++) {
    rates.push(await runFor(operation, milliseconds));
  }
  rates.sort((a, b) => a - b);
  return rates[rates.length >> 1];
}

for (const { name, expression, input } of JSON.parse(readFileSync(file, 'utf8'))) {
  const parsed = jsonata(expression);
  console.log(`${name} ${await rate(() => parsed.evaluate(input))}`);
  console.log(`${name}-parsed ${await rate(() => jsonata(expression).evaluate(input))}`);
}
