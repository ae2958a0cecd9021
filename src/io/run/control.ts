/** How a person or a signal ends a run early; each step goes further than the one before. */
export class RunControl {
  readonly #stopping = new AbortController();
  readonly #ending = new AbortController();
  readonly #leaving = new AbortController();

  /** Nothing new is begun; what runs comes to its end. */
  get stopping(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Programs that run are ended. */
  get ending(): AbortSignal {
    return this.#ending.signal;
  }

  /** Nobody waits any more; programs go on by themselves. */
  get leaving(): AbortSignal {
    return this.#leaving.signal;
  }

  stop(): void {
    this.#stopping.abort();
  }

  end(): void {
    this.#stopping.abort();
    this.#ending.abort();
  }

  leave(): void {
    this.#stopping.abort();
    this.#leaving.abort();
  }
}
