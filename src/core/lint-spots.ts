import type { Catalog } from './catalog.ts';
import { isObject } from './json.ts';
import { type Finding, meant, type Path, type Place, placeOf } from './lint-finding.ts';
import type { Sees } from './lint-scope.ts';
import { closingBrace, parseTemplate } from './template.ts';

/** One expression of the catalog: where it stands and what it sees. */
export interface Spot {
  readonly path: Path;
  readonly at?: Place;
  readonly expression: string;
  readonly sees: Sees;
  /** The question, or group.field, at which it is evaluated: it may only look back. */
  readonly asking?: { readonly topic: string; readonly question: string; readonly field?: string };
  /** The rows themselves are wanted, not what is in them. */
  readonly rows?: boolean;
}

/** Gathers expressions, and the templates that cannot be split. */
export class Spots {
  readonly list: Spot[] = [];
  readonly findings: Finding[] = [];
  /** Files of templates/ that something names. */
  readonly files = new Set<string>();
  readonly catalog: Catalog;

  constructor(catalog: Catalog) {
    this.catalog = catalog;
  }

  /** Adds an expression, when there is one. */
  expression(path: Path, expression: unknown, sees: Sees, more: Pick<Spot, 'asking' | 'rows'> = {}): void {
    if (typeof expression === 'string') this.list.push({ path, expression, sees, ...more });
  }

  /** Adds every expression of a template, when there is one. */
  template(path: Path, text: unknown, sees: Sees, more: Pick<Spot, 'asking'> = {}): void {
    if (typeof text !== 'string') return;
    try {
      for (const part of parseTemplate(text))
        if ('expression' in part) this.list.push({ path, expression: part.expression, sees, ...more });
    } catch (cause) {
      this.findings.push({ path, message: cause instanceof Error ? cause.message : String(cause) });
    }
  }

  /** Adds every template of a tree of data. */
  tree(path: Path, tree: unknown, sees: Sees): void {
    if (typeof tree === 'string') this.template(path, tree, sees);
    else if (Array.isArray(tree)) for (const [index, part] of tree.entries()) this.tree([...path, index], part, sees);
    else if (isObject(tree)) for (const [key, part] of Object.entries(tree)) this.tree([...path, key], part, sees);
  }

  /** Adds the expressions of a file of commands, at their own lines. */
  commands(path: Path, topic: string, name: string | undefined, sees: Sees): void {
    if (name === undefined) return;
    const text = this.program(path, topic, name);
    if (text !== undefined) this.holes(`${topic}/${name}`, text, sees);
  }

  /** Notes that a file of templates/ is used; gives its text. */
  program(path: Path, topic: string, name: string): string | undefined {
    const file = `${topic}/${name}`;
    const text = this.catalog.templates[file];
    this.files.add(file);
    if (text === undefined)
      this.findings.push({ path, message: `there is no file templates/${file}`, ...nearFile(this.catalog, topic, name) });
    return text;
  }

  private holes(file: string, text: string, sees: Sees): void {
    const path = ['templates', file];
    // Comment lines keep their length, so that offsets stay right.
    const code = text.replace(/^#.*$/gm, (line) => ' '.repeat(line.length));
    for (let open = code.indexOf('${'); open >= 0; ) {
      try {
        const close = closingBrace(code, open + 2);
        const [part] = parseTemplate(code.slice(open, close + 1).replaceAll(/\s*\n\s*/g, ' '));
        if (part && 'expression' in part) this.list.push({ path, at: placeOf(text, open), expression: part.expression, sees });
        open = code.indexOf('${', close);
      } catch {
        // parseCommands reports what is not closed, with its line.
        return;
      }
    }
  }
}

function nearFile(catalog: Catalog, topic: string, name: string): { readonly hint?: string } {
  const files = Object.keys(catalog.templates).filter((file) => file.startsWith(`${topic}/`));
  const base = files.map((file) => file.slice(topic.length + 1));
  return meant(name, base);
}
