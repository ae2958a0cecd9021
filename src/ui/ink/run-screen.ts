import type { Progress, RunEvent } from '../../core/run/events.ts';
import { plannedRun, progressed, type RunHead } from '../../core/run/progress.ts';
import { RunClock } from '../run-clock.ts';
import type { RunChoice, RunEnding, RunHandles, RunLine, RunOverview, RunTrouble } from '../run-ui.ts';
import { type Hands, noHands } from './hands.ts';
import { inputWith } from './input.ts';
import { bindingFor, type Press } from './keys.ts';
import { stepLayer } from './run-explain.ts';
import { runKeys } from './run-keys.ts';
import { frameTime, turnsFor } from './run-list.ts';
import { blankRun, type RunAct, type RunLayer, type RunScene, topLayer, withLayer, withTop } from './run-scene.ts';
import { following } from './run-steps.ts';
import { troubleText } from './run-text.ts';
import type { Paragraph, Seen } from './state.ts';

interface Deciding {
  readonly trouble: RunTrouble;
  readonly done: (choice: RunChoice) => void;
}

/**
 * What stands between the keyboard and the run: the scene, the key that changes it, and the questions that wait for an answer. What happens
 * in the run is shown with the next tick of its clock, keys at once.
 */
export class RunScreen {
  private current: RunScene;
  private handles: RunHandles | undefined;
  private readonly clock = new RunClock();
  private timer: NodeJS.Timeout | undefined;
  private answered: ((yes: boolean) => void) | undefined;
  private deciding: readonly Deciding[] = [];
  private closed: (() => void) | undefined;
  /** Something happened that is not shown yet. */
  private stale = false;
  /** Nobody waits for the end: the terminal is gone, or somebody left at once. */
  private hurried = false;
  /** Ctrl+c was pressed between the yes and the beginning. */
  private early = false;
  private readonly listeners = new Set<() => void>();

  constructor(spins: boolean, words?: RunScene['words']) {
    this.current = blankRun(spins, words);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly scene = (): RunScene => this.current;

  /** Shows what will happen and waits for a yes or no. */
  confirm(overview: RunOverview): Promise<boolean> {
    if (this.hurried) return Promise.resolve(false);
    const scene = following(this.current);
    this.show({ ...scene, stage: 'overview', overview, input: inputWith(''), layers: [] });
    return new Promise((done) => (this.answered = done));
  }

  begin(head: RunHead, lines: readonly RunLine[], handles: RunHandles): void {
    this.handles = handles;
    const scene = following(this.current);
    this.show({ ...scene, stage: 'running', view: plannedRun(head, lines) });
    if (this.hurried) handles.leave();
    else if (this.early) this.press({ id: 'ctrl+c' }, { page: 1, count: 0, preview: false });
    this.timer ??= setInterval(this.tick, frameTime).unref();
  }

  event(event: RunEvent | Progress, now: number): void {
    this.clock.set(now);
    this.current = { ...this.current, view: progressed(this.current.view, event, now) };
    this.stale = true;
  }

  decide(trouble: RunTrouble): Promise<RunChoice> {
    if (this.hurried || this.current.stopping) return Promise.resolve('stop');
    return new Promise((done) => this.showDeciding([...this.deciding, { trouble, done }]));
  }

  /** Shows how it ended until a key is pressed. */
  end(ending: RunEnding): Promise<void> {
    this.stopClock();
    if (this.hurried) return Promise.resolve();
    const scene = following(this.current);
    this.show({ ...scene, now: this.clock.now(), stage: 'ended', ending, layers: [] });
    return new Promise((done) => (this.closed = done));
  }

  readonly press = (press: Press, seen: Seen, hands: Hands = noHands): void => {
    if (!this.handles && !this.answered) {
      this.early ||= press.id === 'ctrl+c';
      return;
    }
    const context = { scene: this.current, seen };
    const step = bindingFor(runKeys(context), press)?.run(context, press);
    if (!step) return;
    this.show(step.scene);
    if (step.act?.type === 'copy') hands.copy(step.act.text);
    else if (step.act?.type === 'copy trouble') hands.copy(troubleText(step.act.trouble, this.handles?.log() ?? []));
    else if (step.act) this.act(step.act);
  };

  /** Somebody asks the program to end: nothing is asked any more, and nobody has to see the end. */
  hurry(): void {
    this.hurried = true;
    this.settle(false);
    for (const { done } of this.deciding) done('stop');
    this.showDeciding([]);
    this.closed?.();
  }

  /** The terminal is gone: nothing is begun any more, and what was begun goes on without us. */
  gone(): void {
    this.hurry();
    this.out('leave');
  }

  /** Nothing turns any more. */
  stopClock(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private act(act: RunAct): void {
    if (act.type === 'answer') this.settle(act.yes);
    if (act.type === 'choose') this.choose(act.choice);
    if (act.type === 'close') this.closed?.();
    if (act.type === 'explain') this.explain(act.step);
    if (act.type === 'log') this.show(withLayer(this.current, logLayer(this.handles)));
    if (act.type === 'out') {
      this.hurried ||= act.atOnce ?? false;
      this.out(act.choice);
    }
  }

  private explain(key: string): void {
    const { current, handles } = this;
    const step = current.view.steps.find((one) => one.key === key);
    if (step) this.show(withLayer(current, stepLayer(current.view, step, handles?.facts?.(key) ?? [], handles?.log() ?? [])));
  }

  private settle(yes: boolean): void {
    this.answered?.(yes);
    this.answered = undefined;
  }

  private choose(choice: RunChoice): void {
    const [first, ...others] = this.deciding;
    this.showDeciding(others);
    first?.done(choice);
    if (choice === 'stop') this.stopping('stop');
  }

  private out(choice: 'stop' | 'leave' | 'end'): void {
    this.handles?.[choice]();
    this.stopping(choice);
  }

  /** Nothing is asked about failures any more. */
  private stopping(how: 'stop' | 'leave' | 'end'): void {
    const { deciding } = this;
    this.show({ ...this.current, stopping: how });
    this.showDeciding([]);
    for (const { done } of deciding) done('stop');
  }

  private showDeciding(deciding: readonly Deciding[]): void {
    this.deciding = deciding;
    this.show({ ...this.current, troubles: deciding.map(({ trouble }) => trouble) });
  }

  /** Shows what happened since, the time, and the spinner; nothing when nothing on the screen would change. */
  private readonly tick = (): void => {
    const { current } = this;
    const now = this.clock.now();
    const layer = topLayer(current);
    const turns = current.spins && layer?.at !== 'pages' && current.view.steps.some(turnsFor);
    const second = Math.floor(now / 1000) !== Math.floor(current.now / 1000);
    if (!this.stale && !turns && !second) return;
    const log = this.stale && layer?.at === 'pages' && layer.what === 'log' ? { ...layer, text: logText(this.handles) } : undefined;
    const scene = { ...current, now };
    this.show(log ? withTop(scene, log) : scene);
  };

  private show(scene: RunScene): void {
    this.current = scene;
    this.stale = false;
    for (const listener of this.listeners) listener();
  }
}

function logLayer(handles: RunHandles | undefined): RunLayer {
  return { at: 'pages', what: 'log', title: 'Log', text: logText(handles), top: Number.MAX_SAFE_INTEGER };
}

function logText(handles: RunHandles | undefined): readonly Paragraph[] {
  const lines = handles?.log() ?? [];
  return (lines.length === 0 ? ['Nothing was called yet.'] : lines).map((text) => ({ text: [{ text }] }));
}
