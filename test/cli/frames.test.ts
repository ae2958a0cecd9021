import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { amlguide, room } from './run.ts';

let bash: string;
let powershell: string;

beforeAll(async () => {
  await amlguide(['render', '--example', 'compute-cluster', '--format', 'bash,powershell', '--out', 'frames']);
  [bash, powershell] = ['run.sh', 'run.ps1'].map((name) => readFileSync(join(room, 'frames', name), 'utf8')) as [string, string];
});

describe('run.sh', () => {
  test('takes what az prints without the carriage return of Windows, and fails when az fails', () => {
    const lines = bash.match(/^[A-Z_]+=\$\(az .*$/gm) ?? [];
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      const name = line.slice(0, line.indexOf('='));
      const values = 'WORKSPACE_ID=x SUBSCRIPTION=y; ';
      const run = (az: string) => execFileSync('bash', ['-c', `set -eo pipefail; ${values}az() { ${az}; }; ${line}\nprintf %s "$${name}"`]);
      expect(run("printf 'a b\\r\\n'").toString()).toBe('a b');
      expect(() => run('return 3')).toThrow();
    }
  });

  test('keeps ids whole in Git Bash, and compares letters the same in every language', () => {
    expect(bash).toMatch(/^export MSYS_NO_PATHCONV=1$/m);
    expect(bash.match(/.*tr '\[:upper:\]'.*/g)).toEqual([expect.stringContaining("LC_ALL=C tr '[:upper:]' '[:lower:]'")]);
  });
});

describe('run.ps1', () => {
  test('does not take what az writes to stderr for an error of its own', () => {
    expect(powershell).toMatch(/^#Requires -Version 7\.2$/m);
    expect(powershell).toMatch(/function Get-Difference[\s\S]*?\n {2}\$ErrorActionPreference = 'Continue'\n[\s\S]*?2> \$messages/);
  });
});
