import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import type { Session } from '../../src/core/session.ts';
import {
  createSession,
  deleteSession,
  listSessions,
  loadSession,
  lockSession,
  openStore,
  renameSession,
  type Store,
  saveSession,
  stateFolder,
} from '../../src/io/store.ts';
import { endAll, kill9, mountTmpfs, run, start, startUnburied } from './fixtures/children.ts';

const versions = { catalog: '2026-11', program: '0.1.0' };
const answered: Session = { answers: { 'subnet.prefix': { value: '10.1.2.0/24', from: 'typed' } }, aside: {}, cursor: 'subnet.prefix' };
const root = process.getuid?.() === 0;

let folder: string;
let store: Store;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'amlguide-store-'));
  store = openStore(folder);
});

afterEach(async () => {
  endAll();
  await rm(folder, { recursive: true, force: true });
});

async function complaintOf(doing: Promise<unknown>): Promise<string> {
  const error = await doing.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  const [complaint] = (error as UserError).complaints;
  expect(complaint?.where).toBeTruthy();
  expect(complaint?.hint).toBeTruthy();
  return `${complaint?.what} ${complaint?.hint}`;
}

const sessionFile = (name: string) => join(folder, 'sessions', `${name}.json`);

async function plant(name: string, text: string): Promise<string> {
  await mkdir(join(folder, 'sessions'), { recursive: true });
  await writeFile(sessionFile(name), text);
  return sessionFile(name);
}

describe('the state folder', () => {
  test('is AMLGUIDE_STATE_DIR when that is set, as an absolute path', () => {
    expect(stateFolder({ AMLGUIDE_STATE_DIR: '/srv/state' })).toBe('/srv/state');
    expect(stateFolder({ AMLGUIDE_STATE_DIR: 'here' })).toBe(join(process.cwd(), 'here'));
  });

  test.runIf(process.platform === 'linux')('is the state folder of XDG on Linux', async () => {
    const print = (environment: Record<string, string>) => run('print-state-folder.ts', [], { HOME: homedir(), ...environment });
    expect(await print({ XDG_STATE_HOME: '/var/tmp/xdg' })).toBe('/var/tmp/xdg/amlguide');
    expect(await print({})).toBe(join(homedir(), '.local/state/amlguide'));
    expect(await print({ XDG_STATE_HOME: 'not/absolute' })).toBe(join(homedir(), '.local/state/amlguide'));
    expect(await print({ AMLGUIDE_STATE_DIR: '' })).toBe(join(homedir(), '.local/state/amlguide'));
  });
});

describe('a session', () => {
  test('is created, saved and loaded, and only its owner can read it', async () => {
    const created = await createSession(store, 'Contoso-Prod', versions);
    const saved = await saveSession(store, { ...created, session: answered });
    expect(await loadSession(store, 'contoso-prod')).toEqual(saved);
    expect(saved).toMatchObject({ format: 1, name: 'Contoso-Prod', ...versions, session: answered });
    expect((await stat(sessionFile('contoso-prod'))).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(sessionFile('contoso-prod')))).mode & 0o777).toBe(0o700);
    expect(await readdir(join(folder, 'sessions'))).toEqual(['contoso-prod.json']);
  });

  test.each(['', '.hidden', '../up', 'a/b', 'a b', 'naïve', 'x'.repeat(65), 'a\n', '\u001b[31m', 'con', 'NUL.x', 'a\\b'])(
    'cannot have the name %j',
    async (name) => {
      await expect(createSession(store, name, versions)).rejects.toThrow(/cannot be the name of a session/);
      await expect(loadSession(store, name)).rejects.toThrow(UserError);
    },
  );

  test.each(['a', 'A.b_c-9', '-x', '_', 'x'.repeat(64), 'a.json', 'a.json.lock', '__proto__'])('can have the name %j', async (name) => {
    await createSession(store, name, versions);
    expect((await loadSession(store, name)).name).toBe(name);
    expect((await listSessions(store)).map((one) => one.name)).toEqual([name]);
  });

  test('does not take a name that differs in capitals alone', async () => {
    await createSession(store, 'prod', versions, answered);
    expect(await complaintOf(createSession(store, 'PROD', versions))).toContain('There is a session PROD already');
    expect((await loadSession(store, 'prod')).session).toEqual(answered);
  });

  test('is created by one of several processes at the same moment', async () => {
    const at = String(Date.now() + 1500);
    const said = await Promise.all(Array.from({ length: 4 }, () => run('create-once.ts', [folder, 'race', at])));
    expect(said.sort()).toEqual(['created', 'refused', 'refused', 'refused']);
    expect(await readdir(join(folder, 'sessions'))).toEqual(['race.json']);
  });

  test('that is missing is refused, with the nearest name', async () => {
    await createSession(store, 'contoso', versions);
    expect(await complaintOf(loadSession(store, 'contosso'))).toBe('There is no session contosso. Did you mean contoso?');
    expect(await complaintOf(deleteSession(store, 'zzz'))).toContain('There is no session zzz.');
  });

  test('is not written over when another program changed it in the meantime', async () => {
    const mine = await createSession(store, 'shared', versions);
    await saveSession(
      openStore(folder, () => new Date(Date.now() + 1000)),
      { ...mine, session: answered },
    );
    expect(await complaintOf(saveSession(store, mine))).toContain('Another program changed the session shared');
    expect((await loadSession(store, 'shared')).session).toEqual(answered);
  });

  test('comes back when its file was removed while it was open', async () => {
    const mine = await createSession(store, 'gone', versions, answered);
    await rm(sessionFile('gone'));
    await saveSession(store, mine);
    expect((await loadSession(store, 'gone')).session).toEqual(answered);
  });

  test('is renamed and deleted', async () => {
    await createSession(store, 'old', versions, answered);
    await createSession(store, 'other', versions);
    await complaintOf(renameSession(store, 'old', 'other'));
    expect((await loadSession(store, 'old')).session).toEqual(answered);
    await renameSession(store, 'old', 'new');
    await renameSession(store, 'new', 'NEW');
    expect(await loadSession(store, 'new')).toMatchObject({ name: 'NEW', session: answered });
    await deleteSession(store, 'other');
    expect(await readdir(join(folder, 'sessions'))).toEqual(['new.json']);
  });

  test('that was copied by hand goes by the name of its file', async () => {
    await createSession(store, 'one', versions, answered);
    await plant('two', await readFile(sessionFile('one'), 'utf8'));
    const two = await loadSession(store, 'two');
    await saveSession(store, two);
    expect(two.name).toBe('two');
    expect((await loadSession(store, 'one')).name).toBe('one');
  });
});

describe('the list', () => {
  test('is empty where no folder is', async () => {
    expect(await listSessions(openStore(join(folder, 'nowhere')))).toEqual([]);
  });

  test('shows 1,000 sessions, the newest first', async () => {
    const sample = await createSession(store, 'sample', versions, answered);
    for (let i = 0; i < 999; i++)
      await plant(`s-${i}`, JSON.stringify({ ...sample, name: `s-${i}`, updated: new Date(1e12 + i * 1000).toISOString() }));
    const listed = await listSessions(store);
    expect(listed).toHaveLength(1000);
    expect(listed.slice(0, 3).map((one) => one.name)).toEqual(['sample', 's-998', 's-997']);
  });

  test('shows damaged files with the reason and goes on', async () => {
    const sound = await createSession(store, 'sound', versions);
    await plant('broken', '{"format": 1,\n "name": ');
    await plant('newer', '{"format": 2, "program": "9.9.9"}');
    await plant('strange name', JSON.stringify(sound));
    await symlink('/etc/passwd', sessionFile('trap'));
    await mkdir(sessionFile('folder'));
    execFileSync('mkfifo', [sessionFile('pipe')]);
    const listed = Object.fromEntries(
      (await listSessions(store)).map((one) => [one.name, one.state === 'sound' ? 'sound' : `${one.state}: ${one.reason}`]),
    );
    expect(listed).toEqual({
      sound: 'sound',
      broken: 'damaged: it is not JSON: it breaks off',
      newer: 'newer: it was written by a newer amlguide (version 9.9.9, format 2; this one reads format 1)',
      'strange name': 'damaged: its file name is not the name of a session',
      trap: 'damaged: it is not a regular file',
      folder: 'damaged: it is not a regular file',
      pipe: 'damaged: it is not a regular file',
    });
  });
});

describe('a file that is damaged or newer', () => {
  const time = '2026-11-01T00:00:00.000Z';
  const sound = { format: 1, name: 'kept', ...versions, created: time, updated: time, session: { answers: {}, aside: {} } };
  test.each([
    ['empty', '', /it is empty/],
    ['cut off', JSON.stringify(sound).slice(0, 60), /it is not JSON/],
    ['binary', '\u0000\u0001\u001b[31m', /it is not JSON/],
    ['a list', '[]', /shape of a session/],
    [
      'of a wrong shape',
      JSON.stringify({ ...sound, session: { answers: { a: { value: 1, from: 'moon' } }, aside: {} } }),
      /session\.answers\.a\.from/,
    ],
    ['with an unknown key', JSON.stringify({ ...sound, extra: 1 }), /shape of a session/],
    ['newer', JSON.stringify({ ...sound, format: 2, steps: [] }), /newer amlguide.*Update amlguide/],
  ])('is refused and kept byte for byte: %s', async (_what, text, says) => {
    const file = await plant('kept', text);
    expect(await complaintOf(loadSession(store, 'kept'))).toMatch(says);
    await complaintOf(createSession(store, 'kept', versions));
    await complaintOf(saveSession(store, sound as never));
    await complaintOf(renameSession(store, 'kept', 'elsewhere'));
    await createSession(store, 'other', versions);
    await complaintOf(renameSession(store, 'other', 'kept'));
    await (await lockSession(store, 'kept')).release();
    expect(await readFile(file, 'utf8')).toBe(text);
    await deleteSession(store, 'kept');
    await expect(lstat(file)).rejects.toThrow('ENOENT');
  });

  test('as a link, leads nowhere', async () => {
    const target = join(folder, 'target.json');
    await writeFile(target, JSON.stringify(sound));
    await mkdir(join(folder, 'sessions'));
    for (const [name, to] of [
      ['kept', target],
      ['dangling', join(folder, 'nothing')],
    ] as const) {
      await symlink(to, sessionFile(name));
      expect(await complaintOf(loadSession(store, name))).toContain('not a regular file');
      await complaintOf(createSession(store, name, versions));
      await complaintOf(saveSession(store, { ...sound, format: 1, name, session: answered }));
    }
    expect(await readFile(target, 'utf8')).toBe(JSON.stringify(sound));
    expect(await readdir(folder)).toEqual(['sessions', 'target.json']);
  });
});

describe('a disk that fails', () => {
  test('a file in the place of the folder', async () => {
    await writeFile(join(folder, 'file'), 'x');
    for (const at of [join(folder, 'file'), join(folder, 'file', 'below')]) {
      const broken = openStore(at);
      const create = () => createSession(broken, 'a', versions);
      const uses = [loadSession, lockSession, deleteSession].map((use) => () => use(broken, 'a'));
      for (const use of [create, () => listSessions(broken), ...uses]) {
        expect(await complaintOf(use())).toContain('a file is where a folder should be');
      }
    }
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('x');
  });

  test.skipIf(root)('a folder without rights (root may read everything, so not as root)', async () => {
    const mine = await createSession(store, 'a', versions);
    await chmod(join(folder, 'sessions'), 0o000);
    await chmod(folder, 0o500);
    const complaint = await complaintOf(loadSession(store, 'a'));
    await chmod(folder, 0o700);
    await chmod(join(folder, 'sessions'), 0o700);
    expect(complaint).toContain('access is denied');
    expect(await loadSession(store, 'a')).toEqual(mine);
  });

  test('a read-only disk', async (context) => {
    if (!mountTmpfs(folder, 'size=1m')) return context.skip('needs the right to mount a disk');
    const mine = await createSession(store, 'a', versions, answered);
    execFileSync('mount', ['-o', 'remount,ro', folder]);
    expect(await complaintOf(saveSession(store, mine))).toContain('the disk is read-only');
    expect(await complaintOf(createSession(store, 'b', versions))).toContain('the disk is read-only');
    expect(await complaintOf(lockSession(store, 'a'))).toContain('the disk is read-only');
    expect(await loadSession(store, 'a')).toEqual(mine);
  });

  test('a full disk, however much of the text still fits', async (context) => {
    if (!mountTmpfs(folder, 'size=256k')) return context.skip('needs the right to mount a disk');
    let stored = await createSession(store, 'a', versions, answered);
    const bigger = (size: number): Session => ({ answers: { big: { value: 'x'.repeat(size), from: 'typed' } }, aside: {} });
    stored = await saveSession(store, { ...stored, session: bigger(50_000) });
    const before = await readFile(sessionFile('a'), 'utf8');
    for (const size of [215_000, 300_000, 230_000])
      expect(await complaintOf(saveSession(store, { ...stored, session: bigger(size) }))).toContain('no space is left');
    expect(await complaintOf(createSession(store, 'b', versions, bigger(240_000)))).toContain('no space is left');
    expect(await readFile(sessionFile('a'), 'utf8')).toBe(before);
    expect(await readdir(join(folder, 'sessions'))).toEqual(['a.json']);
    await saveSession(store, { ...stored, session: answered });
  });
});

describe('kill -9', () => {
  test('in the middle of saves leaves a whole file, and the next lock clears the rest away', async () => {
    await createSession(store, 'a', versions);
    const rounds: number[] = [];
    for (let i = 0; i < 8; i++) {
      const { child } = await start('save-loop.ts', folder, 'a');
      await new Promise((done) => setTimeout(done, 5 + Math.random() * 60));
      await kill9(child);
      const values = Object.values((await loadSession(store, 'a')).session.answers).map(({ value }) => value);
      expect(values).toHaveLength(200);
      expect(new Set(values).size).toBe(1);
      rounds.push(Number(String(values[0]).slice(0, String(values[0]).length / 20)));
      expect((await stat(sessionFile('a'))).mode & 0o777).toBe(0o600);
    }
    expect(Math.max(...rounds)).toBeGreaterThan(1);
    await plant('a.json.1', '{}');
    for (const left of ['a.json.12345', 'a.json.99.lock']) await writeFile(join(folder, 'sessions', left), '{"half');
    for (const entry of await readdir(join(folder, 'sessions'))) await utimes(join(folder, 'sessions', entry), 1e9, 1e9);
    await (await lockSession(store, 'a')).release();
    expect((await readdir(join(folder, 'sessions'))).sort()).toEqual(['a.json', 'a.json.1.json', 'a.json.99.lock']);
  });
});

describe('the lock', () => {
  test('is refused to a second process, which is told who holds it, and free after the release', async () => {
    const { child, said } = await start('hold-lock.ts', folder, 'a');
    expect(said).toBe('locked');
    const complaint = await complaintOf(lockSession(store, 'A'));
    expect(complaint).toContain(`open in another amlguide (process ${child.pid} on`);
    expect(complaint).toContain(`kill ${child.pid}`);
    await createSession(store, 'b', versions);
    await complaintOf(deleteSession(store, 'a'));
    child.kill('SIGTERM');
    await once(child, 'exit');
    const mine = await lockSession(store, 'a');
    expect((await start('hold-lock.ts', folder, 'a')).said).toContain(
      `refused The session a is open in another amlguide (process ${process.pid}`,
    );
    expect(await complaintOf(lockSession(store, 'a'))).toContain('open in this program already');
    await mine.release();
    await mine.release();
    expect(await readdir(join(folder, 'sessions'))).toEqual(['b.json']);
  });

  test('is gone when the program ends', async () => {
    const { child } = await start('hold-lock.ts', folder, 'a', 'exit');
    if (child.exitCode === null) await once(child, 'exit');
    expect(await readdir(join(folder, 'sessions'))).toEqual([]);
  });

  test('of a killed process is taken over at once', async () => {
    for (let i = 0; i < 3; i++) {
      const { child, said } = await start('hold-lock.ts', folder, 'a');
      expect(said).toBe('locked');
      await kill9(child);
    }
    await (await lockSession(store, 'a')).release();
  });

  test.runIf(process.platform === 'linux')('of a killed process that its parent has not noticed yet is taken over too', async () => {
    const pid = await startUnburied(folder, 'a');
    process.kill(pid, 'SIGKILL');
    while (!/\) Z /.test(await readFile(`/proc/${pid}/stat`, 'utf8'))) await new Promise((done) => setTimeout(done, 5));
    await (await lockSession(store, 'a')).release();
  });

  test('of a suspended process is kept, however old it is', async () => {
    const { child } = await start('hold-lock.ts', folder, 'a');
    child.kill('SIGSTOP');
    const lock = `${sessionFile('a')}.lock`;
    const [holder] = await readdir(lock);
    const { born } = JSON.parse(await readFile(join(lock, holder ?? ''), 'utf8')) as { born?: string };
    if (born !== undefined) await utimes(lock, 1e9, 1e9);
    expect(await complaintOf(lockSession(store, 'a'))).toContain(`process ${child.pid}`);
  });

  test.each([
    ['of another process with the same number', { born: '1' }, 0, process.platform === 'linux'],
    ['of another machine, when it is old', { machine: 'elsewhere', host: 'elsewhere' }, 120, true],
    ['of another machine, when it is young', { machine: 'elsewhere', host: 'elsewhere' }, 0, false],
    ['with a damaged note', undefined, 0, true],
  ])('%s', async (_what, change, age, free) => {
    const held = await lockSession(store, 'a');
    const lock = `${sessionFile('a')}.lock`;
    const note = join(lock, (await readdir(lock))[0] ?? '');
    await writeFile(note, change ? JSON.stringify({ ...JSON.parse(await readFile(note, 'utf8')), ...change }) : '{"pid"');
    await utimes(lock, Date.now() / 1000 - age, Date.now() / 1000 - age);
    if (free) await (await lockSession(store, 'a')).release();
    else expect(await complaintOf(lockSession(store, 'a'))).toContain('open in');
    await held.release();
  });

  test('goes to one of many who find it abandoned at the same moment', async () => {
    await kill9((await start('hold-lock.ts', folder, 'a')).child);
    const tried = await Promise.allSettled(Array.from({ length: 30 }, () => lockSession(store, 'a')));
    expect(tried.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  });

  test('that is removed from outside is noticed, and the program goes on', { timeout: 15_000 }, async () => {
    const { child } = await start('hold-lock.ts', folder, 'a');
    await rm(`${sessionFile('a')}.lock`, { recursive: true });
    for (let said = ''; said !== 'lost'; ) {
      await new Promise((done) => setTimeout(done, 200));
      child.stdin?.write('?');
      [said] = (await once(child.stdout as NodeJS.ReadableStream, 'data')).map((part: Buffer) => part.toString().trim()) as [string];
    }
    expect(child.exitCode).toBeNull();
  });
});
