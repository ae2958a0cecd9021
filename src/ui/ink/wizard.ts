import type { Word } from '../../core/glossary.ts';
import type { Move } from '../../core/interview.ts';
import type { Edited, HomeChoice, SavedSession, Turn } from '../ui.ts';
import { editedStep } from './edited.ts';
import { keysOf } from './frame.ts';
import { type Hands, noHands } from './hands.ts';
import { homeKeys, homeScene } from './home.ts';
import { bindingFor, type Press } from './keys.ts';
import { noticeOf } from './notice.ts';
import { lineOf } from './review-entries.ts';
import type { Scene } from './scene.ts';
import { begin, type Seen, updated } from './state.ts';

interface Pending {
  readonly done: (result: Move | HomeChoice) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * What stands between the keyboard and the conversation: the scene, the key that changes it, and the question that waits for its move.
 * It lives outside of React, so that keys typed faster than the screen is painted are neither lost nor applied to an old state.
 */
export class Wizard {
  private current: Scene = { at: 'blank' };
  private pending: Pending | undefined;
  private last: { readonly turn: Turn; readonly move: Move } | undefined;
  /** The answer that was last opened from the review: the review shows it again once it is changed. */
  private edited: string | undefined;
  private preview = true;
  private ended = false;
  private failure: { readonly error: unknown } | undefined;
  private readonly early: { readonly press: Press; readonly seen: Seen; readonly hands: Hands }[] = [];
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly scene = (): Scene => this.current;

  /** Shows a turn and waits for the person's move. */
  ask(turn: Turn): Promise<Move> {
    const notice = this.last ? noticeOf(this.last.turn, this.last.move, turn) : [];
    const line = this.edited === undefined || turn.view.ask ? 0 : lineOf(turn.view, this.edited);
    return this.wait({ at: 'turn', turn, state: begin(turn, this.preview, notice, line) }, { type: 'leave' }) as Promise<Move>;
  }

  /** Shows more at the turn that waits for its move; what the person did so far stays. */
  update(turn: Turn): void {
    const scene = this.current;
    if (this.pending && scene.at === 'turn') this.show({ at: 'turn', turn, state: updated(scene.state, scene.turn, turn) });
  }

  /** Shows the home screen and waits for a choice. */
  home(saved: readonly SavedSession[], words?: () => readonly Word[]): Promise<HomeChoice> {
    return this.wait(homeScene(saved, words), { type: 'quit' }) as Promise<HomeChoice>;
  }

  /** Takes a key; keys that come before the next question is there wait for it. */
  readonly press = (press: Press, seen: Seen, hands: Hands = noHands): void => {
    if (!this.pending) {
      this.early.push({ press, seen, hands });
      return;
    }
    try {
      const result = this.step(press, seen, hands);
      if (result) this.finish(result);
    } catch (error) {
      this.fail(error);
    }
  };

  /** The terminal is gone: whoever waits leaves. */
  end(): void {
    this.ended = true;
    if (this.pending) this.finish(this.current.at === 'home' ? { type: 'quit' } : { type: 'leave' });
  }

  /** Hands an error to whoever waits, now or next. */
  fail(error: unknown): void {
    const { pending } = this;
    this.pending = undefined;
    if (pending) pending.fail(error);
    else this.failure ??= { error };
  }

  private wait(scene: Scene, atEnd: Move | HomeChoice): Promise<Move | HomeChoice> {
    if (this.failure) return Promise.reject(this.failure.error);
    if (this.ended) return Promise.resolve(atEnd);
    return new Promise((done, fail) => {
      this.pending = { done, fail };
      this.show(scene);
      for (let one = this.early.shift(); one && this.pending; one = this.pending ? this.early.shift() : undefined)
        this.press(one.press, one.seen, one.hands);
    });
  }

  private step(press: Press, seen: Seen, hands: Hands): Move | HomeChoice | undefined {
    const scene = this.current;
    if (scene.at === 'home') {
      const step = bindingFor(homeKeys({ scene, seen }), press)?.run({ scene, seen }, press);
      if (step) this.show(step.scene);
      return step?.choice;
    }
    if (scene.at === 'blank') return undefined;
    const context = { turn: scene.turn, state: scene.state, seen };
    const step = bindingFor(keysOf(context), press)?.run(context, press);
    if (!step) return undefined;
    this.preview = step.state.preview;
    // What a key leaves as it was is not painted again.
    if (step.state !== scene.state) this.show({ ...scene, state: step.state });
    if (step.copy !== undefined) void Promise.resolve(step.copy).then(hands.copy, (error: unknown) => this.fail(error));
    if (step.edit !== undefined) this.edit(step.edit, scene.turn, hands);
    return step.move && this.made(scene.turn, step.move);
  }

  private made(turn: Turn, move: Move): Move {
    this.last = { turn, move };
    if (move.type === 'jump') this.edited = move.key;
    return move;
  }

  /** Lends the terminal to the editor, and shows what comes of the edited answers before they count. */
  private edit(text: string | Promise<string>, { edit }: Turn, hands: Hands): void {
    if (!edit) return;
    const taken = (edited: Edited): void => {
      const scene = this.current;
      if (scene.at !== 'turn' || !this.pending) return;
      const step = editedStep(scene, edited);
      if (step.say !== undefined) hands.say(step.say);
      this.show({ ...scene, state: step.state });
      if (step.move) this.finish(this.made(scene.turn, step.move));
    };
    void hands
      .lend(async () => edit(await text))
      .then(taken)
      .catch((error: unknown) => this.fail(error));
  }

  private finish(result: Move | HomeChoice): void {
    const { pending } = this;
    this.pending = undefined;
    pending?.done(result);
  }

  private show(scene: Scene): void {
    if (scene === this.current) return;
    this.current = scene;
    for (const listener of this.listeners) listener();
  }
}
