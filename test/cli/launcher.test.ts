import { chmodSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { describe, expect, test } from 'vitest';
import { amlguide, planted } from './run.ts';

/** The launcher in a folder where this Node is too old, with a Node of its own that is a script. */
function launcherBeside(name: string, script: string): string {
  planted(`${name}/package.json`, '{"type":"module"}');
  chmodSync(planted(`${name}/node_modules/.bin/node`, `#!/bin/sh\n${script}\n`), 0o755);
  const source = readFileSync(new URL('../../src/launcher.js', import.meta.url), 'utf8');
  return planted(`${name}/dist/cli.js`, source.replace('[22, 12]', '[999, 0]'));
}

describe.skipIf(process.platform === 'win32')('under a Node that is too old', () => {
  test('the own Node gets the words, and its exit code is the one of the program', async () => {
    const program = launcherBeside('old-code', 'shift; echo "$@"; exit 7');
    expect(await amlguide(['render', '--out', 'x'], { program })).toMatchObject({ code: 7, stdout: 'render --out x\n' });
  });

  test.each(['TERM', 'HUP', 'INT', 'KILL'] as const)('an end by %s is no success', async (signal) => {
    const program = launcherBeside(`old-${signal}`, `kill -${signal} $$`);
    const { code } = await amlguide(['facts'], { program });
    expect([null, 128 + constants.signals[`SIG${signal}`]]).toContain(code);
  });
});
