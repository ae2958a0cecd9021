import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plan } from '../../../src/core/plan.ts';

/** Puts the files that the answers only name (keys, passwords) where the commands of a test look: `~/…` and absolute paths, both below its home. */
export function putNamedFiles(plan: Plan, home: string): void {
  for (const path of namedFiles(plan)) {
    const file = join(home, path.replace(/^~/, ''));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, contentOf(path), { mode: 0o600 });
  }
}

/** What such a file holds; a line end follows, as an editor would leave it. */
export function contentOf(path: string): string {
  if (path.endsWith('.pub')) return `ssh-rsa ${rsa} anna@example\n`;
  return path.includes('/.ssh/')
    ? '-----BEGIN RSA PRIVATE KEY-----\ntest\n-----END RSA PRIVATE KEY-----\n'
    : `Secret-of-${path.split('/').at(-1)}-1\n`;
}

const length = (bytes: number) => Buffer.from([0, 0, 0, bytes]);
const rsa = Buffer.concat([length(7), Buffer.from('ssh-rsa'), length(3), Buffer.from([1, 0, 1]), length(8), Buffer.alloc(8, 7)]).toString(
  'base64',
);

function namedFiles({ situation }: Plan): string[] {
  const texts = situation.asked.map(({ key }) => situation.answers[key]).filter((value) => typeof value === 'string');
  return texts.filter((text) => /^(~|\/home|\/etc)\//.test(text));
}
