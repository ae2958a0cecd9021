import type { Context } from './context.ts';

/** What tells a person how far a wait is. */
export interface ProgressLine {
  readonly one: () => void;
  readonly end: () => void;
}

/** A line on a terminal that says how far it is, and goes when it is done; readers of screens hear one sentence. */
export function progressOn({ stderr, plain }: Context, what: string, total: number): ProgressLine {
  let done = 0;
  if (!stderr.isTTY) return { one: () => undefined, end: () => undefined };
  if (plain) stderr.write(`${what}, which takes a few seconds.\n`);
  const draw = () => (plain ? undefined : stderr.write(`\r${what}: ${done} of ${total}`));
  draw();
  return {
    one: () => {
      done += 1;
      draw();
    },
    end: () => void (plain ? undefined : stderr.write('\r\u001B[K')),
  };
}
