import type { Binding } from './keys.ts';
import { last, scrollingKeys, within } from './pages.ts';
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
