import { plannedRun, progressed } from '../../../src/core/run/progress.ts';
import type { Frame, Size } from '../../../src/ui/ink/frame.ts';
import { bindingFor, type Press } from '../../../src/ui/ink/keys.ts';
import { runFrame } from '../../../src/ui/ink/run-frame.ts';
import { runKeys } from '../../../src/ui/ink/run-keys.ts';
import { blankRun, type RunAct, type RunScene } from '../../../src/ui/ink/run-scene.ts';
import { events, head, lines, overview, trouble, undoOverview } from '../recorded-run.ts';

const begun = events[0]!.now;

/** The recorded run so many seconds after its beginning. */
export function runAt(seconds: number, more: Partial<RunScene> = {}, rehearsal = false): RunScene {
  const now = begun + seconds * 1000;
  const happened = events.filter((one) => one.now <= now);
  const view = happened.reduce((run, { event, now: at }) => progressed(run, event, at), plannedRun({ ...head, rehearsal }, lines));
  return { ...blankRun(true), stage: 'running', view, now, ...more };
}

/** The text of each row of a screen. */
export function texts(frame: Frame): string[] {
  return frame.lines.map((row) => row.map(({ text }) => text).join(''));
}

/** Key presses from names and letters. */
export function presses(...ids: readonly string[]): Press[] {
  return ids.map((id) => ([...id].length === 1 ? { id, text: id } : { id }));
}

/** A scene after keys on a screen of some size, and what the last key asked for. */
export function pressed(
  scene: RunScene,
  size: Size,
  ...ids: readonly string[]
): { readonly scene: RunScene; readonly act?: RunAct | undefined } {
  let now = scene;
  let act: RunAct | undefined;
  for (const press of presses(...ids)) {
    const { seen } = runFrame(now, size);
    const step = bindingFor(runKeys({ scene: now, seen }), press)?.run({ scene: now, seen }, press);
    now = step?.scene ?? now;
    act = step?.act;
  }
  return { scene: now, act };
}

const size = { columns: 100, rows: 30 };

/** Every screen of a run, by name. */
export function allScreens(rehearsal: boolean): Readonly<Record<string, RunScene>> {
  const failed = runAt(59, { troubles: [{ ...trouble, signIn: true }, trouble] }, rehearsal);
  return {
    overview: { ...blankRun(true), stage: 'overview', overview: { ...overview, rehearsal } },
    undo: pressed({ ...blankRun(true), stage: 'overview', overview: { ...undoOverview, rehearsal } }, size, 'c', '日', 'x').scene,
    permissions: pressed({ ...blankRun(true), stage: 'overview', overview: { ...overview, rehearsal } }, size, 'p').scene,
    running: runAt(36, {}, rehearsal),
    scrolled: runAt(36, { top: 3 }, rehearsal),
    failed,
    'ways out': pressed(failed, size, 'ctrl+c').scene,
    stopping: pressed(runAt(36, { stopping: 'stop' }, rehearsal), size, 'ctrl+c').scene,
    help: pressed(failed, size, '?').scene,
    ended: runAt(99, { stage: 'ended', ending: { outcome: 'failed', next: ['amlguide resume contoso-prod goes on 日本.'] } }, rehearsal),
  };
}
