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
  process.stderr.write(
    `amlguide needs Node ${needed.join('.')} or newer and this is Node ${process.versions.node}: in its repository run "npm start -- COMMAND",` +
      ' elsewhere run npx --yes --package=node@26 --call="amlguide COMMAND" or install a newer Node from https://nodejs.org.\n',
  );
  process.exitCode = 2;
} else if (asksVersion) {
  // process.stdout would load the stream modules, which costs more than everything else here.
  process.getBuiltinModule('node:fs').writeSync(1, `${version}\n`);
} else {
  process.getBuiltinModule('node:module').enableCompileCache();
  import('./amlguide.js');
}
