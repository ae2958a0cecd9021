import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const ends = ['complete', 'failed', 'stopped', 'interrupted'] as const;

/** How the newest run of a session ended; `open` when it broke off, undefined when nothing was run or the newest was an undo that is complete. */
export async function runEnd(state: string, name: string): Promise<(typeof ends)[number] | 'open' | undefined> {
  const folder = join(state, 'runs', name.toLowerCase());
  const file = (await readdir(folder).catch(() => []))
    .filter((entry) => entry.endsWith('.jsonl'))
    .sort()
    .at(-1);
  if (file === undefined) return undefined;
  const [first, last] = await edgesOf(join(folder, file));
  if (first.includes('"kind":"undo"')) return undefined;
  return ends.find((end) => last.includes(`"type":"end","outcome":"${end}"`)) ?? 'open';
}

/** The beginning and the end of a file; the list of sessions must not read whole journals. */
async function edgesOf(file: string): Promise<readonly [string, string]> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const part = Buffer.alloc(300);
    const first = await handle.read(part, 0, 300, 0);
    const start = part.toString('utf8', 0, first.bytesRead);
    const last = await handle.read(part, 0, 300, Math.max(0, size - 300));
    return [start, part.toString('utf8', 0, last.bytesRead).trimEnd().split('\n').at(-1) ?? ''];
  } finally {
    await handle.close();
  }
}
