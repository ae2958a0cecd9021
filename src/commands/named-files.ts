import { access, constants } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../core/errors.ts';
import type { Plan } from '../core/plan.ts';
import type { Context } from './context.ts';

/** Refuses a run when a file that an answer names is not there: az would take its path for what should be in it. */
export async function checkNamedFiles(context: Context, { situation }: Plan, rehearsal: boolean): Promise<void> {
  if (rehearsal) return;
  const home = context.environment.HOME ?? homedir();
  const named = situation.asked.flatMap(({ key, question }) => {
    const value = situation.answers[key];
    const isFile = question.kind === 'text' && situation.catalog.formats[question.format]?.file === true;
    return isFile && typeof value === 'string' && value !== '' ? [{ key, value }] : [];
  });
  const missing: { what: string; where: string; hint: string }[] = [];
  for (const { key, value } of named) {
    const path = /^~[/\\]/.test(value) ? join(home, value.slice(2)) : value;
    const readable = await access(path, constants.R_OK).then(
      () => true,
      () => false,
    );
    if (!readable)
      missing.push({ what: `There is no file ${value} that can be read.`, where: key, hint: 'Make it, or change the answer.' });
  }
  if (missing.length > 0) throw new UserError(missing);
}
