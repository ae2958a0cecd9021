import { expect, test } from 'vitest';
import type { Catalog } from '../../../src/core/catalog.ts';
import { attempt, type Move } from '../../../src/core/interview.ts';
import { emptySession, type Session } from '../../../src/core/session.ts';
import { viewOf } from '../../../src/core/view.ts';
import { loadCatalog } from '../../../src/io/catalog.ts';
import { type Frame, frameOf, keysOf, type Size } from '../../../src/ui/ink/frame.ts';
import { homeFrame, homeKeys, homeScene } from '../../../src/ui/ink/home.ts';
import { type Binding, bindingFor, type Press } from '../../../src/ui/ink/keys.ts';
import { runFrame } from '../../../src/ui/ink/run-frame.ts';
import { runKeys } from '../../../src/ui/ink/run-keys.ts';
import { begin, type Seen, type WizardState } from '../../../src/ui/ink/state.ts';
import { verifyFrame } from '../../../src/ui/ink/verify-frame.ts';
import { verifyKeys } from '../../../src/ui/ink/verify-keys.ts';
import type { Turn } from '../../../src/ui/ui.ts';
import { contractCatalog } from '../contract-catalog.ts';
import { anyPress, anySize, expectToFit, fuzzSeed, oneOf, seeded } from './fuzz.ts';
import { listCatalog } from './list-catalog.ts';
import { allScreens as runScreens } from './run-scenes.ts';
import { allScreens as verifyScreens } from './verify-scenes.ts';

const thorough = process.env.MODE === 'acceptance';
const seed = fuzzSeed();

/** Runs a fuzz and says with which seed it failed. */
function seededly(run: (random: () => number, log: Press[]) => void): void {
  const log: Press[] = [];
  try {
    run(seeded(seed), log);
  } catch (error) {
    const last = log.slice(-12).map(({ id, text }) => (id === 'paste' ? `paste ${JSON.stringify(text?.slice(0, 40))}` : id));
    throw new Error(`FUZZ_SEED=${seed} after ${log.length} keys, the last ones ${last.join(' ')}: ${String(error)}`, { cause: error });
  }
}

function turnOf(catalog: Catalog, session: Session): Turn {
  return {
    name: 'fuzz',
    view: viewOf(catalog, session),
    attempt: (move) => attempt(catalog, session, move),
    changes: [],
    now: new Date(0),
  };
}

/** Every key that the bar names, and those it stands for. */
function pressesIn<Context, Step>(keys: readonly Binding<Context, Step>[]): string[] {
  return keys.flatMap(({ press }) => press);
}

/** The wizard without a terminal: the session, the screen, and the moves between them. */
class Fuzzed {
  session: Session = emptySession;
  turn: Turn;
  state: WizardState;
  size: Size;
  private seen: Seen = { page: 1, count: 0, preview: false };
  private readonly catalog: Catalog;

  constructor(catalog: Catalog, size: Size) {
    this.catalog = catalog;
    this.turn = turnOf(catalog, this.session);
    this.state = begin(this.turn, true, []);
    this.size = size;
  }

  /** Paints; keys go by what was seen last, as in a terminal that is slower than the keyboard. */
  frame(): Frame {
    const frame = frameOf({ at: 'turn', turn: this.turn, state: this.state }, this.size);
    this.seen = frame.seen;
    return frame;
  }

  /** Presses a key that the screen knows, and makes the move that comes of it. */
  press(one: Press): void {
    const context = { turn: this.turn, state: this.state, seen: this.seen };
    const step = bindingFor(keysOf(context), one)?.run(context, one);
    if (!step) return;
    this.state = step.state;
    if (step.move) this.move(step.move);
  }

  private move(move: Move): void {
    if (['leave', 'write', 'run', 'rehearse'].includes(move.type)) {
      this.state = begin(this.turn, this.state.preview, []);
      return;
    }
    this.session = attempt(this.catalog, this.session, move).session;
    this.turn = turnOf(this.catalog, this.session);
    this.state = begin(this.turn, this.state.preview, []);
  }
}

/** No plan comes of answers that are refused, and what is refused stands at its answer or at the question that is asked. */
function expectFlagged({ turn: { view } }: Fuzzed): void {
  const refused = view.problems.filter(({ level }) => level === 'refuse');
  if (view.outcome && refused.length > 0) expect.fail(`there is a plan, though ${refused[0]?.say}`);
  const flagged = new Set([...view.answers.flatMap(({ problems }) => problems), ...(view.ask?.problems ?? [])]);
  const hidden = view.ask ? refused.find((problem) => !flagged.has(problem)) : undefined;
  if (hidden) expect.fail(`${hidden.key} is refused, and no screen says so: ${hidden.say}`);
}

/** The real checklists are slower, so that most keys go to a small catalog. */
const shares: readonly (readonly [string, Catalog, number])[] = [
  ['the real checklists', await loadCatalog(), 0.12],
  ['a small catalog', contractCatalog, 0.83],
  ['a long list', listCatalog(500), 0.05],
];

const count = thorough ? 1_000_000 : Number(process.env.FUZZ_COUNT ?? 100_000);

test.each(shares)(
  `the wizard bears any keys, pastes and sizes with %s, FUZZ_SEED=${seed}`,
  { timeout: 900_000 },
  (_name, catalog, share) => {
    seededly((random, log) => {
      let wizard = new Fuzzed(catalog, { columns: 100, rows: 30 });
      let seen: string[] = [];
      for (let pressed = 0; pressed < count * share; pressed++) {
        if (random() < 0.01) wizard.size = anySize(random);
        if (random() < 0.001) wizard = new Fuzzed(catalog, wizard.size);
        const one = anyPress(random, seen);
        log.push(one);
        wizard.press(one);
        if (pressed % 5 !== 0) continue;
        const frame = wizard.frame();
        expectToFit(frame, wizard.size, () => `${wizard.turn.view.ask?.key} ${wizard.state.layers.at(-1)?.at}`);
        seen = pressesIn(keysOf({ turn: wizard.turn, state: wizard.state, seen: frame.seen }));
        if (pressed % 60 === 0) expectFlagged(wizard);
      }
    });
  },
);

/** Presses keys on a screen that is a function of its scene, and goes back to another scene now and then. */
function fuzzScenes<Scene, Context extends { readonly scene: Scene; readonly seen: Seen }, Next extends { readonly scene: Scene }>(
  scenes: readonly Scene[],
  frame: (scene: Scene, size: Size) => Frame,
  keys: (context: { readonly scene: Scene; readonly seen: Seen }) => readonly Binding<Context, Next>[],
): void {
  seededly((random, log) => {
    let scene = oneOf(random, scenes);
    let size: Size = { columns: 100, rows: 30 };
    for (let pressed = 0; pressed < count / 15; pressed++) {
      if (random() < 0.02) size = anySize(random);
      if (random() < 0.02) scene = oneOf(random, scenes);
      const shown = frame(scene, size);
      expectToFit(shown, size, () => `scene ${scenes.indexOf(scene)}`);
      const context = { scene, seen: shown.seen } as Context;
      const known = keys(context);
      const one = anyPress(random, pressesIn(known));
      log.push(one);
      scene = bindingFor(known, one)?.run(context, one).scene ?? scene;
    }
  });
}

test(`the screens of a run bear any keys and sizes, FUZZ_SEED=${seed}`, { timeout: 300_000 }, () => {
  fuzzScenes(Object.values({ ...runScreens(true), ...runScreens(false) }), runFrame, runKeys);
});

test(`the screen of a verification bears any keys and sizes, FUZZ_SEED=${seed}`, { timeout: 300_000 }, () => {
  fuzzScenes(Object.values(verifyScreens()), verifyFrame, verifyKeys);
});

test(`the home screen bears any keys and sizes, FUZZ_SEED=${seed}`, { timeout: 300_000 }, () => {
  const saved = Array.from({ length: 30 }, (_, at) => ({
    name: `session-${at}-日本`,
    about: `${at} of 22 answered`,
    ...(at % 7 === 0 ? { damaged: 'It ends in the middle.' } : {}),
  }));
  fuzzScenes([homeScene(saved), homeScene([])], homeFrame, homeKeys);
});

test('every key of the bar does something on every screen of a run and a verification', () => {
  for (const scene of Object.values(runScreens(false)))
    expectWorks({ scene, seen: runFrame(scene, { columns: 100, rows: 30 }).seen }, runKeys);
  for (const scene of Object.values(verifyScreens()))
    expectWorks({ scene, seen: verifyFrame(scene, { columns: 100, rows: 30 }).seen }, verifyKeys);
});

function expectWorks<
  Scene,
  Context extends { readonly scene: Scene; readonly seen: Seen },
  Next extends { readonly scene: Scene; readonly act?: unknown },
>(context: Context, keys: (context: Context) => readonly Binding<Context, Next>[]): void {
  for (const key of keys(context).filter(({ weight }) => weight !== undefined)) {
    const steps = key.press.map((id) => key.run(context, { id, ...(id.length === 1 ? { text: id } : {}) }));
    const works = steps.some((step) => step.act !== undefined || step.scene !== context.scene);
    expect(works, `${key.glyph} ${key.does}`).toBe(true);
  }
}
