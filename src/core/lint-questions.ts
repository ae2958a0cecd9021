import { type Catalog, questionsOf, targetsOf, valuesOf } from './catalog.ts';
import { isObject } from './json.ts';
import { type Finding, known, type Path } from './lint-finding.ts';
import { lintLive } from './lint-live.ts';
import type { Choice, Question, Topic } from './schema.ts';

/** What questions, rules and examples name: formats, kinds, tables, and each other. */
export function lintQuestions(catalog: Catalog): Finding[] {
  const first = nameFrom(catalog);
  const topics = catalog.topics.flatMap((topic) => [
    ...questionFindings(catalog, topic),
    ...ruleFindings(catalog, topic),
    ...itemFindings(topic),
  ]);
  return [...first, ...topics, ...formatFindings(catalog), ...exampleFindings(catalog)];
}

function nameFrom(catalog: Catalog): Finding[] {
  const { name_from: id } = catalog.manifest;
  return known(questionsOf(catalog).keys(), id, ['manifest', 'name_from'], 'question');
}

function questionFindings(catalog: Catalog, topic: Topic): Finding[] {
  return (topic.questions ?? []).flatMap((question, index) => {
    const path = ['topics', topic.topic, 'questions', index];
    if (question.kind !== 'group') return oneFinding(catalog, question, path);
    const fields = question.fields.flatMap((field, at) => oneFinding(catalog, field, [...path, 'fields', at]));
    const quiet = { path: [...path, 'quiet'], message: 'a group is always asked; its fields may be quiet' };
    return question.quiet === undefined ? fields : [quiet, ...fields];
  });
}

function oneFinding(catalog: Catalog, question: Question, path: Path): Finding[] {
  const found: Finding[] = [];
  if (question.quiet !== undefined && question.default === undefined && !question.optional)
    found.push({ path: [...path, 'quiet'], message: 'a quiet question needs default: or optional:, so that there is an answer to take' });
  if ('format' in question) found.push(...known(Object.keys(catalog.formats), question.format, [...path, 'format'], 'format'));
  // What a person types as a tag is held against these two.
  if (question.kind === 'tags')
    found.push(...['tag_name', 'tag_value'].flatMap((format) => known(Object.keys(catalog.formats), format, [...path, 'kind'], 'format')));
  if (question.kind === 'resource') {
    found.push(...known(Object.keys(catalog.kinds), question.of, [...path, 'of'], 'kind of resource'));
    for (const id of Object.keys(question.id_fills ?? {})) {
      found.push(...known(questionsOf(catalog).keys(), id, [...path, 'id_fills', id], 'question').map((one) => ({ ...one, key: true })));
    }
  }
  if (question.kind === 'choice' || question.kind === 'choices') found.push(...choiceFindings(catalog, question, path));
  if ('live' in question && question.live) found.push(...lintLive(catalog, question, [...path, 'live']));
  return found;
}

function choiceFindings(catalog: Catalog, question: Extract<Question, { kind: 'choice' | 'choices' }>, path: Path): Finding[] {
  const { choices } = question;
  if (Array.isArray(choices)) return [...choicesTwice(choices, path), ...literalDefault(choices, question.default, path)];
  const rows = choices.table === 'targets_offered' ? targetsOf(catalog) : catalog.tables[choices.table];
  if (!rows && valuesOf(catalog).has(choices.table)) return [];
  if (!rows) return known([...Object.keys(catalog.tables), 'targets_offered'], choices.table, [...path, 'choices', 'table'], 'table');
  const columns = new Set(rows.flatMap((row) => (isObject(row) ? Object.keys(row) : [])));
  if (choices.table === 'targets_offered') for (const name of ['id', 'label', 'hint']) columns.add(name);
  return (['value', 'label', 'hint'] as const).flatMap((key) => {
    const column = choices[key];
    return column === undefined ? [] : known(columns, column, [...path, 'choices', key], `column of ${choices.table}`);
  });
}

function choicesTwice(choices: readonly Choice[], path: Path): Finding[] {
  return choices.flatMap(({ value }, index) =>
    choices.findIndex((one) => one.value === value) < index
      ? [{ path: [...path, 'choices', index, 'value'], message: `«${value}» is a choice already` }]
      : [],
  );
}

/** A default that is written out has to be one of the choices. */
function literalDefault(choices: readonly Choice[], expression: string | undefined, path: Path): Finding[] {
  const [, literal] = /^\s*'([^']*)'\s*$/.exec(expression ?? '') ?? [];
  const values = choices.map(({ value }) => String(value));
  return literal === undefined ? [] : known(values, literal, [...path, 'default'], 'choice');
}

function ruleFindings(catalog: Catalog, topic: Topic): Finding[] {
  const all = [...questionsOf(catalog)].flatMap(([id, { question }]) => [
    id,
    ...(question.kind === 'group' ? question.fields.map((field) => `${id}.${field.id}`) : []),
  ]);
  return (topic.rules ?? []).flatMap(({ on }, index) => {
    const path = ['topics', topic.topic, 'rules', index, 'on'];
    const question = questionsOf(catalog).get(on)?.question;
    if (question?.kind === 'group')
      return [{ path, message: `a rule stands on a field of the group, such as ${on}.${question.fields[0]?.id}` }];
    return known(all, on, path, 'question');
  });
}

function itemFindings(topic: Topic): Finding[] {
  return (topic.items ?? []).flatMap(({ id, must, check, manual }, index): Finding[] => {
    const path = ['topics', topic.topic, 'items', index];
    if (must === undefined && check === undefined && manual === undefined)
      return [{ path, message: `the item «${id}» needs must:, check: or manual: so that it can be decided` }];
    const tests = check ? [check.equals, check.includes, check.at_least, check.at_most].filter((one) => one !== undefined).length : 1;
    return tests <= 1
      ? []
      : [{ path: [...path, 'check'], message: 'a check has at most one of equals:, includes:, at_least: and at_most:' }];
  });
}

function formatFindings(catalog: Catalog): Finding[] {
  return Object.entries(catalog.formats).flatMap(([id, { pattern, example }]): Finding[] => {
    try {
      return new RegExp(`^(?:${pattern})$`, 'u').test(example)
        ? []
        : [{ path: ['formats', id, 'example'], message: `the example «${example}» does not match the pattern` }];
    } catch (cause) {
      return [
        { path: ['formats', id, 'pattern'], message: `no regular expression: ${cause instanceof Error ? cause.message : String(cause)}` },
      ];
    }
  });
}

function exampleFindings(catalog: Catalog): Finding[] {
  const questions = questionsOf(catalog);
  return Object.entries(catalog.examples).flatMap(([name, { answers }]) =>
    Object.entries(answers).flatMap(([id, answer]): Finding[] => {
      const path = ['examples', name, 'answers', id];
      const question = questions.get(id)?.question;
      if (!question) return known(questions.keys(), id, path, 'question').map((one) => ({ ...one, key: true }));
      if (question.kind !== 'group') return [];
      if (!Array.isArray(answer)) return [{ path, message: `«${id}» is a list of rows` }];
      const ids = question.fields.map((field) => field.id);
      return answer.flatMap((row: unknown, index) =>
        Object.keys(isObject(row) ? row : {}).flatMap((field) =>
          known(ids, field, [...path, index, field], `field of ${id}`).map((one) => ({ ...one, key: true })),
        ),
      );
    }),
  );
}
