import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { topicSchema } from '../core/schema.ts';

/** The JSON schema of a topic, as text; the same schema gives the same bytes. */
export function topicJsonSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(topicSchema, { target: 'draft-7', io: 'input' });
  return `${JSON.stringify({ $schema, title: 'A topic of the amlguide checklists', ...schema }, undefined, 2)}\n`;
}

/** Writes `checklists/schema.json`; an editor finds it by `# yaml-language-server: $schema=schema.json`. */
export async function writeSchema(root: string): Promise<string> {
  const file = join(root, 'checklists', 'schema.json');
  await writeFile(file, topicJsonSchema());
  return file;
}

// `npm run schema` starts this file itself.
if (import.meta.main) process.stdout.write(`${await writeSchema(process.cwd())}\n`);
