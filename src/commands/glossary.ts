import { nearest, UserError } from '../core/errors.ts';
import { type Word, wordNamed, wordsIn } from '../core/glossary.ts';
import { type Context, print, tableOf } from './context.ts';

/** What words mean; with one of them, that alone and where it is written. */
export async function glossaryCommand(context: Context, asked: readonly string[]): Promise<void> {
  const words = wordsIn(await context.catalog());
  if (asked.length === 0) {
    print(context, words, () => tableOf([['WORD', 'MEANS'], ...words.map(({ term, says }) => [term, says])]));
    return;
  }
  const word = wordNamed(words, asked.join(' '));
  if (!word) throw unknown(words, asked.join(' '));
  print(context, word, () => wordText(word));
}

/** A word with what it means, its other spellings, and who says so. */
function wordText({ term, also, says, facts, sources }: Word): string {
  return [
    term,
    '',
    says,
    ...(also.length > 0 ? [`Also: ${also.join(', ')}`] : []),
    ...sources.map(({ page, date, repo, path }) => {
      const link = repo !== undefined && path !== undefined ? ` https://github.com/${repo}/blob/main/${path}` : '';
      return `Source: ${page}${date ? `, ${date}` : ''}${link}`;
    }),
    ...(facts.length > 0 ? [`Facts: ${facts.join(', ')}`] : []),
  ].join('\n');
}

function unknown(words: readonly Word[], asked: string): UserError {
  const names = words.flatMap(({ term, also }) => [term, ...also]);
  const wanted = asked.toLowerCase();
  const holding = words.filter(({ term, also }) => [term, ...also].some((name) => wanted !== '' && name.toLowerCase().includes(wanted)));
  const near = nearest(asked, names);
  return new UserError({
    what: `There is no word ${asked} in the glossary.`,
    hint:
      holding.length > 1
        ? `There are: ${holding.map(({ term }) => term).join(', ')}.`
        : near
          ? `Did you mean ${near}?`
          : '`amlguide glossary` lists all words.',
  });
}
