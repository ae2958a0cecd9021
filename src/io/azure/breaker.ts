/** Spares requests the patience that others had before them in vain, as long as nothing gets through. */
export class Breaker {
  #tick = 0;
  #lastThrough = 0;
  #inVain: { readonly began: number; readonly ended: number } | undefined;

  /** A moment, later than every other one so far. */
  now(): number {
    return ++this.#tick;
  }

  /** Notes how a request ended, with the moment at which it was asked for. */
  note(asked: number, through: boolean): void {
    if (through) this.#lastThrough = this.now();
    else this.#inVain = { began: asked, ended: this.now() };
  }

  /** Whether a request has to make do with one try: another one, since which nothing got through, tried to its end while this one was there. */
  isOpen(asked: number): boolean {
    const { began, ended } = this.#inVain ?? { began: 0, ended: 0 };
    return asked < ended && this.#lastThrough < began;
  }
}
