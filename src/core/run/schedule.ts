import type { Job } from './job.ts';
import { secondsOf } from './takes.ts';

/** In which order jobs may run. */
export interface Schedule {
  /** The jobs that a job waits for. */
  readonly before: ReadonlyMap<string, ReadonlySet<string>>;
  /** The seconds that a job and the longest chain behind it take: the higher, the earlier it should run. */
  readonly rank: ReadonlyMap<string, number>;
}

/** Puts what only looks before all that changes, so that a wrong name shows before anything is made; the longest chain goes first. */
export function scheduleOf(jobs: readonly Job[]): Schedule {
  const byKey = new Map(jobs.map((job) => [job.key, job]));
  const looks = looksFirst(jobs, byKey);
  const before = new Map(
    jobs.map((job) => [job.key, new Set([...job.after.filter((key) => byKey.has(key)), ...(looks.has(job.key) ? [] : looks)])]),
  );
  return { before, rank: ranks(jobs, before) };
}

/** The jobs that change nothing and wait for nothing that does. */
function looksFirst(jobs: readonly Job[], byKey: ReadonlyMap<string, Job>): ReadonlySet<string> {
  const free = new Set<string>();
  let grown = true;
  while (grown) {
    const size = free.size;
    for (const job of jobs) if (job.looksOnly && job.after.every((key) => free.has(key) || !byKey.has(key))) free.add(job.key);
    grown = free.size > size;
  }
  return free;
}

function ranks(jobs: readonly Job[], before: Schedule['before']): Map<string, number> {
  const rank = new Map<string, number>();
  const takes = new Map(jobs.map((job) => [job.key, job.looksOnly ? 1 : 2 + secondsOf(job.takes)]));
  const behind = new Map<string, string[]>();
  for (const [key, keys] of before) for (const one of keys) behind.set(one, [...(behind.get(one) ?? []), key]);
  const rankOf = (key: string): number => {
    const known = rank.get(key);
    if (known !== undefined) return known;
    const found = (takes.get(key) ?? 1) + Math.max(0, ...(behind.get(key) ?? []).map(rankOf));
    rank.set(key, found);
    return found;
  };
  for (const { key } of jobs) rankOf(key);
  return rank;
}

/** Every job that a job waits for, however far away. */
export function allBefore(key: string, before: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const found = new Set<string>();
  const take = (one: string): void => {
    for (const other of before.get(one) ?? []) {
      if (found.has(other)) continue;
      found.add(other);
      take(other);
    }
  };
  take(key);
  return found;
}
