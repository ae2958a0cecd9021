import type { Word } from '../../core/glossary.ts';
import type { Finding, Verdict } from '../../core/verify/findings.ts';
import type { VerifyHead, VerifyResult, VerifyWish } from '../verify-ui.ts';
import type { Filter } from './filter.ts';
import type { Binding } from './keys.ts';
import type { PageText } from './pages.ts';
import type { Seen } from './state.ts';
import type { Tone } from './text.ts';

/** A text that was opened over the list. */
export interface VerifyPages extends PageText {
  readonly what: 'help' | 'detail';
}

/** All that the screen of a verification shows. */
export interface VerifyScene extends Pick<VerifyResult, 'mends' | 'mendable'> {
  readonly stage: 'blank' | 'reading' | 'read';
  readonly head: VerifyHead;
  /** What a person can say of items that are looked at by hand counts. */
  readonly takesHands: boolean;
  /** By id, in the order in which they came. */
  readonly findings: ReadonlyMap<string, Finding>;
  /** Milliseconds since it began to read. */
  readonly elapsed: number;
  /** Whether something may turn while it reads. */
  readonly spins: boolean;
  readonly all: boolean;
  /** The item at the cursor; the first one while nobody moved. */
  readonly at?: string;
  /** The first row in sight. */
  readonly top: number;
  /** What was chosen to be mended. */
  readonly marked: ReadonlySet<string>;
  /** The words that filter; they search what passed too. */
  readonly filter?: Filter;
  readonly pages?: VerifyPages;
  /** The glossary of the catalog, for the help. */
  readonly words: () => readonly Word[];
}

/** What a key asks for besides another scene. */
export type VerifyAct =
  | VerifyWish
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'saw'; readonly id: string; readonly verdict: 'pass' | 'fail' };

/** What a key works on. */
export interface VerifyContext {
  readonly scene: VerifyScene;
  readonly seen: Seen;
}

/** What a key leads to. */
export interface VerifyStep {
  readonly scene: VerifyScene;
  readonly act?: VerifyAct;
}

/** A key of a verification. */
export type VerifyKey = Binding<VerifyContext, VerifyStep>;

/** A terminal on which nothing of a verification is shown yet. */
export function blankVerify(spins: boolean, words: VerifyScene['words'] = () => []): VerifyScene {
  return {
    stage: 'blank',
    head: { name: '', kind: 'verify', sample: false, ids: [], topics: [], facts: {}, all: false, keeps: false },
    takesHands: false,
    findings: new Map(),
    mends: new Map(),
    mendable: new Set(),
    elapsed: 0,
    spins,
    all: false,
    top: 0,
    marked: new Set(),
    words,
  };
}

/** The scene without the text over the list. */
export function withoutPages({ pages: _, ...scene }: VerifyScene): VerifyScene {
  return scene;
}

/** How a verdict is told: by a sign, a word, and a tone that adds nothing to them. */
export const verdicts = {
  fail: { sign: '✖', tone: 'bad', word: 'failed' },
  unknown: { sign: '?', tone: 'warn', word: 'unknown' },
  'by hand': { sign: '☐', tone: 'accent', word: 'by hand' },
  pass: { sign: '✔', tone: 'good', word: 'passed' },
} as const satisfies Record<Verdict, { sign: string; tone: Tone; word: string }>;
