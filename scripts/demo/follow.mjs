// Shows executions of the video pipeline as they go.
//   follow.mjs live SERVER PREFIX LOG   waits for the execution whose name begins with PREFIX, and shows its progress until it ends
//   follow.mjs short SERVER NAME        its history, one line an event
//   follow.mjs output SERVER MACHINE NAME
import { open, stat } from 'node:fs/promises';

const machine = 'video-pipeline';
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function ask(server, path) {
  const response = await fetch(`${server}/api/statemachines/${path}`);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

async function find(server, prefix) {
  for (let tries = 0; tries < 300; tries++) {
    const { executions } = await ask(server, `${machine}/executions`);
    const found = executions.find((execution) => execution.name.startsWith(prefix));
    if (found) return found.name;
    await pause(200);
  }
  throw new Error(`No execution began for ${prefix} within a minute.`);
}

async function history(server, name) {
  const events = [];
  let next = '';
  do {
    const page = await ask(server, `${machine}/executions/${name}/history?maxResults=1000${next && `&nextToken=${encodeURIComponent(next)}`}`);
    events.push(...page.events);
    next = page.nextToken ?? '';
  } while (next);
  return events;
}

const time = (event) => new Date(typeof event.timestamp === 'number' ? event.timestamp * 1000 : event.timestamp).toISOString().slice(11, 23);
const details = (event) => Object.entries(event).find(([name]) => name.endsWith('EventDetails'))?.[1] ?? {};
const firstLine = (text) => (text ?? '').split('\n')[0].slice(0, 120);

// A function's cause is the JSON that Lambda writes of a failure.
function reason(cause) {
  try {
    return firstLine(JSON.parse(cause).errorMessage);
  } catch {
    return firstLine(cause);
  }
}

// Which state and rendition an event is about: what it names itself, or what the event before it was about.
function subject(event, subjects) {
  const outside = /^(Map|Parallel|Execution)/.test(event.type);
  const before = subjects.get(event.previousEventId);
  const state = event.type.endsWith('StateEntered') ? details(event).name : before?.state;
  const rendition = outside ? undefined : details(event).parameters?.Payload?.rendition?.name ?? before?.rendition;
  subjects.set(event.id, { state, rendition });
  return { state, rendition };
}

function describe(event, subjects) {
  const about = details(event);
  const { state, rendition } = subject(event, subjects);
  const named = (text) => (rendition ? `${text} ${rendition}` : text);
  if (event.type.endsWith('StateEntered')) return `  ▸ ${about.name}`;
  if (event.type.endsWith('StateExited')) return `  ✓ ${named(about.name)}`;
  if (event.type === 'MapStateStarted') return `    ${about.length} renditions`;
  if (event.type === 'TaskScheduled' && rendition) return `    ${rendition} begins`;
  if (event.type === 'TaskFailed') return `  ✗ ${named(state)} failed: ${about.error}: ${reason(about.cause)}`;
  if (event.type === 'ExecutionFailed') return `  ■ execution FAILED: ${about.error}`;
  if (event.type === 'ExecutionSucceeded') return '  ■ execution SUCCEEDED';
  return null;
}

// The server's log contains what tasks report while they run.
async function* progress(log, name) {
  const file = await open(log);
  let position = (await stat(log)).size;
  let rest = '';
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read({ buffer: Buffer.alloc(65536), position });
      position += bytesRead;
      const lines = (rest + buffer.toString('utf8', 0, bytesRead)).split('\n');
      rest = lines.pop();
      yield lines.filter((line) => line.includes(`:${name}: `)).map((line) => `    ${line.slice(line.indexOf(`:${name}: `) + name.length + 3)}`);
    }
  } finally {
    await file.close();
  }
}

const commands = {
  async live(server, prefix, log) {
    const name = await find(server, prefix);
    console.log(`Execution ${name}`);
    const subjects = new Map();
    const lines = progress(log, name);
    let shown = 0;
    for (;;) {
      const { status } = await ask(server, `${machine}/executions/${name}`);
      for (const line of (await lines.next()).value) console.log(line);
      for (const event of (await history(server, name)).filter(({ id }) => id > shown)) {
        const line = describe(event, subjects);
        if (line) console.log(`${time(event)}${line}`);
        shown = event.id;
      }
      if (status !== 'RUNNING') break;
      await pause(250);
    }
    await lines.return();
  },
  async short(server, prefix) {
    for (const event of await history(server, await find(server, prefix))) {
      const about = details(event);
      const text = [about.name, about.resource && `${about.resourceType}:${about.resource}`, about.index !== undefined && `#${about.index}`, about.error].filter(Boolean).join(' ');
      console.log(`${String(event.id).padStart(4)} ← ${String(event.previousEventId).padStart(3)}  ${time(event)}  ${event.type.padEnd(24)} ${text}`.trimEnd());
    }
  },
  // The result of an execution of a machine, once it ended.
  async output(server, name, execution) {
    for (;;) {
      const described = await ask(server, `${name}/executions/${execution}`);
      if (described.status !== 'RUNNING') {
        console.log(JSON.stringify(described.output ?? { status: described.status, error: described.error, cause: described.cause }));
        return;
      }
      await pause(100);
    }
  },
};

const [command, ...args] = process.argv.slice(2);
await commands[command](...args);
