import { PassThrough } from 'node:stream';
import type { Catalog } from '../../src/core/catalog.ts';
import { emptySession, type Session } from '../../src/core/session.ts';
import { converse, type Outcome } from '../../src/ui/loop.ts';
import { plainUi } from '../../src/ui/plain.ts';
import { contractCatalog } from './contract-catalog.ts';

/** A conversation with everything that was written. */
export interface Talk extends Outcome {
  readonly text: string;
}

/** Everything that plain mode wrote for typed lines; the end of the lines is the end of the input. */
export async function talk(typed: readonly string[], start: Session = emptySession, catalog: Catalog = contractCatalog): Promise<Talk> {
  const { streams, written } = pipes(typed);
  const ui = plainUi(streams);
  const outcome = await converse(
    catalog,
    start,
    ui,
    () => 'contoso',
    async () => undefined,
  );
  await ui.close();
  return { ...outcome, text: written() };
}

/** Streams that hold typed lines, and what was written so far. */
export function pipes(typed: readonly string[]) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let text = '';
  output.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  input.end(typed.map((line) => `${line}\n`).join(''));
  return { streams: { input, output }, written: () => text };
}
