import { text } from 'node:stream/consumers';
import { nearest, UserError } from '../core/errors.ts';
import { codeOf, knownErrorOf, messageOf, retryAfterOf } from '../core/known-errors.ts';
import { redact } from '../core/redact.ts';
import type { KnownError } from '../core/schema.ts';
import { type Context, print, tableOf } from './context.ts';

/** What is known about failures; with an id or what az printed (`-`: from standard input), what it means and what mends it. */
export async function errorsCommand(context: Context, words: readonly string[]): Promise<void> {
  const { errors } = await context.catalog();
  if (words.length === 0) {
    print(context, errors, () => tableOf([['ERROR', 'WHERE'], ...errors.map(({ id, where }) => [id, where])]));
    return;
  }
  const asked = words.length === 1 && words[0] === '-' ? await text(context.stdin) : words.join(' ');
  const known = errors.find(({ id }) => id === asked.trim()) ?? knownErrorOf(errors, asked);
  if (!known) throw unknown(asked, errors);
  const waits = retryAfterOf(asked);
  print(context, { ...known, ...(waits === undefined ? {} : { asks_to_wait: waits }) }, () => errorText(known, waits));
}

/** A known error in words: where it happens, what it means, what mends it, and who says so. */
export function errorText({ id, where, cause, fix, retry, tries, link, sources, facts = [] }: KnownError, waits?: number): string {
  return [
    `${id}: ${where}`,
    '',
    `Means: ${cause}`,
    `Mend: ${fix}`,
    `Again: ${retry === undefined ? 'not by itself' : `after ${Math.max(retry, waits ?? 0)} s or more${tries === undefined ? '' : `, ${tries} times at most`}`}`,
    ...(link ? [`Read: ${link}`] : []),
    ...sources.map(({ page, date, note }) => `Source: ${page}${date ? `, ${date}` : ''}${note ? ` (${note})` : ''}`),
    ...(facts.length > 0 ? [`Facts: ${facts.join(', ')}`] : []),
  ].join('\n');
}

function unknown(asked: string, errors: readonly KnownError[]): UserError {
  const message = messageOf(redact(asked, { ids: true })).trim();
  if (message === '')
    return new UserError({ what: 'There is no text to look up.', hint: 'Give what az printed, or - and the text on standard input.' });
  const code = codeOf(message);
  const near = nearest(
    asked.trim(),
    errors.map(({ id }) => id),
  );
  return new UserError({
    what: code === undefined ? 'Nothing is known about this text.' : `Nothing is known about ${code}.`,
    hint: near ? `Did you mean ${near}?` : '`amlguide errors` lists what is known. The whole of what az printed is looked up best.',
  });
}
