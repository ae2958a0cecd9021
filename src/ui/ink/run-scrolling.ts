import type { Binding } from './keys.ts';
import { scrollingKeys } from './pages.ts';
import type { RunContext, RunStep } from './run-scene.ts';
import type { Seen } from './state.ts';

/** A key of a run. */
export type RunKey = Binding<RunContext, RunStep>;

/** Keys that scroll the text or list below them. */
export function scrollKeys({ page, count }: Seen): RunKey[] {
  return scrollingKeys(count > page, ({ scene, seen }, where) => ({
    scene: { ...scene, top: within(where(Math.min(scene.top ?? 0, last(seen)), seen.page), seen) },
  }));
}

/** The last row that may be the first in sight. */
export function last({ page, count }: Seen): number {
  return Math.max(0, count - page);
}

/** A first row that is within the text. */
export function within(top: number, seen: Seen): number {
  return Math.max(0, Math.min(top, last(seen)));
}
