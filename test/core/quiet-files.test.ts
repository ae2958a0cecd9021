import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { answersFrom, planFrom } from '../../src/commands/answers-of.ts';
import type { Context } from '../../src/commands/context.ts';
import { storeOf } from '../../src/commands/keeping.ts';
import { questionsCommand } from '../../src/commands/lists.ts';
import { exportCommand } from '../../src/commands/sessions.ts';
import { progressOf } from '../../src/commands/setup.ts';
import { answersGiven } from '../../src/core/given.ts';
import { advance } from '../../src/core/interview.ts';
import type { Json } from '../../src/core/json.ts';
import { plan } from '../../src/core/plan.ts';
import { defaultFormats, render } from '../../src/core/render.ts';
import { emptySession, type Session, valuesIn } from '../../src/core/session.ts';
import type { Answers } from '../../src/core/situation.ts';
import { createSession, saveSession } from '../../src/io/store.ts';
import { quietCatalog, quietFiles, short, shortRest } from './quiet-catalog.ts';

const catalog = await quietCatalog();
/** Machines whose fields are all quiet where there is but one. */
const silentRows = await quietCatalog({
  ...quietFiles,
  'checklists/rows.yaml': (quietFiles['checklists/rows.yaml'] ?? '').replace(
    'label: kind,',
    'label: kind, quiet: "`true`", default: "\'cpu\'",',
  ),
});
const room = mkdtempSync(join(tmpdir(), 'amlguide-quiet-'));
afterAll(() => rmSync(room, { recursive: true, force: true }));

function contextOf(from = catalog) {
  const written = { out: '', err: '' };
  const into = (to: 'out' | 'err') =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        written[to] += chunk.toString();
        done();
      },
    }) as unknown as NodeJS.WriteStream;
  const context: Context = {
    environment: { AMLGUIDE_STATE_DIR: room },
    stdin: process.stdin,
    stdout: into('out'),
    stderr: into('err'),
    version: '0',
    catalog: async () => from,
    output: 'json',
    noInput: true,
    plain: true,
    signals: () => () => undefined,
  };
  return { context, written };
}

function fileOf(answers: Readonly<Record<string, Json>>): string {
  const path = join(room, 'given.yaml');
  writeFileSync(path, JSON.stringify({ answers }));
  return path;
}

const filesFor = (answers: Answers, from = catalog) => {
  const made = plan(from, answers);
  if ('problems' in made) throw new Error(JSON.stringify(made.problems));
  return render(made, defaultFormats, '0');
};
const machine = { kind: 'cpu' };
const given = { ...short, machines: [machine, { kind: 'gpu', name: 'big-one', nodes: 2 }], sure: true };

describe('answers.yaml', () => {
  test('holds quiet answers like all others', () => {
    const text = filesFor({ ...short, ...shortRest }).find(({ path }) => path === 'answers.yaml')?.text ?? '';
    expect(parse(text).answers).toEqual({
      ...short,
      ...{ 'subnet.name': 'net-train', size: 8, keep: true, hosts: [], owner: 'kim', sure: true },
      machines: [
        { kind: 'cpu', name: 'cpu-0', nodes: 8 },
        { kind: 'gpu', name: 'big-one', nodes: 2 },
      ],
    });
  });

  test('gives the same bytes again', () => {
    const one = fc.record({
      how: fc.constant('short'),
      'vnet.name': fc.constantFrom('net', 'lan'),
      'subnet.name': fc.constantFrom<Json | undefined>(undefined, 'big', 'mine'),
      owner: fc.constantFrom<Json | undefined>(undefined, null, 'lee'),
      keep: fc.constantFrom<Json | undefined>(undefined, false),
      hosts: fc.constantFrom<Json | undefined>(undefined, ['a', 'b']),
      machines: fc.array(fc.record({ kind: fc.constantFrom('cpu', 'gpu'), name: fc.constant('one'), nodes: fc.nat(50) }), {
        minLength: 1,
        maxLength: 3,
      }),
    });
    const complete = ({ machines, ...others }: Record<string, Json | undefined>): Answers => {
      const told = Object.entries({
        subscription: 'sub-1',
        sure: false,
        ...others,
        ...(others.keep === false ? { owner: 'lee' } : {}),
      }).filter(([, value]) => value !== undefined);
      const rows = (machines as Record<string, Json>[]).map((row, index) => (index === 0 ? { kind: 'cpu' } : row));
      return answersGiven(catalog, { ...(Object.fromEntries(told) as Record<string, Json>), machines: rows as unknown as Json }).answers;
    };
    fc.assert(
      fc.property(one, (random) => {
        const files = filesFor(complete(random));
        const text = files.find(({ path }) => path === 'answers.yaml')?.text ?? '';
        expect(filesFor(answersGiven(catalog, parse(text).answers).answers)).toEqual(files);
      }),
    );
  });

  test('is what a session is exported as', async () => {
    const { context, written } = contextOf();
    const session = Object.entries({ ...short, ...shortRest }).reduce<Session>(
      (now, [key, value]) => advance(catalog, now, { type: 'answer', key, value }),
      emptySession,
    );
    const stored = await createSession(storeOf(context), 'quiet', { catalog: '1', program: '0' });
    await saveSession(storeOf(context), { ...stored, session });
    await exportCommand(context, 'quiet');
    expect(written.out).toBe(filesFor(valuesIn(session)).find(({ path }) => path === 'answers.yaml')?.text);
    expect(progressOf(catalog, session)).toBe('all 10 answered');
    expect(progressOf(catalog, { answers: { how: { value: 'short', from: 'typed' } }, aside: {} })).toBe('1 of 5 answered');
    const set = ['machines[1].nodes=3'];
    expect(await answersFrom(context, { session: 'quiet', set })).toMatchObject({ 'machines.0.name': 'cpu-0', 'machines.1.nodes': 3 });
  });
});

describe('rendering without questions', () => {
  test('takes quiet defaults without --defaults', async () => {
    const made = await planFrom(contextOf().context, { answers: fileOf(given) });
    expect(made.situation.answers).toMatchObject({ 'subnet.name': 'net-train', size: 8, 'machines.0.name': 'cpu-0' });
  });

  test('names what is missing, and nothing that is quiet', async () => {
    const failure = await planFrom(contextOf().context, {
      answers: fileOf({ subscription: 'sub-1', how: 'short', machines: [machine] }),
    }).catch((cause: unknown) => cause);
    const said = (failure as { complaints: { what: string }[] }).complaints.map(({ what }) => what.trim());
    expect(said.slice(1)).toEqual(['vnet.name: vnet-1', 'sure: true']);
  });

  test('asks where quiet is false', async () => {
    const failure = await planFrom(contextOf().context, { answers: fileOf({ ...given, how: 'long' }) }).catch((cause: unknown) => cause);
    const said = (failure as { complaints: { what: string }[] }).complaints.map(({ what }) => what.trim());
    expect(said.slice(1)).toEqual(['subnet.name: "net-train"', 'size: 8', 'owner: "kim"']);
  });

  test('lets --set and a file answer what is quiet', async () => {
    const { situation } = await planFrom(contextOf().context, {
      answers: fileOf({ ...given, owner: null }),
      set: ['subnet.name=big', 'machines[0].name=first'],
    });
    expect(situation.answers).toMatchObject({ 'subnet.name': 'big', size: 64, owner: null, 'machines.0.name': 'first' });
  });

  test('refuses a wrong value of a quiet question, and a default that a rule refuses', async () => {
    const said = (answers: Readonly<Record<string, Json>>) => planFrom(contextOf().context, { answers: fileOf(answers) });
    await expect(said({ ...given, size: 0 })).rejects.toThrow('Type a number from 1 on.');
    await expect(said({ ...given, 'vnet.name': 'tight', 'subnet.name': 'big' })).rejects.toThrow('64 is too large for tight.');
  });

  test('makes the one row of a group whose fields are all quiet', async () => {
    const { machines: _, ...others } = given;
    for (const defaults of [false, true]) {
      const { situation } = await planFrom(contextOf(silentRows).context, { answers: fileOf(others), defaults });
      expect(situation.answers).toMatchObject({ 'machines.0.kind': 'cpu', 'machines.0.nodes': 8, 'machines.0.more': false });
    }
  });

  test('keeps the rows of a session that have no answer of their own when one field is set', async () => {
    const { context } = contextOf(silentRows);
    const answers = { ...short, 'machines.0.more': true, 'machines.1.nodes': 4, 'machines.1.more': false, sure: true };
    const session = Object.entries(answers).reduce<Session>(
      (now, [key, value]) => advance(silentRows, now, { type: 'answer', key, value }),
      emptySession,
    );
    const stored = await createSession(storeOf(context), 'rows', { catalog: '1', program: '0' });
    await saveSession(storeOf(context), { ...stored, session });
    const { situation } = await planFrom(context, { session: 'rows', set: ['machines[1].name=x'] });
    expect(situation.answers).toMatchObject({ 'machines.0.name': 'cpu-0', 'machines.1.name': 'x', 'machines.1.nodes': 4 });
  });
});

test('the list of questions says when one is quiet', async () => {
  const { context, written } = contextOf();
  await questionsCommand(context, {});
  const rows: { key: string; quiet: string | null }[] = JSON.parse(written.out);
  expect(rows.find(({ key }) => key === 'keep')).toMatchObject({ quiet: '`true`' });
  expect(rows.find(({ key }) => key === 'machines[].name')).toMatchObject({ quiet: "row.kind == 'cpu'" });
  expect(rows.find(({ key }) => key === 'sure')).toMatchObject({ quiet: null });
});
