import type { Progress, RunEvent } from '../../core/run/events.ts';
import { plannedRun, progressed, type RunHead, type RunView } from '../../core/run/progress.ts';
import { RunClock } from '../run-clock.ts';
import type { RunChoice, RunEnding, RunHandles, RunLine, RunOverview, RunTrouble, RunUi } from '../run-ui.ts';
import { choicesFor, interruptions } from '../run-words.ts';
import { askNumber, askYes } from './asking.ts';
import { type Lines, linesOf, type Streams } from './lines.ts';
import { endingLines, eventLines, overviewLines, rehearsalLines, stillLine, troubleLines } from './run-lines.ts';

/** How plain mode shows a run. */
export interface PlainRunOptions {
  /** Somebody is there who can be asked. */
  readonly interactive: boolean;
}

/** A run one line at a time: what is written stays, nothing is redrawn. Without anybody to ask, a failure stops it. */
export function plainRunUi(streams: Streams, { interactive }: PlainRunOptions): RunUi {
  const run = new PlainRun(streams, interactive);
  return {
    confirm: (overview) => run.confirm(overview),
    begin: (head, lines, handles) => run.begin(head, lines, handles),
    event: (event, now) => run.event(event, now),
    decide: (trouble) => run.queued(() => run.decide(trouble)),
    aside: (task) => run.queued(task),
    end: (ending) => run.queued(() => run.end(ending)),
    close: () => run.close(),
  };
}

/** A long silence is broken after so many milliseconds. */
const silence = 60_000;
/** What Azure is waited for is said again after so many. */
const reminder = 30_000;

/** One run in plain mode; a class because what was said last decides what has to be said next. */
class PlainRun {
  private readonly interactive: boolean;
  private readonly lines: Lines;
  private readonly clock = new RunClock();
  private view: RunView = plannedRun({ name: '', kind: 'apply', rehearsal: false }, []);
  private handles: RunHandles | undefined;
  private stopping = false;
  /** Ctrl+c was pressed between the yes and the beginning. */
  private early = false;
  private asked: Promise<unknown> = Promise.resolve();
  private asking = 0;
  /** What happens while a question waits is said after it. */
  private held: string[] = [];
  private readonly saidAt = new Map<string, number>();
  private lastSaid = performance.now();
  private timer: NodeJS.Timeout | undefined;

  constructor(streams: Streams, interactive: boolean) {
    this.interactive = interactive;
    this.lines = linesOf(streams, interactive ? () => this.interrupted() : undefined);
  }

  async confirm(overview: RunOverview): Promise<boolean> {
    this.tell(...overviewLines(overview));
    if (!this.interactive) return true;
    const { typed } = overview;
    if (typed === undefined) return askYes(this.lines, 'Do it? Type yes or no.');
    this.tell(`Type ${typed} to do this, or anything else not to.`);
    return (await this.lines.next('> '))?.trim() === typed;
  }

  begin(head: RunHead, lines: readonly RunLine[], handles: RunHandles): void {
    this.view = plannedRun(head, lines);
    this.handles = handles;
    const left = lines.filter(({ finished }) => !finished).length;
    this.tell(...rehearsalLines(head), `Begins: ${left === 1 ? '1 step' : `${left} steps`}.`);
    this.timer = setInterval(() => this.breakSilence(), 5000).unref();
    if (this.early) this.interrupted();
  }

  event(event: RunEvent | Progress, now: number): void {
    this.clock.set(now);
    const before = this.view;
    this.view = progressed(before, event, now);
    if (event.type === 'progress' && event.doing === 'waiting' && !this.remind(event.step, now)) return;
    this.tell(...eventLines(event, before, this.view));
  }

  /** Whether it is time to say again what a step waits for. */
  private remind(step: string, now: number): boolean {
    if (now - (this.saidAt.get(step) ?? Number.NEGATIVE_INFINITY) < reminder) return false;
    this.saidAt.set(step, now);
    return true;
  }

  /** Questions come one after the other. */
  queued<T>(task: () => Promise<T>): Promise<T> {
    const done = this.asked.then(async () => {
      this.asking++;
      try {
        return await task();
      } finally {
        this.asking--;
        this.tell(...this.held.splice(0));
      }
    });
    this.asked = done.catch(() => undefined);
    return done;
  }

  async decide(trouble: RunTrouble): Promise<RunChoice> {
    this.say(...troubleLines(trouble));
    if (!this.interactive) {
      this.say('Nobody can be asked here, so the run stops; what runs already comes to its end.');
      return 'stop';
    }
    const choices = [...choicesFor(trouble), { choice: 'log' as const, says: 'say the log' }];
    for (;;) {
      if (this.stopping) return 'stop';
      const chosen = await askNumber(this.lines, `What shall become of ${trouble.what}?`, choices);
      if (chosen === undefined) this.say('The run stops; what runs already comes to its end.');
      if (chosen !== 'log') return chosen ?? 'stop';
      this.say(...(this.handles?.log() ?? []));
    }
  }

  async end(ending: RunEnding): Promise<void> {
    clearInterval(this.timer);
    this.say(...this.held.splice(0), ...endingLines(ending, this.view));
  }

  close(): void {
    clearInterval(this.timer);
    this.lines.close();
  }

  /** Ctrl+c while no question waits; the second one comes while this question does, and leaves at once. */
  private interrupted(): void {
    const { handles } = this;
    this.early = !handles;
    if (!handles || this.asking > 0) return;
    void this.queued(async () => {
      this.say('', 'You pressed ctrl+c. Press it again to leave at once.');
      const chosen = (await askNumber(this.lines, 'What shall become of the run?', interruptions(this.stopping))) ?? 'leave';
      if (chosen === 'keep') return;
      this.stopping = true;
      handles[chosen]();
    });
  }

  private breakSilence(): void {
    if (this.asking > 0 || performance.now() - this.lastSaid < silence) return;
    this.tell(...stillLine(this.view, this.clock.now()));
  }

  private tell(...lines: readonly string[]): void {
    if (lines.length === 0) return;
    if (this.asking > 0) this.held.push(...lines);
    else this.say(...lines);
  }

  private say(...lines: readonly string[]): void {
    this.lastSaid = performance.now();
    this.lines.tell(...lines);
  }
}
