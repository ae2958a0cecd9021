import { actionsOf, type Catalog } from './catalog.ts';
import { isTrue, referencesOf } from './expression.ts';
import { type PlannedFile, plannedFiles } from './files.ts';
import { type ChecklistLine, checklistOf, rowFacts } from './items.ts';
import type { Json } from './json.ts';
import { isObject } from './json.ts';
import { clashesOf } from './plan-clashes.ts';
import { commandsOf, type EachRow, eachRows, type Instance, sayIn, type World, worldOf } from './resources.ts';
import { type Problem, problemsOf, refusals } from './rules.ts';
import type { Action, Topic } from './schema.ts';
import type { Answers, Situation } from './situation.ts';
import { parseTemplate, templateExpressions } from './template.ts';
import { serialOf, type Undo, undoOf, undoOfAction } from './undo.ts';
import { situationOf } from './walk.ts';
import { parseCommands, textOf, type Word, wordText } from './words.ts';

/** One property that a step wants: a JMESPath into the resource, and the value that it is, or that the list there has. */
export interface Want {
  readonly path: string;
  readonly how: 'is' | 'has';
  readonly word: Word;
}

/** One step: ensures a resource, checks one that must exist, or carries out an action. */
export interface Step {
  readonly key: string;
  readonly topic: string;
  readonly type: 'ensure' | 'require' | 'action';
  readonly what: string;
  readonly kind?: string;
  /** The Resource Manager id; absent for an action. */
  readonly id?: Word;
  readonly api?: string;
  /** The command that looks, for an action only; a resource is looked up by its id. */
  readonly probe?: readonly Word[];
  readonly done?: string;
  readonly wants: readonly Want[];
  readonly create: readonly (readonly Word[])[];
  readonly update: readonly (readonly Word[])[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly say?: string;
  /** What to say when it does not exist, in place of `say`. */
  readonly missing?: string;
  readonly why?: string;
  readonly facts: readonly string[];
  /** Keys of the steps that come first. */
  readonly after: readonly string[];
  readonly takes?: string;
  readonly costs?: string;
  /** The lower-case id of what allows one write below it at a time, such as a virtual network; of steps that make or update. */
  readonly serial?: string;
  /** How what it made is taken back: of steps that can make something, and of updates that cannot be written back. */
  readonly undo?: Undo;
  /** The api-version that shows all of it, where `api` does not; for reading it whole and writing it back. */
  readonly whole?: string;
  /** False for an update whose earlier state cannot be written back; `undo.kept` says why. */
  readonly restorable?: false;
}

/** A permission that the person who runs the plan needs, and where. */
export interface Permission {
  readonly scope: string;
  readonly actions: readonly string[];
}

/** Everything that follows from a complete set of answers; the same answers give the same plan. */
export interface Plan {
  readonly situation: Situation;
  readonly world: World;
  readonly steps: readonly Step[];
  readonly files: readonly PlannedFile[];
  readonly checklist: readonly ChecklistLine[];
  readonly permissions: readonly Permission[];
  readonly notes: readonly { readonly topic: string; readonly says: string; readonly facts: readonly string[] }[];
  readonly warnings: readonly Problem[];
}

/** Plans complete answers; gives the problems when something is missing or refused. */
export function plan(catalog: Catalog, answers: Answers): Plan | { readonly problems: readonly Problem[] } {
  const situation = situationOf(catalog, answers);
  const missing = situation.asked
    .filter(({ key }) => situation.answers[key] === undefined && !situation.wrong.has(key))
    .map(({ key }): Problem => ({ key, say: 'is not answered', level: 'refuse', facts: [] }));
  const problems = problemsOf(situation);
  const refused = [...missing, ...refusals(problems)];
  if (refused.length > 0) return { problems: refused };
  const made = planOf(situation, problems);
  const clashes = clashesOf(made.steps, made.files);
  return clashes.length > 0 ? { problems: clashes } : made;
}

/** Plans whatever is known so far; words that wait for an answer hold a `missing` part. For previews. */
export function planOf(situation: Situation, problems: readonly Problem[] = []): Plan {
  const world = worldOf(situation);
  const steps = stepsOf(world);
  return {
    situation,
    world,
    steps: inOrder(merged(steps)),
    files: plannedFiles(world),
    checklist: checklistOf(situation),
    permissions: permissionsOf(world),
    notes: notesOf(world),
    warnings: problems.filter(({ level }) => level === 'warn'),
  };
}

function stepsOf(world: World): Step[] {
  const { situation, instances } = world;
  const actions = situation.catalog.topics
    .filter((topic) => situation.applies(topic))
    .flatMap((topic) =>
      (topic.actions ?? [])
        .filter((one) => one.when === undefined || isTrue(situation.settle(one.when) ?? null))
        .flatMap((one) => rowsOf(situation, one.each).map((each) => actionStep(world, topic, one, each))),
    );
  return [...actions, ...instances.map((instance) => resourceStep(world, instance))];
}

function resourceStep(world: World, instance: Instance): Step {
  const { resource, topic, each, kind } = instance;
  const make = isMade(world, instance);
  const commands = (name: string | undefined) => (name === undefined ? [] : commandsOf(world, `${topic.topic}/${name}`, each, instance));
  const text = (key: 'say' | 'missing' | 'why') => {
    const template = resource[key];
    return template === undefined ? {} : { [key]: sayIn(world, template, each, instance) };
  };
  return {
    key: instance.key,
    topic: topic.topic,
    type: make ? 'ensure' : 'require',
    what: sayIn(world, resource.what, each, instance),
    kind: resource.kind,
    id: instance.id,
    api: kind.api,
    wants: wantsOf(world, instance),
    create: make ? commands(resource.create) : [],
    update: commands(resource.update),
    outputs: resource.outputs ?? {},
    ...text('say'),
    ...text('missing'),
    ...text('why'),
    facts: [...resource.facts, ...rowFacts(each)],
    after: dependenciesOf(world, instance, make || resource.update !== undefined),
    ...(make && kind.takes ? { takes: kind.takes } : {}),
    ...(make && kind.costs ? { costs: kind.costs } : {}),
    ...takenBack(world, instance, make),
  };
}

/** What a step on a resource says about writing in turn and about taking back. */
function takenBack(world: World, instance: Instance, make: boolean): Pick<Step, 'serial' | 'undo' | 'whole' | 'restorable'> {
  const { create, update, kept } = instance.resource;
  const { whole } = instance.kind;
  const serial = serialOf(instance);
  const makes = make && create !== undefined;
  return {
    ...(serial !== undefined && (makes || update !== undefined) ? { serial } : {}),
    ...(makes || (update !== undefined && kept !== undefined) ? { undo: undoOf(world, instance) } : {}),
    ...(update !== undefined && whole !== undefined ? { whole } : {}),
    ...(update !== undefined && kept !== undefined ? { restorable: false } : {}),
  };
}

/** One row that is none for what does not repeat. */
function rowsOf(situation: Situation, each: string | undefined): readonly (EachRow | undefined)[] {
  return each === undefined ? [undefined] : (eachRows(situation, each) ?? []);
}

function actionStep(world: World, topic: Topic, action: Action, each: EachRow | undefined): Step {
  const [probe] = commandsOf(world, `${topic.topic}/${action.probe}`, each);
  const named = [action.what, action.probe, action.run].flatMap((text) => referencesIn(world, topic, text));
  return {
    key: actionKey(action, each),
    topic: topic.topic,
    type: 'action',
    what: sayIn(world, action.what, each),
    ...(probe ? { probe } : {}),
    done: String(action.done),
    wants: [],
    create: commandsOf(world, `${topic.topic}/${action.run}`, each),
    update: [],
    outputs: {},
    ...(action.say === undefined ? {} : { say: sayIn(world, action.say, each) }),
    ...(action.why === undefined ? {} : { why: sayIn(world, action.why, each) }),
    ...(action.takes === undefined ? {} : { takes: action.takes }),
    facts: [...action.facts, ...rowFacts(each)],
    after: keysOf(world, [...named, ...(action.after ?? [])]),
    undo: undoOfAction(world, topic, action, each),
  };
}

/** What a resource must be like: values of `same`, each as a word that the probe compares. */
function wantsOf(world: World, instance: Instance): Want[] {
  return Object.entries(instance.resource.same ?? {}).flatMap(([rawPath, wanted]): Want[] => {
    const path = rawPath.includes('${') ? sayIn(world, rawPath, instance.each, instance) : rawPath;
    const has = isObject(wanted) && 'includes' in wanted;
    const value = (has ? wanted['includes'] : wanted) as Json;
    const word = typeof value === 'string' ? wordOf(world, value, instance) : [{ text: textOf(value) }];
    return word.length === 0 ? [] : [{ path, how: has ? 'has' : 'is', word }];
  });
}

/** A template as one word; an expression that is null makes it vanish, as in a command. */
function wordOf(world: World, template: string, instance: Instance): Word {
  const parts = parseTemplate(template);
  const resolved = parts.map((part) => ('text' in part ? { parts: [part] } : world.resolve(part.expression, instance.each, instance)));
  if (resolved.length === 1 && resolved[0] && 'value' in resolved[0] && resolved[0].value === null) return [];
  return resolved.flatMap(
    (one): Word =>
      'parts' in one ? one.parts : 'missing' in one ? [{ missing: one.missing }] : one.value === null ? [] : [{ text: textOf(one.value) }],
  );
}

/** The keys of what comes first: the parent, `after`, and whatever a word names. What only has to be there waits for no action, so that a wrong name shows before anything is done. */
function dependenciesOf(world: World, instance: Instance, changes: boolean): string[] {
  const { resource, topic } = instance;
  const texts = [resource.create, resource.update].flatMap((name) => (name === undefined ? [] : referencesIn(world, topic, name)));
  const same = Object.entries(resource.same ?? {}).flatMap(([path, wanted]) =>
    [path, isObject(wanted) ? wanted['includes'] : wanted].flatMap((text) =>
      typeof text === 'string' ? pathsIn(templateExpressions(text)) : [],
    ),
  );
  const paths = [...(resource.parent ? [resource.parent] : []), ...(resource.after ?? []), ...texts, ...same];
  const waits = changes ? paths : paths.filter((path) => world.of(path.split('.')[0] ?? '').length > 0);
  return keysOf(world, waits).filter((key) => key !== instance.key && key.split('/')[0] !== resource.id);
}

function referencesIn(world: World, topic: Topic, file: string): string[] {
  const text = world.situation.catalog.templates[`${topic.topic}/${file}`];
  if (text === undefined) return pathsIn(templateExpressions(file));
  return pathsIn(
    parseCommands(text).flatMap(({ words }) =>
      words.flatMap((word) => word.flatMap((part) => ('expression' in part ? [part.expression] : []))),
    ),
  );
}

/** The paths that expressions read. */
function pathsIn(expressions: readonly string[]): string[] {
  return expressions.flatMap((expression) => referencesOf(expression));
}

/** The keys of the steps that paths name: actions by their id, resources by their id alone, or by their id, name, group or an output. */
function keysOf(world: World, paths: readonly string[]): string[] {
  const actions = actionsOf(world.situation.catalog);
  return [...new Set(paths.flatMap((path) => [...actionKeys(world, actions.get(path)), ...resourceKeys(world, path)]))];
}

function actionKeys(world: World, action: Action | undefined): string[] {
  return action ? rowsOf(world.situation, action.each).map((each) => actionKey(action, each)) : [];
}

function actionKey({ id }: Action, each: EachRow | undefined): string {
  return each ? `${id}/${each.index}` : id;
}

function resourceKeys(world: World, path: string): string[] {
  const [root = '', property, ...rest] = path.split('.');
  return (rest.length > 0 ? [] : world.of(root)).flatMap(({ key, resource }) =>
    property === undefined || ['id', 'name', 'group'].includes(property) || property in (resource.outputs ?? {}) ? [key] : [],
  );
}

/** Steps on the same resource that only look for it become one with the step that makes it or looks at more; what waited for them waits for that one. */
function merged(steps: readonly Step[]): Step[] {
  const instead = new Map<string, string>();
  const idOf = (step: Step) => (step.id ? wordText(step.id)?.toLowerCase() : undefined);
  const onlyLooks = (step: Step) =>
    step.type === 'require' && step.wants.length === 0 && step.update.length === 0 && Object.keys(step.outputs).length === 0;
  for (const step of steps.filter(onlyLooks)) {
    const id = idOf(step);
    // A step that updates may have to wait for much; looking comes first, so that a wrong name shows at once.
    const same = steps.filter((other) => id !== undefined && idOf(other) === id && (other.create.length > 0 || other.update.length === 0));
    // One keeper for all of them, which is never replaced itself.
    const keeper = same.find((other) => other.create.length > 0) ?? same.find((other) => !onlyLooks(other)) ?? same[0];
    if (keeper && keeper !== step) instead.set(step.key, keeper.key);
  }
  const kept = (key: string): string => (instead.has(key) ? kept(instead.get(key) ?? '') : key);
  return steps
    .filter(({ key }) => !instead.has(key))
    .map((step) => ({ ...step, after: [...new Set(step.after.map(kept))].filter((key) => key !== step.key) }));
}

/** Steps so that each comes after those that it needs; looks before changes, so that a wrong name shows at once; otherwise as the catalog writes them. */
function inOrder(steps: readonly Step[]): Step[] {
  const done: Step[] = [];
  const keys = new Set<string>();
  const known = new Set(steps.map(({ key }) => key));
  let rest = [...steps];
  while (rest.length > 0) {
    const open = rest.filter((step) => step.after.every((key) => keys.has(key) || !known.has(key)));
    const ready = open.find((step) => step.type === 'require' && step.update.length === 0) ?? open[0];
    if (!ready) throw new Error(`the resources ${rest.map((step) => step.key).join(', ')} wait for each other`);
    done.push(ready);
    keys.add(ready.key);
    rest = rest.filter((step) => step !== ready);
  }
  return done;
}

/** What the person who runs the plan must be allowed to do, by scope. */
function permissionsOf(world: World): Permission[] {
  const byScope = new Map<string, Set<string>>();
  for (const { scope, actions } of world.instances.flatMap((instance) => needsOf(world, instance))) {
    const known = byScope.get(scope) ?? new Set<string>();
    for (const action of actions) known.add(action);
    byScope.set(scope, known);
  }
  return [...byScope].map(([scope, actions]) => ({ scope, actions: [...actions].sort() }));
}

/** The permissions of one resource: to look and write where it is or will be, and to join what it is put into. */
function needsOf(world: World, instance: Instance): Permission[] {
  const { resource, kind, above } = instance;
  const make = isMade(world, instance);
  const joined = (resource.joins ?? []).flatMap((id) => world.of(id).slice(0, 1));
  return [
    { at: (make ? above : undefined) ?? instance.id, actions: [...kind.read, ...(make || resource.update ? (kind.write ?? []) : [])] },
    ...joined.map((target) => ({ at: target.id, actions: target.kind.join ?? [] })),
  ].flatMap(({ at, actions }) => {
    const scope = wordText(at);
    return scope === undefined || actions.length === 0 ? [] : [{ scope, actions }];
  });
}

/** Whether the plan creates a resource when it is absent. */
function isMade(world: World, instance: Instance): boolean {
  return makes(world, instance) === true && !holders(world).has(idText(instance));
}

/** What `make` says; undefined while it waits. */
function makes(world: World, { resource, each }: Instance): boolean | undefined {
  const make = resource.make === undefined ? true : world.settle(resource.make, each);
  return make === undefined ? undefined : isTrue(make);
}

const holdersOf = new WeakMap<World, ReadonlySet<string | undefined>>();

/** The ids of whatever holds something that has to exist already, such as the resource group of the workspace: creating it would be of no use. */
function holders(world: World): ReadonlySet<string | undefined> {
  const known = holdersOf.get(world);
  if (known) return known;
  const made = new Set(world.instances.filter((one) => makes(world, one) !== false).map(idText));
  const found = new Set(
    world.instances
      .filter((one) => !made.has(idText(one)))
      .flatMap(parentsOf)
      .map(idText),
  );
  found.delete(undefined);
  holdersOf.set(world, found);
  return found;
}

function parentsOf({ parent }: Instance): Instance[] {
  return parent ? [parent, ...parentsOf(parent)] : [];
}

function idText({ id }: Instance): string | undefined {
  return wordText(id)?.toLowerCase();
}

function notesOf(world: World): Plan['notes'] {
  const { situation } = world;
  return situation.catalog.topics
    .filter((topic) => situation.applies(topic))
    .flatMap((topic) =>
      (topic.notes ?? [])
        .filter((note) => note.when === undefined || isTrue(situation.settle(note.when) ?? null))
        .map((note) => ({ topic: topic.topic, says: sayIn(world, note.says), facts: note.facts })),
    );
}
