import { type Catalog, questionsOf, valuesOf } from './catalog.ts';
import { parseExpression } from './expression.ts';
import type { Finding } from './lint-finding.ts';
import type { Scopes } from './lint-scope.ts';
import type { Spot, Spots } from './lint-spots.ts';
import type { Field } from './schema.ts';
import { shapeOfExpression } from './shape-of.ts';
import { readAll } from './shapes.ts';

/** Names and functions that do not exist, and everything that nothing reads. */
export function lintExpressions(catalog: Catalog, spots: Spots, scopes: Scopes): Finding[] {
  const read = new Set<string>();
  const wrong = spots.list.flatMap((spot) => wrongIn(spot, scopes, read));
  return [...spots.findings, ...wrong, ...unused(catalog, spots, read)];
}

function wrongIn(spot: Spot, scopes: Scopes, read: Set<string>): Finding[] {
  const findings: Finding[] = [];
  const place = { path: spot.path, ...(spot.at ? { at: spot.at } : {}) };
  // A list of rows may be wanted for its rows alone; who reads their columns counts for the columns.
  const own = ownId(spot);
  const note = (id: string) => void (id !== own && read.add(id));
  const watch = {
    read: note,
    wrong: (message: string, hint?: string) => void findings.push({ ...place, message, ...(hint ? { hint } : {}) }),
  };
  try {
    const shape = shapeOfExpression(parseExpression(spot.expression), scopes.scopeOf(spot.sees), watch);
    if (!spot.rows) readAll(shape, note);
  } catch (cause) {
    findings.push({
      ...place,
      message: `«${spot.expression}» is no expression: ${cause instanceof Error ? cause.message : String(cause)}`,
    });
  }
  return findings;
}

/** What stands at this place itself does not count as a use of it. */
function ownId({ path, asking }: Spot): string | undefined {
  if (path[2] === 'values') return String(path[3]);
  return asking?.field === undefined ? asking?.question : `${asking.question}.${asking.field}`;
}

function unused(catalog: Catalog, spots: Spots, read: Set<string>): Finding[] {
  alsoRead(catalog, read);
  return [
    ...unusedQuestions(catalog, read),
    ...unusedValues(catalog, read),
    ...unusedTables(catalog, read),
    ...unusedFormats(catalog),
    ...unusedFiles(catalog, spots),
  ];
}

/** Adds what is read by other means than an expression. */
function alsoRead(catalog: Catalog, read: Set<string>): void {
  read.add(catalog.manifest.name_from);
  if (catalog.topics.some(({ target }) => target)) read.add('targets');
  for (const topic of catalog.topics) for (const { on } of topic.rules ?? []) read.add(on);
  for (const field of fieldsOf(catalog)) {
    if ((field.kind === 'choice' || field.kind === 'choices') && !Array.isArray(field.choices)) read.add(field.choices.table);
  }
}

/** Every question that holds one answer; of a group its fields. */
function fieldsOf(catalog: Catalog): Field[] {
  return [...questionsOf(catalog).values()].flatMap(({ question }) => (question.kind === 'group' ? question.fields : [question]));
}

function unusedQuestions(catalog: Catalog, read: ReadonlySet<string>): Finding[] {
  return catalog.topics.flatMap((topic) =>
    (topic.questions ?? []).flatMap((question, index) => {
      const path = ['topics', topic.topic, 'questions', index];
      const fields = question.kind === 'group' ? question.fields : [];
      const wasRead = read.has(question.id) || [...read].some((id) => id.startsWith(`${question.id}.`));
      if (!wasRead) return [{ path: [...path, 'id'], message: `nothing uses this question («${question.id}»)` }];
      return fields.flatMap(({ id }, at) =>
        read.has(`${question.id}.${id}`)
          ? []
          : [{ path: [...path, 'fields', at, 'id'], message: `nothing uses this question («${question.id}.${id}»)` }],
      );
    }),
  );
}

function unusedValues(catalog: Catalog, read: ReadonlySet<string>): Finding[] {
  return [...valuesOf(catalog)].flatMap(([id, { topic }]) =>
    read.has(id) ? [] : [{ path: ['topics', topic.topic, 'values', id], key: true, message: `nothing uses this value («${id}»)` }],
  );
}

function unusedTables(catalog: Catalog, read: ReadonlySet<string>): Finding[] {
  return Object.keys(catalog.tables).flatMap((id) =>
    read.has(id) ? [] : [{ path: ['tables', id], key: true, message: `nothing uses this table («${id}»)` }],
  );
}

function unusedFormats(catalog: Catalog): Finding[] {
  const used = new Set(
    fieldsOf(catalog).flatMap((field) => ('format' in field ? [field.format] : field.kind === 'tags' ? ['tag_name', 'tag_value'] : [])),
  );
  return Object.keys(catalog.formats).flatMap((id) =>
    used.has(id) ? [] : [{ path: ['formats', id], key: true, message: `nothing uses this format («${id}»)` }],
  );
}

/** The frames of the scripts belong to the program; every other file is named by a topic. */
function unusedFiles(catalog: Catalog, spots: Spots): Finding[] {
  return Object.keys(catalog.templates).flatMap((file) =>
    file.startsWith('frames/') || file.endsWith('.md') || spots.files.has(file)
      ? []
      : [{ path: ['templates', file], at: { line: 1, col: 1 }, message: 'nothing names this file' }],
  );
}
