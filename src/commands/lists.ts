import { offeredOf } from '../core/answers.ts';
import { askedOf } from '../core/answers-schema.ts';
import { type Catalog, questionsOf } from '../core/catalog.ts';
import { nearest, UserError } from '../core/errors.ts';
import { factUses } from '../core/fact-uses.ts';
import type { Fact, Field, Topic } from '../core/schema.ts';
import { situationOf } from '../core/walk.ts';
import { type Context, print, tableOf } from './context.ts';

/** Every question with its key, kind, choices and default: what an answers file can hold. */
export async function questionsCommand(context: Context, options: { readonly topic?: string }): Promise<void> {
  const catalog = await context.catalog();
  const topic = options.topic === undefined ? undefined : topicNamed(catalog, options.topic);
  const rows = [...questionsOf(catalog).values()]
    .filter((one) => topic === undefined || one.topic === topic)
    .flatMap(({ topic: { topic: id }, question }) =>
      question.kind === 'group'
        ? question.fields.map((field) => questionRow(catalog, id, field, `${question.id}[].${field.id}`))
        : [questionRow(catalog, id, question, question.id)],
    );
  print(context, rows, () => tableOf([['KEY', 'KIND', 'QUESTION'], ...rows.map((row) => [row.key, row.kind, askedOf(row)])]));
}

function questionRow(catalog: Catalog, topic: string, question: Field, key: string) {
  const situation = situationOf(catalog, {});
  const choices =
    question.kind === 'choice' || question.kind === 'choices'
      ? Array.isArray(question.choices)
        ? question.choices.map(({ value }) => value)
        : offeredOf(situation, { key, topic: {} as Topic, question }).map(({ value }) => value)
      : [];
  return {
    key,
    topic,
    kind: question.kind,
    ask: question.ask,
    label: question.label,
    choices,
    default: question.default ?? null,
    when: question.when ?? null,
    quiet: question.quiet ?? null,
    optional: question.optional ?? false,
    facts: question.facts ?? [],
  };
}

/** What the documents say and what is true today; with an id, one fact whole. */
export async function factsCommand(context: Context, id: string | undefined): Promise<void> {
  const catalog = await context.catalog();
  const uses = factUses(catalog);
  if (id === undefined) {
    print(context, uses, () =>
      tableOf([
        ['FACT', 'TODAY', 'SAYS'],
        ...uses.map(({ fact }) => [fact, catalog.facts[fact]?.status ?? '', catalog.facts[fact]?.says ?? '']),
      ]),
    );
    return;
  }
  const fact = catalog.facts[id];
  if (!fact) throw unknown('fact', id, Object.keys(catalog.facts));
  print(context, { ...fact, uses: uses.find((one) => one.fact === id)?.uses ?? [] }, () => factText(fact));
}

/** A fact in words: what is true, what was, since when, and where that is written. */
export function factText(fact: Fact): string {
  return [
    fact.says,
    ...(fact.was ? ['', `Then: ${fact.was}`] : []),
    ...(fact.disagreement ? [`The documents disagree: ${fact.disagreement}`] : []),
    ...(fact.since ? [`Stated since ${fact.since}.`] : []),
    '',
    `Today: ${fact.status}.`,
    ...fact.sources.map(({ page, date, note }) => `Source: ${page}${date ? `, ${date}` : ''}${note ? ` (${note})` : ''}`),
  ].join('\n');
}

/** The topic that a person names: by its id, with dashes too, or by the target that it is for. */
export function topicNamed(catalog: Catalog, name: string): Topic {
  const topic = catalog.topics.find((one) => one.topic === name || one.target?.id === name || one.topic === name.replaceAll('-', '_'));
  if (topic) return topic;
  throw unknown(
    'topic',
    name,
    catalog.topics.map((one) => one.topic),
  );
}

function unknown(what: string, name: string, known: readonly string[]): UserError {
  const near = nearest(name, known) ?? known.find((one) => name.length > 3 && one.includes(name));
  return new UserError({
    what: `There is no ${what} ${name}.`,
    hint: near ? `Did you mean ${near}?` : known.length < 30 ? `There are: ${known.join(', ')}.` : `\`amlguide ${what}s\` lists them.`,
  });
}
