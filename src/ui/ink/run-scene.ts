import type { Word } from '../../core/glossary.ts';
import { plannedRun, type RunView } from '../../core/run/progress.ts';
import type { RunChoice, RunEnding, RunOverview, RunTrouble } from '../run-ui.ts';
import type { Interruption } from '../run-words.ts';
import type { Filter } from './filter.ts';
import { type InputState, inputWith } from './input.ts';
import type { Paragraph, Seen } from './state.ts';

/** What was opened over a run: a text, or the ways out. */
export type RunLayer =
  | {
      readonly at: 'pages';
      readonly what: 'log' | 'help' | 'permissions' | 'step';
      readonly title: string;
      readonly text: readonly Paragraph[];
      readonly top: number;
      /** The words that its paragraphs have to have. */
      readonly filter?: Filter;
    }
  | { readonly at: 'ways out'; readonly cursor: number };

/** All that the screens of a run show. */
export interface RunScene {
  readonly stage: 'blank' | 'overview' | 'running' | 'ended';
  readonly overview?: RunOverview;
  readonly view: RunView;
  /** The time now, in the milliseconds of the events. */
  readonly now: number;
  /** Whether something may turn while it runs. */
  readonly spins: boolean;
  /** What failed and is not decided yet; the first one is asked about. */
  readonly troubles: readonly RunTrouble[];
  /** The choice at the cursor, where a failure is asked about. */
  readonly cursor: number;
  /** The name that is being typed. */
  readonly input: InputState;
  /** The first row of a list or text that a person scrolled; undefined while the list follows what happens. */
  readonly top?: number;
  /** The key of the step at the cursor; undefined while nobody moved it. */
  readonly at?: string;
  /** The words that filter the steps. */
  readonly filter?: Filter;
  readonly layers: readonly RunLayer[];
  /** The glossary of the catalog, for the help. */
  readonly words: () => readonly Word[];
  /** How the run was told to end early. */
  readonly stopping?: Exclude<Interruption, 'keep'>;
  readonly ending?: RunEnding;
}

/** What a key asks for besides another scene. */
export type RunAct =
  | { readonly type: 'answer'; readonly yes: boolean }
  | { readonly type: 'choose'; readonly choice: RunChoice }
  | { readonly type: 'out'; readonly choice: Exclude<Interruption, 'keep'>; readonly atOnce?: boolean }
  | { readonly type: 'log' }
  | { readonly type: 'copy'; readonly text: string }
  /** What failed, with the lines of the log about it. */
  | { readonly type: 'copy trouble'; readonly trouble: RunTrouble }
  | { readonly type: 'explain'; readonly step: string }
  | { readonly type: 'close' };

/** What a key works on. */
export interface RunContext {
  readonly scene: RunScene;
  readonly seen: Seen;
}

/** What a key leads to. */
export interface RunStep {
  readonly scene: RunScene;
  readonly act?: RunAct;
}

/** A terminal on which nothing of a run is shown yet. */
export function blankRun(spins: boolean, words: RunScene['words'] = () => []): RunScene {
  return {
    stage: 'blank',
    view: plannedRun({ name: '', kind: 'apply', rehearsal: false }, []),
    now: 0,
    spins,
    troubles: [],
    cursor: 0,
    input: inputWith(''),
    layers: [],
    words,
  };
}

/** The layer on top, if there is one. */
export function topLayer({ layers }: RunScene): RunLayer | undefined {
  return layers[layers.length - 1];
}

/** The failure that is asked about now, if there is one and nothing lies over it. */
export function askedTrouble(scene: RunScene): RunTrouble | undefined {
  return scene.stage === 'running' && scene.layers.length === 0 ? scene.troubles[0] : undefined;
}

/** The scene with another layer on top. */
export function withLayer(scene: RunScene, layer: RunLayer): RunScene {
  return { ...scene, layers: [...scene.layers, layer] };
}

/** The scene without the layer on top. */
export function withoutLayer(scene: RunScene): RunScene {
  return { ...scene, layers: scene.layers.slice(0, -1) };
}

/** The scene with the layer on top replaced. */
export function withTop(scene: RunScene, layer: RunLayer): RunScene {
  return withLayer(withoutLayer(scene), layer);
}
