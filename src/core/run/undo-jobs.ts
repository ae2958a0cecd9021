import { isObject, parseJson } from '../json.ts';
import { type Made, takenBackOf } from './fold.ts';
import type { Call, Change, Ended, Found, Job, Undoing } from './job.ts';
import { isBusy, notThere } from './plan-jobs.ts';
import { restoring } from './restore.ts';

/** The jobs that take back what a session made, each after all that was built on it; what is kept has no job. */
export function undoJobsOf(made: readonly Made[], purge: boolean): Job[] {
  const taken = made.filter(({ undo }) => undo.kept === undefined);
  const keys = keysOf(taken);
  return taken.map((one) => {
    const key = keys.get(one) ?? one.step;
    const after = taken.filter((other) => other !== one && comesAfter(one, other, taken)).map((other) => keys.get(other) ?? other.step);
    return undoJob(one, key, after, purge);
  });
}

/** The job that deletes a thing of a plan, whoever made it; `after` as of every job. */
export function removalJob(key: string, what: string, undo: Undoing, after: readonly string[]): Job {
  return undoJob({ step: key, what, change: 'create', undo, after: new Set() }, key, after, false);
}

/** Steps may have made two things under one key, as when an answer was edited between two runs. */
function keysOf(made: readonly Made[]): ReadonlyMap<Made, string> {
  const count = new Map<string, number>();
  return new Map(
    made.map((one) => {
      const number = (count.get(one.step) ?? 0) + 1;
      count.set(one.step, number);
      return [one, number === 1 ? one.step : `${one.step}#${number}`];
    }),
  );
}

/** Whether `other` was built on `one`; of two changes of one step or of one object the later one is taken back first. */
function comesAfter(one: Made, other: Made, made: readonly Made[]): boolean {
  if (one.step === other.step || one.undo.object === other.undo.object) return made.indexOf(other) > made.indexOf(one);
  return other.after.has(one.step);
}

function undoJob(made: Made, key: string, after: readonly string[], purge: boolean): Job {
  const { undo, what } = made;
  return {
    key,
    what,
    after,
    ...(undo.serial === undefined ? {} : { serial: undo.serial }),
    looksOnly: false,
    removes: true,
    digest: takenBackOf(made),
    facts: [],
    look: () => undo.look,
    judge: (ended) => judge(made, ended),
    change: (found) => changeOf(made, found, purge),
  };
}

function judge(made: Made, ended: Ended): Found {
  if (ended.code === notThere) return { state: 'right' };
  return made.change === 'update' ? judgeUpdate(made, ended) : judgeMade(made, ended);
}

/** What was made is to be gone. */
function judgeMade({ undo }: Made, { code, stdout, stderr }: Ended): Found {
  if (code !== 0) return { state: 'unreadable', message: stderr };
  const there: Found = { state: 'different', difference: 'it is there' };
  if (undo.there !== undefined) return stdout.trim().toLowerCase() === undo.there ? there : { state: 'right' };
  const now = parseJson(stdout);
  const state = Array.isArray(now) && typeof now[0] === 'string' ? now[0] : '';
  return isBusy(state) ? { state: 'busy', provisioning: state } : there;
}

/** What was changed is to be what it was. */
function judgeUpdate({ before, body }: Made, { code, stdout, stderr }: Ended): Found {
  const now = parseJson(stdout);
  if (code !== 0 && /not ?found/i.test(stderr)) return { state: 'right' };
  if (code !== 0 || !isObject(now)) return { state: 'unreadable', message: `${stderr}${stdout}` };
  const state = isObject(now.properties) ? String(now.properties.provisioningState ?? '') : '';
  if (isBusy(state)) return { state: 'busy', provisioning: state };
  return restoring(before ?? null, body, now).state === 'right' ? { state: 'right' } : { state: 'different', difference: '', body: now };
}

function changeOf({ undo, change, before, body }: Made, found: Found, purge: boolean): Change {
  if (change !== 'update') {
    const calls: readonly Call[] = purge && undo.purge ? undo.purge : undo.remove;
    return { what: 'remove', calls, ...(undo.empty ? { guard: undo.empty } : {}) };
  }
  const now = 'body' in found ? found.body : undefined;
  const back = restoring(before ?? null, body, now ?? null);
  if (back.state === 'conflict' || !undo.restore)
    return { stop: `Somebody changed it since (${back.state === 'conflict' ? back.paths.join(', ') : ''}). Put it back by hand.` };
  if (back.state === 'right') return { what: 'restore', calls: [] };
  return {
    what: 'restore',
    calls: [{ words: undo.restore.words, files: { [undo.restore.file]: `${JSON.stringify(back.body, null, 2)}\n` } }],
  };
}
