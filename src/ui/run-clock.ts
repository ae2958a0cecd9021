/** The time of a run between its events: it goes on from the last event, whose time may come from another clock than ours. */
export class RunClock {
  private last = 0;
  private at: number | undefined;

  /** Takes the time of an event. */
  set(now: number): void {
    this.last = Math.max(now, this.now());
    this.at = performance.now();
  }

  /** The time now, in the milliseconds of the events; it never goes back. */
  now(): number {
    return this.at === undefined ? this.last : this.last + Math.round(performance.now() - this.at);
  }
}
