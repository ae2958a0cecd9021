import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { afterAll, expect, test } from 'vitest';
import { wantsAll } from './acceptance/chosen.ts';
import { clearStages, type Stage } from './acceptance/journey.ts';
import { amlguide, answersOf, environmentOf, nameOf, program } from './acceptance/program.ts';
import { carriedOut, settledStage, spelled } from './acceptance/stages.ts';
import { heldNow } from './acceptance/undo.ts';
import { describeWith } from './needs.ts';

afterAll(clearStages);

const example = 'compute-cluster';
const kills = wantsAll ? 10 : 2;

function started(stage: Stage, words: readonly string[]): ChildProcess {
  return spawn(execPath, [program, 'run', ...words, '--yes', '--no-input'], {
    cwd: stage.folder,
    env: environmentOf(stage),
    stdio: 'ignore',
  });
}

/** Kills the program as soon as its journals have so many more events; what it started goes on. */
async function killedAfter(stage: Stage, words: readonly string[], events: number): Promise<boolean> {
  const before = journalTexts(stage).join('').split('\n').length;
  const child = started(stage, words);
  const ended = once(child, 'exit').then(() => true);
  for (;;) {
    if (await Promise.race([ended, new Promise<boolean>((done) => setTimeout(done, 20, false))])) return false;
    if (journalTexts(stage).join('').split('\n').length >= before + events) break;
  }
  child.kill('SIGKILL');
  await ended;
  return true;
}

function journalTexts(stage: Stage): string[] {
  const folder = join(stage.folder, 'state', 'runs', nameOf(stage));
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  // One that was killed before its first event leaves an empty file.
  return files.map((name) => readFileSync(join(folder, name), 'utf8')).filter((text) => text !== '');
}

function journal(stage: Stage): { readonly seq: number; readonly event: { readonly type: string } }[] {
  const texts = journalTexts(stage);
  expect(texts).toHaveLength(1);
  return (texts[0] ?? '').split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
}

describeWith(['az', 'reference'], 'amlguide run, killed with kill -9 while az goes on', { timeout: 600_000 }, () => {
  test(`${kills} times: no change is repeated, no event is lost, and undo finds all of it`, async () => {
    const whole = await settledStage(example);
    const from = whole.emulator.changes().length;
    expect((await amlguide(whole, 'run', ...answersOf(whole), '--yes', '--no-input')).exitCode).toBe(0);

    const stage = await settledStage(example);
    const [before, begun] = [heldNow(stage.emulator), stage.emulator.changes().length];
    stage.emulator.slow(700);
    const words = answersOf(stage);
    let count = 0;
    for (let round = 0; count < kills && round < 3 * kills; round++) {
      if (await killedAfter(stage, words, 9 + ((round * 7) % 13))) count++;
    }
    const last = await amlguide(stage, 'run', ...words, '--yes', '--no-input');
    expect(last.exitCode, last.stderr).toBe(0);
    expect(count).toBe(kills);
    expect(spelled(carriedOut(stage, begun))).toEqual(spelled(carriedOut(whole, from)));
    expect(journal(stage).map(({ seq }) => seq)).toEqual(journal(stage).map((_, index) => index + 1));
    expect(journal(stage).filter(({ event }) => event.type === 'run').length).toBeGreaterThan(1);
    const back = await amlguide(stage, 'undo', nameOf(stage), '--confirm', nameOf(stage), '--no-input');
    expect(back.exitCode, back.stderr).toBe(0);
    expect(heldNow(stage.emulator)).toEqual(before);
  });
});
