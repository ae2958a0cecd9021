import type { Clock } from '../../src/io/run/ports.ts';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** A clock that moves on when everything else has come to rest: who sleeps wakes in the order of virtual time, without any real waiting. */
export class VirtualClock implements Clock {
  #now: number;
  #moving = false;
  #sleepers: Sleeper[] = [];

  constructor(now = 0) {
    this.#now = now;
  }

  readonly now = (): number => this.#now;

  readonly sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const sleeper: Sleeper = {
        at: this.#now + milliseconds,
        wake: () => {
          signal?.removeEventListener('abort', cut);
          resolve();
        },
      };
      const cut = (): void => {
        this.#sleepers = this.#sleepers.filter((one) => one !== sleeper);
        resolve();
      };
      signal?.addEventListener('abort', cut, { once: true });
      this.#enqueue(sleeper);
      this.#move();
    });

  /** Who went to sleep first wakes first when both wake at the same moment. */
  #enqueue(sleeper: Sleeper): void {
    const at = this.#sleepers.findLastIndex((one) => one.at <= sleeper.at);
    this.#sleepers.splice(at + 1, 0, sleeper);
  }

  /** Promises settle before the next immediate, so whoever can go on without the clock has gone on by then. */
  #move(): void {
    if (this.#moving) return;
    this.#moving = true;
    setImmediate(() => {
      this.#moving = false;
      const first = this.#sleepers.shift();
      if (!first) return;
      this.#now = Math.max(this.#now, first.at);
      first.wake();
      if (this.#sleepers.length > 0) this.#move();
    });
  }
}
