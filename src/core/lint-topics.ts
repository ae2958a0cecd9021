import type { Catalog } from './catalog.ts';
import { isObject } from './json.ts';
import type { Path } from './lint-finding.ts';
import type { Sees } from './lint-scope.ts';
import { type Spot, Spots } from './lint-spots.ts';
import type { Action, Field, FileTemplate, Question, Resource, Topic } from './schema.ts';
import type { Item, Read } from './schema-checks.ts';
import type { FlowRule, Thing } from './schema-picture.ts';

/** Every expression of a catalog, with what it sees. */
export function spotsOf(catalog: Catalog): Spots {
  const spots = new Spots(catalog);
  manifestSpots(spots, catalog);
  for (const topic of catalog.topics) topicSpots(spots, topic);
  const own = new Set(catalog.topics.flatMap((topic) => Object.keys(topic.tables ?? {})));
  for (const [id, rows] of Object.entries(catalog.tables)) if (!own.has(id)) tableSpots(spots, ['tables', id], id, rows);
  return spots;
}

function manifestSpots(spots: Spots, catalog: Catalog): void {
  spots.template(['manifest', 'every_call', 'words'], catalog.manifest.every_call.words, { resources: true });
  spots.template(['manifest', 'heading'], catalog.manifest.heading, { resources: true });
  for (const [index, text] of catalog.manifest.before.entries()) spots.template(['manifest', 'before', index], text, { resources: true });
  spots.template(['manifest', 'probe'], catalog.manifest.probe, { names: ['id', 'api', 'query', 'output'] });
  spots.template(['manifest', 'remove'], catalog.manifest.remove, { names: ['id', 'api'] });
  spots.template(['manifest', 'read'], catalog.manifest.read, { names: ['id', 'api'] });
  spots.template(['manifest', 'restore'], catalog.manifest.restore, { names: ['id', 'api', 'file'] });
  for (const key of ['endpoint', 'subscription'] as const) spots.expression(['manifest', 'azure', key], catalog.manifest.azure?.[key], {});
  spots.template(['manifest', 'azure', 'token'], catalog.manifest.azure?.token, { names: ['subscription'] });
  for (const [id, kind] of Object.entries(catalog.kinds)) kindSpots(spots, kind, ['kinds', id]);
}

/** What the words of a kind see of the resource that is taken back. */
const ofTheResource = ['id', 'name', 'group', 'api', 'parent.name', 'parent.group'];

function kindSpots(spots: Spots, kind: Catalog['kinds'][string], at: Path): void {
  const sees: Sees = { resources: true, names: ofTheResource };
  spots.template([...at, 'id'], kind.id, { names: ['name'] });
  for (const key of ['undo', 'purge', 'softly', 'kept'] as const) spots.template([...at, key], kind[key], sees);
  for (const key of ['run', 'say'] as const) spots.template([...at, 'empty', key], kind.empty?.[key], sees);
}

function topicSpots(spots: Spots, topic: Topic): void {
  const at: Path = ['topics', topic.topic];
  const first = topic.questions?.[0];
  spots.expression([...at, 'when'], topic.when, {}, first ? { asking: { topic: topic.topic, question: first.id } } : {});
  for (const [index, question] of (topic.questions ?? []).entries()) questionSpots(spots, topic, question, [...at, 'questions', index]);
  for (const [id, expression] of Object.entries(topic.values ?? {})) spots.expression([...at, 'values', id], expression, {});
  for (const [id, rows] of Object.entries(topic.tables ?? {})) tableSpots(spots, [...at, 'tables', id], id, rows);
  topic.rules?.forEach((rule, index) => {
    const group = groupOf(topic, spots.catalog, rule.on);
    const sees = group === undefined ? {} : { row: { group } };
    spots.expression([...at, 'rules', index, 'when'], rule.when, sees);
    spots.expression([...at, 'rules', index, 'must'], rule.must, sees);
    spots.template([...at, 'rules', index, 'say'], rule.say, sees);
  });
  checkSpots(spots, topic, at);
  for (const [index, resource] of (topic.resources ?? []).entries()) resourceSpots(spots, topic, resource, [...at, 'resources', index]);
  for (const [index, action] of (topic.actions ?? []).entries()) actionSpots(spots, topic, action, [...at, 'actions', index]);
  for (const [index, file] of (topic.files ?? []).entries()) fileSpots(spots, topic, file, [...at, 'files', index]);
  topic.notes?.forEach((note, index) => {
    spots.expression([...at, 'notes', index, 'when'], note.when, {});
    spots.template([...at, 'notes', index, 'says'], note.says, { resources: true });
  });
  for (const list of ['things', 'flows'] as const)
    topic.picture?.[list]?.forEach((one, index) => {
      pictureSpots(spots, one, [...at, 'picture', list, index]);
    });
}

function pictureSpots(spots: Spots, one: Partial<Thing & FlowRule>, at: Path): void {
  const sees: Sees = { ...rowOf(one.each), resources: true };
  spots.expression([...at, 'when'], one.when, {});
  spots.expression([...at, 'each'], one.each, {}, { rows: true });
  for (const key of ['what', 'who', 'on', 'why'] as const) spots.template([...at, key], one[key], sees);
  spots.tree([...at, 'notes'], one.notes ?? [], sees);
}

function checkSpots(spots: Spots, topic: Topic, at: Path): void {
  for (const [index, item] of (topic.items ?? []).entries()) itemSpots(spots, topic, item, [...at, 'items', index]);
  for (const [index, read] of (topic.reads ?? []).entries()) readSpots(spots, read, [...at, 'reads', index]);
}

/** The group of group.field; undefined for a question of its own. */
function groupOf(topic: Topic, catalog: Catalog, on: string): string | undefined {
  const groups = [topic, ...catalog.topics].flatMap(({ questions }) => questions ?? []).filter(({ kind }) => kind === 'group');
  return groups.find(({ id }) => on.startsWith(`${id}.`))?.id;
}

function questionSpots(spots: Spots, topic: Topic, question: Question, at: Path): void {
  const asking = { topic: topic.topic, question: question.id };
  commonSpots(spots, question, at, {}, { asking });
  if (question.kind !== 'group') {
    choiceSpots(spots, question, at, {}, { asking });
    liveSpots(spots, question, at, { asking });
    return;
  }
  question.fields.forEach((field, index) => {
    const path = [...at, 'fields', index];
    const sees = { row: { group: question.id } };
    const more = { asking: { ...asking, field: field.id } };
    commonSpots(spots, field, path, sees, more);
    choiceSpots(spots, field, path, sees, more);
    liveSpots(spots, field, path, more);
  });
}

/** What a list of Azure holds is not known before it comes, so that any name may stand below `row`, `read` and `also`. */
function liveSpots(spots: Spots, { live }: Field, field: Path, more: Pick<Spot, 'asking'>): void {
  if (!live) return;
  const at = [...field, 'live'];
  const listed: Sees = { holds: ['read', 'also'] };
  const names = Object.keys(live.with ?? {});
  const sees: Sees = { holds: ['row', 'read', 'also', ...names] };
  names.forEach((name, index) => {
    spots.expression([...at, 'with', name], live.with?.[name], { holds: ['row', 'read', 'also', ...names.slice(0, index)] }, more);
  });
  spots.expression([...at, 'when'], live.when, {}, more);
  spots.template([...at, 'nothing'], live.nothing, {}, more);
  spots.expression([...at, 'rows'], live.rows, listed, more);
  for (const key of ['where', 'value', 'label'] as const) spots.expression([...at, key], live[key], sees, more);
  spots.template([...at, 'hint'], live.hint, sees, more);
  for (const [index, one] of (live.unless ?? []).entries()) {
    spots.expression([...at, 'unless', index, 'when'], one.when, sees, more);
    spots.template([...at, 'unless', index, 'say'], one.say, sees, more);
  }
  for (const [key, fills] of Object.entries(live.fills ?? {})) spots.expression([...at, 'fills', key], fills, sees, more);
}

function commonSpots(spots: Spots, question: Question, at: Path, sees: Sees, more: Pick<Spot, 'asking'>): void {
  for (const key of ['when', 'quiet', 'default'] as const) spots.expression([...at, key], question[key], sees, more);
  for (const key of ['ask', 'why', 'because'] as const) spots.template([...at, key], question[key], sees, more);
}

function choiceSpots(spots: Spots, question: Field, at: Path, sees: Sees, more: Pick<Spot, 'asking'>): void {
  if (question.kind !== 'choice' && question.kind !== 'choices') return;
  const { choices } = question;
  if (!Array.isArray(choices)) {
    // Only the row of the table is `row` here, in a group too.
    spots.expression([...at, 'choices', 'when'], choices.when, { row: { table: choices.table } }, more);
    return;
  }
  choices.forEach((choice, index) => {
    const path = [...at, 'choices', index];
    spots.template([...path, 'hint'], choice.hint, sees, more);
    spots.expression([...path, 'when'], choice.when, sees, more);
    spots.expression([...path, 'unless', 'when'], choice.unless?.when, sees, more);
    spots.template([...path, 'unless', 'say'], choice.unless?.say, sees, more);
  });
}

/** The row that `each` gives, as part of what expressions see. */
function rowOf(each: string | undefined): Sees {
  return each === undefined ? {} : { row: { each } };
}

function itemSpots(spots: Spots, topic: Topic, item: Item, at: Path): void {
  const sees = rowOf(item.each);
  spots.expression([...at, 'when'], item.when, {});
  spots.expression([...at, 'each'], item.each, {}, { rows: true });
  spots.expression([...at, 'must'], item.must, sees);
  for (const key of ['label', 'says', 'manual'] as const) spots.template([...at, key], item[key], sees);
  const after: Sees = { ...sees, resources: true };
  spots.template([...at, 'mend'], item.mend, after);
  spots.commands([...at, 'fix'], topic.topic, item.fix, after);
  spots.expression([...at, 'fix_when'], item.fix_when, after);
  if (!item.check) return;
  const wide: Sees = { ...sees, resources: true, self: item.check.read };
  spots.template([...at, 'check', 'path'], item.check.path, wide);
  for (const key of ['equals', 'includes', 'at_least', 'at_most'] as const) spots.tree([...at, 'check', key], item.check[key], wide);
}

function readSpots(spots: Spots, read: Read, at: Path): void {
  const sees: Sees = { ...rowOf(read.each), resources: true };
  spots.expression([...at, 'when'], read.when, sees);
  spots.expression([...at, 'each'], read.each, {}, { rows: true });
  for (const key of ['what', 'get', 'post', 'graph', 'run'] as const) spots.template([...at, key], read[key], sees);
  spots.tree([...at, 'body'], read.body, sees);
}

function resourceSpots(spots: Spots, topic: Topic, resource: Resource, at: Path): void {
  const sees: Sees = { ...rowOf(resource.each), resources: true, self: resource.id };
  spots.expression([...at, 'when'], resource.when, {});
  spots.expression([...at, 'each'], resource.each, {}, { rows: true });
  spots.expression([...at, 'make'], resource.make, sees);
  for (const key of ['what', 'name', 'scope', 'say', 'missing', 'why', 'kept'] as const) spots.template([...at, key], resource[key], sees);
  spots.tree([...at, 'picture'], { name: resource.picture?.name, notes: resource.picture?.notes ?? [] }, sees);
  for (const [key, wanted] of Object.entries(resource.same ?? {})) {
    spots.template([...at, 'same', key], key, sees);
    spots.tree([...at, 'same', key], wanted, sees);
  }
  for (const key of ['create', 'update'] as const) spots.commands([...at, key], topic.topic, resource[key], sees);
}

function actionSpots(spots: Spots, topic: Topic, action: Action, at: Path): void {
  const sees: Sees = { ...rowOf(action.each), resources: true };
  spots.expression([...at, 'when'], action.when, {});
  spots.expression([...at, 'each'], action.each, {}, { rows: true });
  for (const key of ['what', 'say', 'why', 'kept'] as const) spots.template([...at, key], action[key], sees);
  for (const key of ['run', 'say'] as const) spots.template([...at, 'empty', key], action.empty?.[key], sees);
  for (const key of ['probe', 'run', 'undo'] as const) spots.commands([...at, key], topic.topic, action[key], sees);
}

function fileSpots(spots: Spots, topic: Topic, file: FileTemplate, at: Path): void {
  const sees: Sees = { ...rowOf(file.each), resources: true };
  spots.expression([...at, 'when'], file.when, { resources: true });
  spots.expression([...at, 'each'], file.each, {}, { rows: true });
  for (const key of ['path', 'what'] as const) spots.template([...at, key], file[key], sees);
  spots.tree([...at, 'data'], file.data, sees);
  spots.tree([...at, 'values'], file.values, sees);
  if (file.template !== undefined) spots.program([...at, 'template'], topic.topic, file.template);
}

/** The column `when` of a table decides whether its row counts. */
function tableSpots(spots: Spots, at: Path, table: string, rows: readonly unknown[]): void {
  rows.forEach((row, index) => {
    if (isObject(row)) spots.expression([...at, index, 'when'], row['when'], { row: { table } });
  });
}
