import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** What a page of Chromium did: what it complained of, what it asked for, and a way to ask it. */
export interface Page {
  readonly complaints: string[];
  readonly requests: string[];
  /** The value of an expression in the page; scripts of the page and this need no policy. */
  evaluate(expression: string): Promise<unknown>;
  /** Sends a command of the DevTools protocol. */
  send(method: string, params?: object): Promise<Record<string, unknown>>;
}

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

/** The path of Chromium, where it is installed. */
export function chromiumPath(): string | undefined {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)];
  return ['chromium', 'chromium-browser', 'google-chrome'].flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
}

/** Opens an address in a headless Chromium of a size, waits until it is loaded, and closes it all when the work is done. */
export async function inChromium<T>(address: string, width: number, dark: boolean, work: (page: Page) => Promise<T>): Promise<T> {
  const profile = mkdtempSync(join(tmpdir(), 'amlguide-chromium-'));
  const words = ['--headless', '--disable-gpu', '--no-first-run', '--remote-debugging-pipe', `--user-data-dir=${profile}`];
  // Its sandbox refuses to start as root.
  if (process.getuid?.() === 0) words.push('--no-sandbox');
  const browser = spawn(chromiumPath() ?? 'chromium', words, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  try {
    return await work(await opened(browser, address, width, dark));
  } finally {
    const ended = once(browser, 'exit');
    browser.kill('SIGKILL');
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function opened(browser: ChildProcess, address: string, width: number, dark: boolean): Promise<Page> {
  const complaints: string[] = [];
  const requests: string[] = [];
  let loaded = () => {};
  const done = new Promise<void>((resolve) => {
    loaded = resolve;
  });
  const send = connected(browser, ({ method, params = {} }) => {
    if (method === 'Page.loadEventFired') loaded();
    if (method === 'Network.requestWillBeSent') requests.push((params.request as { url: string }).url);
    if (method === 'Log.entryAdded') complaints.push((params.entry as { text: string }).text);
    if (method === 'Runtime.exceptionThrown' || method === 'Runtime.consoleAPICalled') complaints.push(JSON.stringify(params));
  });
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  const inPage = (method: string, params: object = {}) => send(method, params, String(sessionId));
  for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await inPage(`${domain}.enable`);
  await inPage('Emulation.setDeviceMetricsOverride', { width, height: 900, deviceScaleFactor: 1, mobile: width < 600 });
  await inPage('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }] });
  await inPage('Page.navigate', { url: address });
  await done;
  const evaluate = async (expression: string) => {
    const { result } = await inPage('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true });
    return (result as { value?: unknown }).value;
  };
  return { complaints, requests, evaluate, send: inPage };
}

type Send = (method: string, params?: object, sessionId?: string) => Promise<Record<string, unknown>>;

/** Messages are JSON with a NUL at the end, on two pipes of their own. */
function connected(browser: ChildProcess, heard: (event: Answer) => void): Send {
  const [, , , out, back] = browser.stdio as [null, null, null, Writable, Readable];
  const waiting = new Map<number, (answer: Answer) => void>();
  let rest = '';
  back.setEncoding('utf8').on('data', (text: string) => {
    const messages = (rest + text).split('\0');
    rest = messages.pop() ?? '';
    for (const message of messages) {
      const answer = JSON.parse(message) as Answer;
      if (answer.id === undefined) heard(answer);
      else waiting.get(answer.id)?.(answer);
    }
  });
  let next = 1;
  return (method, params = {}, sessionId) =>
    new Promise((resolve, reject) => {
      const id = next++;
      waiting.set(id, ({ result, error }) => (error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result ?? {})));
      out.write(`${JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) })}\0`);
    });
}
