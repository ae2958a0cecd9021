import type { Catalog } from '../core/catalog.ts';
import type { Host, InkOptions } from '../ui/ink/ink-screen.ts';

/** The world as a command sees it; only cli.ts touches `process`. */
export interface Context {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly version: string;
  readonly catalog: () => Promise<Catalog>;
  readonly output: 'table' | 'json';
  /** Nothing may be asked: --no-input, or no terminal to ask in. */
  readonly noInput: boolean;
  readonly plain: boolean;
  /** There is no terminal, and nobody said --no-input: lines may come through a pipe. */
  readonly piped?: boolean;
  /** What still runs in the background, such as a sign-in of az, is no reason for the program to stay. */
  readonly abandon?: () => void;
  /** A made-up subscription stands for Azure. */
  readonly sample?: boolean;
  /** The folder that the checklists are read from, where it is not the program itself. */
  readonly folder?: string | undefined;
  readonly host?: Host;
  /** Only signs of ASCII come out right on the terminal. */
  readonly ascii?: boolean;
  /** What a person has to know should the program break off, such as how to go on. */
  readonly lastWord?: (text: string) => void;
  /** Hears of signals that ask the program to end, until the returned function is called; meanwhile they do not end it. */
  readonly signals: (heard: (signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') => void) => () => void;
}

/** Prints a result: text for people, or JSON for programs. */
export function print(context: Context, json: unknown, table: () => string): void {
  context.stdout.write(context.output === 'json' ? `${JSON.stringify(json, null, 2)}\n` : `${table().trimEnd()}\n`);
}

/** Says something that is no result. */
export function tell(context: Context, text: string): void {
  context.stderr.write(`${text}\n`);
}

/** Columns padded to the widest cell; the last one is left as it is. */
export function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => [...(row[column] ?? '')].length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === row.length - 1 ? cell : cell + ' '.repeat((widths[column] ?? 0) - [...cell].length)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Whether a person wants colours: NO_COLOR, set to anything, says no. */
export function wantsColour({ environment }: Pick<Context, 'environment'>): boolean {
  return !environment.NO_COLOR;
}

/** The terminal as a full screen takes it over. */
export function terminalOf(context: Context): InkOptions {
  const { stdin, stdout, host, ascii = false, environment } = context;
  const within = environment.TMUX ? 'tmux' : environment.STY ? 'screen' : undefined;
  return { stdin, stdout, colour: wantsColour(context), ascii, ...(within ? { within } : {}), ...(host ? { host } : {}) };
}
