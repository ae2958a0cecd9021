import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { amlguide, expectRefusal, room } from './run.ts';

/** An environment without any program but the shell's own; sessions in a folder of its own. */
function place(name: string) {
  return { env: { AMLGUIDE_STATE_DIR: join(room, name), PATH: '/nowhere' } };
}

const lines = (text: string): Record<string, unknown>[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

const rehearse = ['run', '--rehearse', '--example', 'existing-subnet', '--yes', '--no-input', '--output', 'json'];

describe('amlguide run', () => {
  test('rehearses without az and without a terminal, as JSON lines, and ends with 0', async () => {
    const ran = await amlguide(rehearse, place('one'));
    expect({ code: ran.code, stderr: ran.stderr }).toEqual({ code: 0, stderr: '' });
    const all = lines(ran.stdout);
    expect(all[0]).toMatchObject({ type: 'begin', rehearsal: true });
    expect(all.at(-1)).toMatchObject({ type: 'ending', outcome: 'complete' });
    expect(all.filter(({ type }) => type === 'done').length).toBe(14);
    expect(ran.stdout).not.toMatch(/6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7/);
    const folder = join(room, 'one', 'rehearsals', 'contoso-lab');
    const modes = readdirSync(folder).map((name) => [name.replace(/^\d.*\./, ''), (statSync(join(folder, name)).mode & 0o777).toString(8)]);
    expect(Object.fromEntries(modes)).toEqual({ 'cloud.json': '600', jsonl: '600', files: '700' });
  });

  test('keeps finished steps after a failure, and shows those that an edited answer has changed', async () => {
    const here = place('edited');
    const cluster = rehearse.map((word) => (word === 'existing-subnet' ? 'compute-cluster' : word));
    const first = await amlguide([...cluster, '--fail-at', 'vnet=policy'], here);
    expect(first.code).toBe(3);
    expect(first.stderr).toContain('Mend it and go on with: amlguide run --rehearse --example compute-cluster');
    const made = lines(first.stdout).filter(({ type, how }) => type === 'done' && how === 'made').length;
    expect(made).toBeGreaterThan(0);
    const second = await amlguide([...cluster, '--set', 'required_tags=[owner=ml]'], here);
    expect(second.code, second.stderr).toBe(0);
    const [overview] = lines(second.stdout);
    expect(overview?.changed).toHaveLength(made);
    expect(overview?.finished).toBeGreaterThan(0);
    const ends = lines(second.stdout).filter(({ type }) => type === 'done');
    expect(ends.length).toBe(26 - Number(overview?.finished));
  });

  test('a rehearsal whose made-up Azure is gone begins anew', async () => {
    const here = place('gone');
    const cluster = rehearse.map((word) => (word === 'existing-subnet' ? 'compute-cluster' : word));
    expect((await amlguide([...cluster, '--fail-at', 'vnet=policy'], here)).code).toBe(3);
    const [name = ''] = readdirSync(join(room, 'gone', 'rehearsals'));
    rmSync(join(room, 'gone', 'rehearsals', name, 'cloud.json'));
    const again = await amlguide(cluster, here);
    expect({ code: again.code, stderr: again.stderr }).toEqual({ code: 0, stderr: '' });
    expect(lines(again.stdout)[0]).toMatchObject({ finished: 0 });
  });

  test('--dry-run prints every command and permission, and needs nothing', async () => {
    const [table, json] = await Promise.all([
      amlguide(['run', '--example', 'existing-subnet', '--dry-run'], place('dry')),
      amlguide(['run', '--example', 'existing-subnet', '--dry-run', '--output', 'json'], place('dry')),
    ]);
    expect([table.code, json.code]).toEqual([0, 0]);
    expect(table.stdout).toMatch(/make, if it is not there: compute cluster/);
    expect(table.stdout).toContain('Permissions that this needs');
    const { steps } = JSON.parse(json.stdout);
    expect(steps).toHaveLength(14);
    expect(JSON.stringify(steps)).toContain('"az","network"');
  });

  test('says what is missing or wrong, and does nothing', async () => {
    const here = place('refused');
    expectRefusal(await amlguide(['run', '--rehearse'], here), /Say what to run/);
    expectRefusal(await amlguide(['run', '--example', 'existing-subnet'], here), /Nobody is here to say yes.*\n.*--dry-run/);
    expectRefusal(await amlguide(['run', '--example', 'existing-subnet', '--yes'], here), /az is not installed.*\n.*--rehearse/);
    expectRefusal(await amlguide([...rehearse, '--fail-at', 'vnett'], here), /no step «vnett»/, /Did you mean vnet\?/);
    expectRefusal(await amlguide([...rehearse, '--fail-at', 'vnet=quotas'], here), /Did you mean quota\?/);
    expectRefusal(await amlguide(['run', '--example', 'existing-subnet', '--yes', '--fail-at', 'vnet'], here), /--rehearse/);
    expectRefusal(await amlguide([...rehearse, '--parallel', '0'], here), /whole number from 1 to 32/);
    const machine = ['run', '--example', 'virtual-machine', '--yes', '--no-input'];
    expectRefusal(await amlguide(machine, here), /There is no file .* that can be read/, 'machine.private_key');
  });
});

describe('undo and log', () => {
  test('take back and tell what a rehearsal did; nothing without the name', async () => {
    const here = place('undo');
    await amlguide(rehearse, here);
    const name = ['contoso-lab', '--rehearse'];
    expectRefusal(await amlguide(['undo', ...name, '--no-input'], here), /deletes what contoso-lab has made/, /--confirm contoso-lab/);
    const dry = await amlguide(['undo', ...name, '--dry-run'], here);
    expect(dry.stdout).toMatch(/^Taken back, in this order\n {2}/);
    const undone = await amlguide(['undo', ...name, '--confirm', 'contoso-lab', '--no-input', '--output', 'json'], here);
    expect(undone.code, undone.stderr).toBe(0);
    expect(lines(undone.stdout).filter(({ how }) => how === 'removed' || how === 'restored').length).toBeGreaterThan(3);
    expectRefusal(await amlguide(['undo', ...name, '--confirm', 'contoso-lab', '--no-input'], here), /nothing to take back/);
    const log = await amlguide(['log', ...name, '--all'], here);
    expect(log.stdout).toMatch(/rehearsal of run with 14 steps.*rehearsal of undo with/s);
    expect(log.stdout).toContain('‹subscription›');
    const shown = await amlguide(['log', ...name, '--show-ids'], here);
    expect(shown.stdout).toContain('6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7');
    expectRefusal(await amlguide(['undo', 'nobody'], here), /Nothing was ever run as nobody/);
    expectRefusal(await amlguide(['log', 'nobody'], here), /Nothing was ever run as nobody/);
  });

  test('a journal that was changed by hand is refused, one that broke off goes on', async () => {
    const here = place('journal');
    await amlguide([...rehearse, '--fail-at', 'cluster'], here).then(({ code }) => expect([2, 3]).toContain(code));
    await amlguide([...rehearse.slice(0, -2)], here);
    const folder = join(room, 'journal', 'rehearsals', 'contoso-lab');
    const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
    const text = await import('node:fs/promises').then(({ readFile }) => readFile(join(folder, file), 'utf8'));
    writeFileSync(join(folder, file), `${text}{"seq":`);
    expect((await amlguide(['log', 'contoso-lab', '--rehearse'], here)).code).toBe(0);
    writeFileSync(join(folder, file), text.split('\n').toSpliced(3, 1).join('\n'));
    expectRefusal(await amlguide(['log', 'contoso-lab', '--rehearse'], here), /Event 4 of the journal is missing/);
    writeFileSync(join(folder, file), text.replace('"type":"start"', '"type":"strat"'));
    expectRefusal(await amlguide(['log', 'contoso-lab', '--rehearse'], here), /cannot be read/);
  });
});
