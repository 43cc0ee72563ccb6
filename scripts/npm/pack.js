// Makes the npm packages: one for each platform, and the one that people install, which depends on them.
//   node pack.js VERSION README LICENSE FOLDER RID=PROGRAM...
'use strict';

const { execFileSync } = require('node:child_process');
const { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { basename, join, resolve } = require('node:path');

// .NET's names of platforms in the words of npm.
const platforms = {
  'linux-x64': { os: 'linux', cpu: 'x64', libc: 'glibc' },
  'linux-arm64': { os: 'linux', cpu: 'arm64', libc: 'glibc' },
  'osx-arm64': { os: 'darwin', cpu: 'arm64' },
  'win-x64': { os: 'win32', cpu: 'x64' },
};

const nameOf = ({ os, cpu }) => `@stepflow/${os}-${cpu}`;

const [version, readme, license, output, ...programs] = process.argv.slice(2);
const target = resolve(output);
const work = mkdtempSync(join(tmpdir(), 'stepflow-npm-'));
mkdirSync(target, { recursive: true });
try {
  for (const given of programs) {
    const [rid, program] = given.split('=');
    const platform = platforms[rid];
    if (platform === undefined) {
      throw new Error(`${rid} is no platform of the npm packages. Add it to ${__filename}.`);
    }
    packPlatform(platform, program);
  }
  packMain();
} finally {
  rmSync(work, { recursive: true });
}

function packPlatform(platform, program) {
  const folder = join(work, `${platform.os}-${platform.cpu}`);
  mkdirSync(folder);
  copyFileSync(program, join(folder, basename(program)));
  chmodSync(join(folder, basename(program)), 0o755);
  write(folder, {
    name: nameOf(platform),
    version,
    description: `StepFlow's program for ${platform.os} on ${platform.cpu}. Install the package stepflow instead.`,
    license: 'MIT',
    os: [platform.os],
    cpu: [platform.cpu],
    ...(platform.libc ? { libc: [platform.libc] } : {}),
    preferUnplugged: true,
  });
  pack(folder);
}

function packMain() {
  const folder = join(work, 'stepflow');
  cpSync(join(__dirname, 'stepflow'), folder, { recursive: true });
  chmodSync(join(folder, 'stepflow.js'), 0o755);
  copyFileSync(readme, join(folder, 'README.md'));
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  manifest.version = version;
  // Every platform is named, also where this run makes only some of them: the others come from their own run.
  manifest.optionalDependencies = Object.fromEntries(Object.values(platforms).map((platform) => [nameOf(platform), version]));
  write(folder, manifest);
  pack(folder);
}

function write(folder, manifest) {
  copyFileSync(license, join(folder, 'LICENSE'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2) + '\n');
}

function pack(folder) {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  execFileSync(npm, ['pack', '--silent', '--ignore-scripts', '--pack-destination', target], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
}
