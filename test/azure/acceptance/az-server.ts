import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { python } from '../az.ts';

interface Server {
  readonly child: ChildProcess;
  readonly folder: string;
}

let server: Promise<Server> | undefined;

/** The variable that has the stand-in run az in forks of one warm process; with AMLGUIDE_AZ_COLD=1 every az call is a process of its own. */
export async function azServer(): Promise<Record<string, string>> {
  if (process.env.AMLGUIDE_AZ_COLD === '1') return {};
  server ??= start();
  return { AMLGUIDE_AZ_SERVER: join((await server).folder, 'socket') };
}

/** Stops the warm process, if there is one. */
export async function stopAzServer(): Promise<void> {
  const started = await server;
  server = undefined;
  started?.child.kill();
  if (started) rmSync(started.folder, { recursive: true, force: true });
}

async function start(): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'az-server-'));
  const programs = join(import.meta.dirname, '..', 'python');
  const env = {
    PATH: '/usr/bin:/bin',
    HOME: folder,
    LANG: 'C.UTF-8',
    PYTHONPATH: programs,
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONWARNINGS: 'ignore',
    AZURE_TEST_MEND: '1',
  };
  const child = spawn(python, [join(programs, 'az_server.py'), join(folder, 'socket')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return { child, folder };
}
