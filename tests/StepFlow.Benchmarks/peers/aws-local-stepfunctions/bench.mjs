// usage: bench.mjs DEFINITION-FILE INPUT-FILE UNITS SECONDS
// Runs executions of a machine one after the other for so long, and prints units a second; each execution is so many units.
import { readFileSync } from 'node:fs';
import { StateMachine } from 'aws-local-stepfunctions';

const [definition, input, units, seconds] = process.argv.slice(2);
const machine = new StateMachine(JSON.parse(readFileSync(definition, 'utf8')));
const data = JSON.parse(readFileSync(input, 'utf8'));

async function run(milliseconds) {
  const begin = performance.now();
  let executions = 0;
  do {
    await machine.run(data).result;
    executions++;
  } while (performance.now() - begin < milliseconds);
  return (executions * Number(units) * 1000) / (performance.now() - begin);
}

await run(500 * Number(seconds));
console.log(await run(1000 * Number(seconds)));
process.exit(0);
