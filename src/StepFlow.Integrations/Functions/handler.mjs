// Runs handler(event, context) of a file: the event is read from standard input, the result is written to a file of its
// own, so that what the handler prints is not part of it.
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [file, entry] = process.argv.slice(1);
const answer = (value) => writeFileSync(process.env.STEPFLOW_RESULT_FILE, JSON.stringify(value ?? null));
const fail = (failure) => {
  console.error(failure);
  answer({
    errorType: failure?.name ?? 'Error',
    errorMessage: failure?.message ?? String(failure),
    stackTrace: String(failure?.stack ?? '').split('\n'),
  });
  process.exit(1);
};
const context = {
  functionName: process.env.STEPFLOW_FUNCTION_NAME ?? '',
  functionVersion: '$LATEST',
  awsRequestId: process.env.STEPFLOW_IDEMPOTENCY_KEY ?? '',
  executionArn: process.env.STEPFLOW_EXECUTION_ARN ?? '',
  callbackWaitsForEmptyEventLoop: false,
  getRemainingTimeInMillis: () =>
    process.env.STEPFLOW_DEADLINE ? Math.max(0, Date.parse(process.env.STEPFLOW_DEADLINE) - Date.now()) : 2 ** 31 - 1,
};
process.on('uncaughtException', fail);
try {
  const event = JSON.parse(readFileSync(0, 'utf8'));
  const module = await import(pathToFileURL(file).href);
  const handler = module[entry] ?? module.default?.[entry];
  if (typeof handler !== 'function') {
    throw Object.assign(new Error(`${file} exports no function '${entry}'`), { name: 'Runtime.HandlerNotFound' });
  }
  const result = handler.length < 3
    ? await handler(event, context)
    : await new Promise((resolve, reject) => handler(event, context, (error, value) => (error ? reject(error) : resolve(value))));
  answer(result);
  process.exit(0);
} catch (failure) {
  fail(failure);
}
