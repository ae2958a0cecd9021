import { commandsOf, type EachRow, filledCommands, type Instance, type World } from './resources.ts';
import type { Action, Kinds, Topic } from './schema.ts';
import { say } from './situation.ts';
import { type Resolved, type Word, wordText } from './words.ts';

/** How a step is taken back. */
export interface Undo {
  /** The commands that remove what the step made; none when it is kept. They may hold outputs of earlier steps. */
  readonly words: readonly (readonly Word[])[];
  /** The commands in place of those when it shall be gone for good; none when there is no difference. */
  readonly purge: readonly (readonly Word[])[];
  /** Looked at first: when the answer is another than `is`, nothing is removed and the sentence is said. */
  readonly empty?: { readonly words: readonly Word[]; readonly is: string; readonly say: string };
  /** What stays after a removal without purge. */
  readonly softly?: string;
  /** Why nothing is taken back. */
  readonly kept?: string;
}

/** What the words of an undo are filled from: the resource, and whatever every expression sees. */
interface Sight {
  readonly resolve: (expression: string) => Resolved;
  readonly settle: Parameters<typeof say>[0]['settle'];
}

/** How what was made for an instance is taken back. */
export function undoOf(world: World, instance: Instance): Undo {
  const { kind, resource } = instance;
  const sight = sightOf(world, instance);
  const kept = resource.kept ?? kind.kept;
  if (kept !== undefined) return { words: [], purge: [], kept: say(sight, kept) };
  const words = (text: string) => filledCommands(world, text, sight.resolve);
  return {
    words: words(kind.undo ?? world.situation.catalog.manifest.remove),
    purge: kind.purge === undefined ? [] : words(kind.purge),
    ...emptyOf(world, kind.empty, sight),
    ...(kind.softly === undefined ? {} : { softly: say(sight, kind.softly) }),
  };
}

/** How what an action did is taken back. */
export function undoOfAction(world: World, topic: Topic, action: Action, each: EachRow | undefined): Undo {
  const { undo, kept, empty } = action;
  const sight: Sight = {
    resolve: (expression) => world.resolve(expression, each),
    settle: (expression) => world.settle(expression, each),
  };
  return {
    words: undo === undefined ? [] : commandsOf(world, `${topic.topic}/${undo}`, each),
    purge: [],
    ...emptyOf(world, empty, sight),
    ...(kept === undefined ? {} : { kept: say(sight, kept) }),
  };
}

/** The lower-case id of the nearest of the kind that `serial` names: the instance itself or what it lives in. */
export function serialOf({ kind, ...instance }: Instance): string | undefined {
  const nearest = (one: Pick<Instance, 'resource' | 'id' | 'parent'>): Word | undefined =>
    one.resource.kind === kind.serial ? one.id : one.parent && nearest(one.parent);
  const id = kind.serial === undefined ? undefined : nearest(instance);
  return id && wordText(id)?.toLowerCase();
}

/** A step on a resource, as far as reading and writing back need it. */
interface Restorable {
  readonly id?: Word;
  readonly api?: string;
  /** The api-version that shows everything, where that is another one. */
  readonly whole?: string;
}

/** The command that prints a resource whole before a step changes it; what it prints is what `restoreWords` writes back. */
export function readWords(world: World, step: Restorable): Word[] {
  return ofManifest(world, 'read', step, {});
}

/** The command that writes back what a resource was, out of a file. */
export function restoreWords(world: World, step: Restorable, file: string): Word[] {
  return ofManifest(world, 'restore', step, { file: [{ text: file }] });
}

function ofManifest(world: World, key: 'read' | 'restore', step: Restorable, more: Readonly<Record<string, Word>>): Word[] {
  const own: Readonly<Record<string, Word>> = { id: step.id ?? [], api: [{ text: step.whole ?? step.api ?? '' }], ...more };
  const [words = []] = filledCommands(world, world.situation.catalog.manifest[key], (expression) => {
    const parts = own[expression];
    return parts ? { parts } : world.resolve(expression);
  });
  return words;
}

function emptyOf(world: World, empty: Kinds[string]['empty'], sight: Sight): Pick<Undo, 'empty'> {
  if (empty === undefined) return {};
  const [words = []] = filledCommands(world, empty.run, sight.resolve);
  return { empty: { words, is: empty.is, say: say(sight, empty.say) } };
}

/** Inside a kind the resource itself goes before answers of the same name. */
function sightOf(world: World, instance: Instance): Sight {
  const { each, parent } = instance;
  const own: Readonly<Record<string, Word | undefined>> = {
    id: instance.id,
    name: instance.name,
    group: instance.group,
    api: [{ text: instance.kind.api }],
    'parent.name': parent?.name,
    'parent.group': parent?.group,
  };
  return {
    resolve: (expression) => {
      const parts = own[expression];
      return parts ? { parts } : world.resolve(expression, each, instance);
    },
    settle: (expression) => {
      const word = own[expression];
      return word ? wordText(word) : world.settle(expression, each, instance);
    },
  };
}
