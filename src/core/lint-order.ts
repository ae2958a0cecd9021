import { type Catalog, needsOf, valuesOf } from './catalog.ts';
import { referencesOf } from './expression.ts';
import type { Finding } from './lint-finding.ts';
import type { Spot } from './lint-spots.ts';
import type { Question, Topic } from './schema.ts';

/** Expressions that are needed before what they refer to is answered, and values that need themselves. */
export function lintOrder(catalog: Catalog, spots: readonly Spot[]): Finding[] {
  // Turned round, so that the first of two questions with one id counts.
  const order = new Map(
    catalog.topics
      .flatMap((topic) => topic.questions ?? [])
      .map(({ id }, index): [string, number] => [id, index])
      .reverse(),
  );
  const parsed = spots.filter(({ expression }) => parses(expression));
  return [
    ...cycles(catalog),
    ...targetsFirst(catalog, order),
    ...parsed.flatMap((spot) => [...lateQuestions(catalog, order, spot), ...lateFields(catalog, spot)]),
  ];
}

function parses(expression: string): boolean {
  try {
    referencesOf(expression);
    return true;
  } catch {
    return false;
  }
}

/** What a piece of text is called in a message. */
function nameOf({ path }: Spot): string {
  return [...path].reverse().find((step) => typeof step === 'string') as string;
}

function lateQuestions(catalog: Catalog, order: ReadonlyMap<string, number>, spot: Spot): Finding[] {
  if (!spot.asking) return [];
  const { question, field } = spot.asking;
  const here = order.get(question) ?? 0;
  const late = [...questionsBehind(catalog, spot.expression)].filter(
    ([id]) => (order.get(id) ?? 0) >= here && !(field !== undefined && id === question),
  );
  return late.map(([id, through]) => ({
    path: spot.path,
    message:
      id === question
        ? `«${nameOf(spot)}» refers to its own question «${id}»${by(through)}`
        : `«${nameOf(spot)}» refers to «${id}»${by(through)}, which is asked later`,
  }));
}

function by(through: string | undefined): string {
  return through === undefined ? '' : ` (through the value «${through}»)`;
}

/** Every question that an expression waits for, through values too, each with the value that leads there. */
function questionsBehind(catalog: Catalog, expression: string): Map<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  const needs = needsOf(catalog, expression);
  for (const id of needs.questions) found.set(id, undefined);
  for (const value of needs.values) for (const id of questionsOfValue(catalog, value, new Set())) if (!found.has(id)) found.set(id, value);
  return found;
}

function questionsOfValue(catalog: Catalog, value: string, seen: Set<string>): string[] {
  if (seen.has(value)) return [];
  seen.add(value);
  const { questions, values } = needsOfValue(catalog, value);
  return [...questions, ...values.flatMap((id) => questionsOfValue(catalog, id, seen))];
}

/** A value is null where its topic does not apply, so it waits for what decides that as well. */
function needsOfValue(catalog: Catalog, value: string): { readonly questions: string[]; readonly values: string[] } {
  const found = valuesOf(catalog).get(value);
  if (!found) return { questions: [], values: [] };
  const texts = [
    found.expression,
    ...(found.topic.when === undefined ? [] : [found.topic.when]),
    ...(found.topic.target ? ['targets'] : []),
  ].filter(parses);
  const needs = texts.map((text) => needsOf(catalog, text));
  return { questions: needs.flatMap((one) => [...one.questions]), values: needs.flatMap((one) => [...one.values]) };
}

function lateFields(catalog: Catalog, spot: Spot): Finding[] {
  const { asking } = spot;
  if (asking?.field === undefined || !spot.sees.row || !('group' in spot.sees.row)) return [];
  const group = groupOf(catalog, asking.question);
  if (group?.kind !== 'group') return [];
  const ids = group.fields.map(({ id }) => id);
  const here = ids.indexOf(asking.field);
  const paths = referencesOf(spot.expression)
    .filter((path) => path.startsWith('row.'))
    .map((path) => path.slice('row.'.length));
  return ids
    .filter((id, index) => index >= here && paths.some((path) => path === id || path.startsWith(`${id}.`)))
    .map((id) => ({
      path: spot.path,
      message: `«${nameOf(spot)}» refers to «row.${id}», which is ${id === asking.field ? 'this very question' : 'asked later'}`,
    }));
}

function groupOf(catalog: Catalog, id: string): Question | undefined {
  return catalog.topics.flatMap((topic) => topic.questions ?? []).find((question) => question.id === id);
}

/** A target applies when it is chosen, so `targets` is asked before all its questions. */
function targetsFirst(catalog: Catalog, order: ReadonlyMap<string, number>): Finding[] {
  const asked = order.get('targets');
  return catalog.topics
    .filter(({ target }) => target)
    .flatMap((topic: Topic) => {
      const path = ['topics', topic.topic, 'target'];
      if (asked === undefined) return [{ path, message: 'a topic with a target needs the question «targets»' }];
      const first = order.get(topic.questions?.[0]?.id ?? '');
      return first !== undefined && first <= asked ? [{ path, message: '«targets» has to be asked before the questions of a target' }] : [];
    });
}

function cycles(catalog: Catalog): Finding[] {
  return [...valuesOf(catalog)].flatMap(([id, { topic }]) => {
    const way = wayBack(catalog, id, id, []);
    return way ? [{ path: ['topics', topic.topic, 'values', id], message: `the value needs itself: ${[id, ...way].join(' → ')}` }] : [];
  });
}

function wayBack(catalog: Catalog, from: string, to: string, way: readonly string[]): readonly string[] | undefined {
  for (const next of needsOfValue(catalog, from).values) {
    if (next === to) return [...way, next];
    if (way.includes(next)) continue;
    const found = wayBack(catalog, next, to, [...way, next]);
    if (found) return found;
  }
  return undefined;
}
