#!/usr/bin/env node
// Runs the program of this platform, which npm installed beside this package.
'use strict';

const { spawn } = require('node:child_process');
const { existsSync } = require('node:fs');
const { constants } = require('node:os');
const { dirname, join } = require('node:path');

const platform = `${process.platform}-${process.arch}`;
const carrier = `@stepflow/${platform}`;

function findProgram() {
  try {
    const folder = dirname(require.resolve(`${carrier}/package.json`));
    const program = join(folder, process.platform === 'win32' ? 'stepflow.exe' : 'stepflow');
    return existsSync(program) ? program : undefined;
  } catch {
    return undefined;
  }
}

const program = findProgram();
if (program === undefined) {
  const known = Object.keys(require('./package.json').optionalDependencies).map((name) => name.slice('@stepflow/'.length));
  console.error(
    known.includes(platform)
      ? `stepflow: the package ${carrier} is not installed. Install again without --no-optional or --omit=optional.`
      : `stepflow: there is no program for ${platform}, only for ${known.join(', ')}. With the .NET runtime: dotnet tool install --global StepFlow`,
  );
  process.exit(1);
}

const child = spawn(program, process.argv.slice(2), { stdio: 'inherit' });
// A terminal sends its signals to the program too; a service manager or npm sends them only here.
for (const signal of ['SIGTERM', 'SIGHUP']) {
  process.on(signal, () => child.kill(signal));
}
process.on('SIGINT', () => {});
child.on('error', (problem) => {
  console.error(`stepflow: ${program} cannot be started: ${problem.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(signal === null ? code : 128 + constants.signals[signal]));
