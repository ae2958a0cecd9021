import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod';
import { makeFolders } from './make-folders.ts';

const schema = z.record(z.string(), z.strictObject({ verdict: z.enum(['pass', 'fail']), at: z.iso.datetime() }));

/** What a person saw at items that no machine can look at: by item, with the time. */
export type ByHand = Readonly<Record<string, { readonly verdict: 'pass' | 'fail'; readonly at: string }>>;

function fileOf(state: string, name: string): string {
  return join(state, 'verified', `${name.toLowerCase()}.json`);
}

/** What was seen earlier for a session; nothing when there is no file, or none that can be read. */
export async function seenByHand(state: string, name: string): Promise<ByHand> {
  try {
    return schema.parse(JSON.parse(await readFile(fileOf(state, name), 'utf8')));
  } catch {
    return {};
  }
}

/** Keeps what a person saw. */
export async function keepByHand(state: string, name: string, seen: ByHand): Promise<void> {
  const path = fileOf(state, name);
  makeFolders(join(state, 'verified'), 0o700);
  await writeFileAtomic(path, `${JSON.stringify(seen, null, 2)}\n`, { mode: 0o600 });
}
