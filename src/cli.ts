import { fstatSync, writeSync } from 'node:fs';
import { version } from '../package.json';
import type { Context } from './commands/context.ts';
import { complaintLines, UserError } from './core/errors.ts';
import { showsUnicode } from './core/unicode-terminal.ts';
import { host } from './host.ts';
import { startSmall } from './io/memory.ts';
import { exitCodeOf, programOf } from './program.ts';
import { asciiProse } from './ui/ascii.ts';

let streams: readonly [NodeJS.WriteStream, NodeJS.WriteStream] | undefined;

const ascii = !showsUnicode(process.env, process.platform);

process.on('uncaughtException', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EIO' && (error.syscall === 'read' || error.syscall === 'setRawMode')) return;
  process.exit(report(error));
});

const wantsPlain = (flag: boolean | undefined) => flag ?? (set('ACCESSIBLE') || set('INK_SCREEN_READER') || process.env['TERM'] === 'dumb');

const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;
type Signal = keyof typeof signalNumbers;
const signalNames = Object.keys(signalNumbers) as Signal[];

let abandoned = false;
let lastWord: string | undefined;
let signalled: Signal | undefined;

const program = programOf(
  (flags): Context => {
    startSmall();
    // Begun at once: the catalog is read while the code of the command is.
    const catalog = import('./io/catalog.ts').then(({ loadCatalog }) => loadCatalog(flags.catalog));
    catalog.catch(() => undefined);
    const plain = wantsPlain(flags.plain) ?? false;
    const [stdout, stderr] = outputs();
    const shown = [stdout, stderr].filter((stream) => stream.isTTY || plain);
    if (ascii && flags.output !== 'json') for (const stream of shown) writesAscii(stream);
    const terminal = Boolean(process.stdin.isTTY && stdout.isTTY);
    return {
      environment: process.env,
      stdin: process.stdin,
      stdout,
      stderr,
      version,
      catalog: () => catalog,
      output: flags.output,
      noInput: !flags.input || !(terminal || flags.plain),
      plain,
      piped: flags.input && !terminal,
      signals,
      host,
      ascii,
      lastWord: (text) => {
        lastWord = text;
      },
      abandon: () => {
        abandoned = true;
      },
      sample: flags.sample ?? false,
      folder: flags.catalog,
    };
  },
  version,
  {
    writeOut,
    writeErr: (text) => outputs()[1].write(text),
    getOutHelpWidth: () => width(1),
    getErrHelpWidth: () => width(2),
    // Help has no colours that would have to be taken out.
    getOutHasColors: () => true,
    getErrHasColors: () => true,
  },
);

try {
  await program.parseAsync(process.argv);
} catch (error) {
  process.exitCode = report(error);
}

if (abandoned) {
  for (const stream of outputs()) await new Promise((resolve) => stream.write('', resolve));
  process.exit();
}

/** stdout and stderr, made when they are first wanted: for help alone, Node's streams would cost a tenth of the start. */
function outputs(): readonly [NodeJS.WriteStream, NodeJS.WriteStream] {
  if (streams) return streams;
  streams = [process.stdout, process.stderr];
  for (const stream of streams) stream.on('error', endQuietly);
  return streams;
}

/** A pipe that is closed early, as by `head`, ends the program quietly. */
function endQuietly(error: NodeJS.ErrnoException): void {
  // Of a terminal that is gone a signal or the end of the input tells too, and what is saved then must not be cut off.
  if (error.code === 'EIO') return;
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
}

function writeOut(text: string): void {
  if (mayBeTerminal(1)) outputs()[0].write(text);
  else writeAtOnce(text);
}

/** Writes to a file or a pipe without a stream; a pipe that is full for the moment gets the rest from the stream. */
function writeAtOnce(text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(1, bytes, written);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EAGAIN') outputs()[0].write(bytes.subarray(written));
    else endQuietly(error as NodeJS.ErrnoException);
  }
}

function width(descriptor: 1 | 2): number {
  const stream = mayBeTerminal(descriptor) ? outputs()[descriptor - 1] : undefined;
  return stream?.isTTY ? stream.columns : 80;
}

function mayBeTerminal(descriptor: 1 | 2): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    // A descriptor that is closed is left to the stream.
    return true;
  }
}

function signals(heard: (signal: Signal) => void): () => void {
  const hear = (signal: Signal): void => {
    signalled = signal;
    heard(signal);
  };
  for (const name of signalNames) process.on(name, hear);
  return () => {
    for (const name of signalNames) process.off(name, hear);
  };
}

/** Lets a stream write no signs but those of ASCII. */
function writesAscii(stream: NodeJS.WriteStream): void {
  const write = stream.write.bind(stream) as (chunk: unknown, ...rest: unknown[]) => boolean;
  stream.write = (chunk: unknown, ...rest: unknown[]) => write(typeof chunk === 'string' ? asciiProse(chunk) : chunk, ...rest);
}

function set(name: string): boolean {
  const value = process.env[name];
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}

/** Tells a person what went wrong and gives the exit code. */
function report(error: unknown): number {
  const code = exitCodeOf(error);
  if (code !== undefined) return code;
  if (error instanceof UserError) {
    outputs()[1].write(`${error.complaints.flatMap(complaintLines).join('\n')}\n`);
    // Whoever sent a signal looks for it in the code, as with a program that did not listen.
    return error.exitCode === 130 && signalled ? 128 + signalNumbers[signalled] : error.exitCode;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  outputs()[1].write(`This is a bug of amlguide ${version}; please report it with the lines below.\n${text}\n`);
  if (lastWord !== undefined) outputs()[1].write(`${lastWord}\n`);
  return 1;
}
