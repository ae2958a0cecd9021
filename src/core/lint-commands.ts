import type { Catalog } from './catalog.ts';
import type { Finding, Path, Place } from './lint-finding.ts';
import { parseCommands } from './words.ts';

type Command = ReturnType<typeof parseCommands>[number];

/** The first program prints nothing in the scripts unless a command asks for its output. */
export function isSilent({ words }: Command, program: string | undefined): boolean {
  const line = words.map((word) => word.map((part) => ('text' in part ? part.text : '…')).join('')).join(' ');
  return line.startsWith(`${program} `) && !/ (--output|-o)[ =]tsv( |$)/.test(line);
}

/** The commands of a text; none when it cannot be parsed, which is told elsewhere. */
export function commandsIn(text: string | undefined): readonly Command[] {
  try {
    return text === undefined ? [] : parseCommands(text);
  } catch {
    return [];
  }
}

/** What is wrong with the commands of a file that exists. */
export function commandFindings(catalog: Catalog, file: string): Finding[] {
  const text = catalog.templates[file];
  return text === undefined ? [] : textFindings(catalog, text, ['templates', file], (at) => ({ at }));
}

/** What is wrong with commands that stand in a YAML file. */
export function inlineFindings(catalog: Catalog, text: string | undefined, path: Path): Finding[] {
  return text === undefined ? [] : textFindings(catalog, text, path, () => ({}));
}

function textFindings(catalog: Catalog, text: string, path: Path, placed: (at: Place) => { readonly at?: Place }): Finding[] {
  const { programs } = catalog.manifest;
  let commands: readonly Command[];
  try {
    commands = parseCommands(text);
  } catch (cause) {
    return [{ path, ...placed(brokenLine(text)), message: cause instanceof Error ? cause.message : String(cause) }];
  }
  if (commands.length === 0) return [{ path, ...placed({ line: 1, col: 1 }), message: 'there is no command' }];
  const first = (word: Command['words'][number] | undefined) => (word?.[0] && 'text' in word[0] ? word[0].text : '');
  return commands.flatMap(({ line, words }): Finding[] => {
    const at = placed({ line, col: 1 });
    const wrong: Finding[] = programs.includes(first(words[0]))
      ? []
      : [{ path, ...at, message: `a command starts with ${programs.join(' or ')}; what continues one is indented` }];
    const own = words.find((word) => /^--subscription(=|$)/.test(first(word)));
    return own ? [...wrong, { path, ...at, message: '--subscription is added by catalog.yaml; take it away' }] : wrong;
  });
}

/** The first command that cannot be parsed by itself. */
function brokenLine(text: string): { readonly line: number; readonly col: number } {
  const lines = text.split('\n');
  const starts = lines.flatMap((line, index) => (/^[^\s#]/.test(line) ? [index] : []));
  const broken = starts.find((start, at) => {
    try {
      parseCommands(lines.slice(start, starts[at + 1]).join('\n'));
      return false;
    } catch {
      return true;
    }
  });
  return { line: (broken ?? 0) + 1, col: 1 };
}
