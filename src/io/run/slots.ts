/** Lets a number of programs run at once; who waits longest comes last among those that matter most. */
export class Slots {
  #free: number;
  readonly #waiting: { readonly rank: number; readonly go: () => void }[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Runs a task when a place is free; a higher rank comes first. */
  async use<T>(rank: number, task: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((go) => this.#enqueue(rank, go));
    try {
      return await task();
    } finally {
      const next = this.#waiting.shift();
      if (next) next.go();
      else this.#free++;
    }
  }

  #enqueue(rank: number, go: () => void): void {
    const at = this.#waiting.findIndex((one) => one.rank < rank);
    this.#waiting.splice(at < 0 ? this.#waiting.length : at, 0, { rank, go });
  }
}

/** Lets tasks with the same text go one after another. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs a task when the ones before it are over; the task is told whether it had to wait. */
  async use<T>(text: string | undefined, task: (waited: boolean) => Promise<T>): Promise<T> {
    const before = text === undefined ? undefined : this.#last.get(text);
    const now = before ? before.then(() => task(true)) : task(false);
    if (text === undefined) return now;
    this.#last.set(
      text,
      now.catch(() => undefined),
    );
    return now;
  }
}
