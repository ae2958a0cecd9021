import type { Finding } from '../../core/verify/findings.ts';
import type { VerifyHandles, VerifyHead, VerifyResult, VerifyWish } from '../verify-ui.ts';
import { type Hands, noHands } from './hands.ts';
import { bindingFor, type Press } from './keys.ts';
import { frameTime } from './run-list.ts';
import type { Seen } from './state.ts';
import { verifyKeys } from './verify-keys.ts';
import { blankVerify, type VerifyAct, type VerifyScene, withoutPages } from './verify-scene.ts';

/**
 * What stands between the keyboard and the reading: the scene, the key that changes it, and the wish that is waited for. What is found is
 * shown with the next tick of the clock, keys at once.
 */
export class VerifyScreen {
  private current: VerifyScene;
  private handles: VerifyHandles | undefined;
  private timer: NodeJS.Timeout | undefined;
  private began = 0;
  /** What was found and is not shown yet. */
  private news: Finding[] = [];
  private wished: ((wish: VerifyWish) => void) | undefined;
  /** Nobody waits any more. */
  private over = false;
  private readonly listeners = new Set<() => void>();

  constructor(spins: boolean, words?: VerifyScene['words']) {
    this.current = blankVerify(spins, words);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly scene = (): VerifyScene => this.current;

  begin(head: VerifyHead, handles: VerifyHandles): void {
    this.handles = handles;
    this.began = performance.now();
    this.news = [];
    const { current } = this;
    this.show({
      ...withoutPages(current),
      stage: 'reading',
      head,
      takesHands: handles.saw !== undefined,
      findings: new Map(),
      mends: new Map(),
      mendable: new Set(),
      marked: new Set(),
      elapsed: 0,
      all: current.stage === 'blank' ? head.all : current.all,
    });
    this.timer ??= setInterval(this.tick, frameTime).unref();
    if (this.over) handles.leave();
  }

  found(finding: Finding): void {
    this.news.push(finding);
  }

  /** Shows everything until a person wants something. */
  settled({ findings, mends, mendable }: VerifyResult): Promise<VerifyWish> {
    this.stopClock();
    this.news = [];
    const marked = new Set([...this.current.marked].filter((id) => mendable.has(id)));
    const byId = new Map(findings.map((finding) => [finding.id, finding]));
    this.show({ ...this.current, stage: 'read', findings: byId, mends, mendable, marked, elapsed: this.elapsed() });
    if (this.over) return Promise.resolve({ type: 'leave' });
    return new Promise((wished) => (this.wished = wished));
  }

  readonly press = (press: Press, seen: Seen, hands: Hands = noHands): void => {
    const context = { scene: this.current, seen };
    const step = bindingFor(verifyKeys(context), press)?.run(context, press);
    if (!step) return;
    this.show(step.scene);
    if (step.act?.type === 'copy') hands.copy(step.act.text);
    else if (step.act) this.act(step.act);
  };

  /** Nobody wants anything any more: somebody left, or the terminal is gone. */
  leave(): void {
    this.over = true;
    if (this.wished) this.wish({ type: 'leave' });
    else this.handles?.leave();
  }

  /** Nothing turns any more. */
  stopClock(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private act(act: Exclude<VerifyAct, { type: 'copy' }>): void {
    if (act.type === 'leave') this.leave();
    else if (act.type === 'saw') this.saw(act.id, act.verdict);
    else this.wish(act);
  }

  private wish(wish: VerifyWish): void {
    const { wished } = this;
    this.wished = undefined;
    wished?.(wish);
  }

  private saw(id: string, verdict: 'pass' | 'fail'): void {
    const finding = this.handles?.saw?.(id, verdict);
    if (finding) this.show({ ...this.current, findings: new Map([...this.current.findings, [id, finding]]) });
  }

  private elapsed(): number {
    return Math.round(performance.now() - this.began);
  }

  /** Shows what was found since, the time, and the spinner; nothing when nothing on the screen would change. */
  private readonly tick = (): void => {
    const { current } = this;
    const elapsed = this.elapsed();
    const second = Math.floor(elapsed / 1000) !== Math.floor(current.elapsed / 1000);
    if (this.news.length === 0 && !current.spins && !second) return;
    const findings = new Map([...current.findings, ...this.news.map((finding) => [finding.id, finding] as const)]);
    this.news = [];
    this.show({ ...current, findings, elapsed });
  };

  private show(scene: VerifyScene): void {
    this.current = scene;
    for (const listener of this.listeners) listener();
  }
}
