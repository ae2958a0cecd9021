import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { execa } from 'execa';
import type { Finding } from '../../../src/core/verify/findings.ts';
import { azServer, stopAzServer } from '../acceptance/az-server.ts';
import { program } from '../acceptance/program.ts';
import type { Ran } from '../acceptance/run.ts';
import { azEnvironment } from '../az.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import type { JsonObject } from '../emulator/json.ts';
import { close, listen } from '../emulator/loopback.ts';

/** An Azure in which the example compute-cluster was made, and what amlguide sees of it. */
export interface Stage {
  readonly emulator: Emulator;
  readonly folder: string;
  readonly environment: Record<string, string>;
}

/** What amlguide found, and how long it took, in milliseconds. */
export interface Looked extends Ran {
  readonly findings: readonly Finding[];
  readonly took: number;
}

/** Everything that a run of the example leaves behind, as the emulator shows it, with an age for the cluster. */
const state = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'compute-cluster-state.json'), 'utf8')) as JsonObject[];
const subscription = '6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7';
const workspace = `/subscriptions/${subscription}/resourceGroups/rg-contoso-ml/providers/Microsoft.MachineLearningServices/workspaces/mlw-contoso-prod`;

const opened: (() => Promise<void>)[] = [];

/** Sets the stage; `clear` takes everything away. */
export async function stage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'amlguide-trouble-'));
  const emulator = await startEmulator({ subscription, resources: structuredClone(state) });
  opened.push(async () => {
    await emulator.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    emulator,
    folder,
    environment: { ...azEnvironment(emulator, folder), AMLGUIDE_STATE_DIR: join(folder, 'state'), ...(await azServer()) },
  };
}

/** Ends every emulator and proxy, and the az server. */
export async function clear(): Promise<void> {
  await stopAzServer();
  await Promise.all(opened.map((end) => end()));
}

/** Looks with the built program; a variable that is undefined is not set. */
export async function look(
  { folder, environment }: Stage,
  changed: Readonly<Record<string, string | undefined>>,
  ...words: readonly string[]
): Promise<Looked> {
  const before = performance.now();
  const { exitCode, stdout, stderr } = await execa(execPath, [program, ...words, '--example', 'compute-cluster'], {
    cwd: folder,
    env: { ...environment, ...changed },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
  });
  const { findings } = words.includes('json') && stdout !== '' ? (JSON.parse(stdout) as Pick<Looked, 'findings'>) : { findings: [] };
  return { exitCode, stdout, stderr, findings, took: performance.now() - before };
}

/** Adds a cluster that is none of this plan, so that lists have a second item. */
export function addCluster({ emulator }: Stage): void {
  const id = `${workspace}/computes/of-others`;
  const properties = { computeType: 'AmlCompute', createdOn: '2026-11-20T10:00:00.000Z', properties: { enableNodePublicIp: true } };
  emulator.plant(id, { id, name: 'of-others', location: 'koreacentral', properties });
}

/** A proxy that answers every tunnel with a line such as «407 Proxy Authentication Required»; gives its address. */
export async function refusingProxy(line: string): Promise<string> {
  const server: Server = createServer();
  server.on('connect', (_request, socket) => socket.end(`HTTP/1.1 ${line}\r\nProxy-Authenticate: Basic realm="contoso"\r\n\r\n`));
  const port = await listen(server);
  opened.push(() => close(server));
  return `http://127.0.0.1:${port}`;
}

/** An address at which nobody listens. */
export async function closedPort(): Promise<string> {
  const server = createServer();
  const port = await listen(server);
  await close(server);
  return `http://127.0.0.1:${port}`;
}

/** Waits until something is so. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}
