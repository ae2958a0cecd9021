import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import type { z } from 'zod';
import type { Catalog } from '../core/catalog.ts';
import { lintCatalog } from '../core/lint.ts';
import type { Finding } from '../core/lint-finding.ts';
import { holdAgainst } from '../core/lint-schema.ts';
import {
  exampleSchema,
  factsSchema,
  formatsSchema,
  kindsSchema,
  knownErrorsSchema,
  manifestSchema,
  type Topic,
  tablesSchema,
  topicSchema,
} from '../core/schema.ts';
import { shownSchema } from '../core/schema-checks.ts';
import { glossarySchema } from '../core/schema-glossary.ts';
import { sampleSchema } from '../core/schema-sample.ts';
import { readYaml, type YamlSource } from './yaml-source.ts';

/** Something wrong in a file of the catalog, at its line and column (from 1). */
export interface CatalogProblem {
  readonly file: string;
  readonly line: number;
  readonly col: number;
  readonly message: string;
  readonly hint?: string;
}

/** A catalog with everything that is wrong with it. */
export interface CatalogReading {
  /** Absent when a file has the wrong form. */
  readonly catalog: Catalog | undefined;
  readonly problems: readonly CatalogProblem[];
  /** Every file that was read. */
  readonly files: readonly string[];
}

/** The line that a person reads for a problem: file:line:col, what is wrong, and what helps. */
export function problemLine({ file, line, col, message, hint }: CatalogProblem): string {
  return `${file}:${line}:${col} ${message}${hint === undefined ? '' : ` (${hint})`}`;
}

/** Reads and checks `checklists/` and `templates/` below a folder; reports all problems at once, by file and line. */
export async function readCatalog(root: string): Promise<CatalogReading> {
  const paths = await catalogFiles(root);
  const texts = new Map(await Promise.all(paths.map(async (path) => [path, await readFile(join(root, path), 'utf8')] as const)));
  const reading = new Reading();
  for (const name of ['catalog', 'kinds', 'formats']) {
    if (!texts.has(`checklists/${name}.yaml`))
      reading.problems.push({ file: `checklists/${name}.yaml`, line: 1, col: 1, message: 'the file is missing' });
  }
  for (const [path, text] of texts) reading.add(path, text);
  const { catalog, problems } = reading.result();
  return { catalog, problems, files: paths.map((path) => join(root, path)) };
}

async function catalogFiles(root: string): Promise<string[]> {
  const paths = [...(await filesBelow(root, 'checklists')), ...(await filesBelow(root, 'templates'))];
  return paths.filter((path) => (path.startsWith('templates/') ? !path.includes('/expected/') : path.endsWith('.yaml'))).sort();
}

async function filesBelow(root: string, folder: string): Promise<string[]> {
  try {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw cause;
  }
}

function problemAt(source: YamlSource, finding: Finding, path: Finding['path'] = finding.path): CatalogProblem {
  const { message, hint, key } = finding;
  return { file: source.file, ...source.placeOf(path, key), message, ...(hint === undefined ? {} : { hint }) };
}

/** The catalog while its files come in; kept as a class because parts, places and problems grow together. */
class Reading {
  readonly problems: CatalogProblem[] = [];
  private readonly sources = new Map<string, YamlSource>();
  private readonly factPlaces = new Map<string, { readonly file: string; readonly index: number }>();
  private readonly tablePlaces = new Map<string, string>();
  private readonly topicFiles = new Map<string, string>();
  /** Every file has the right form. */
  private sound = true;
  /** Every file has the right form but for unknown keys and missing facts. */
  private usable = true;
  private manifest: Catalog['manifest'] | undefined;
  private kinds: Catalog['kinds'] = {};
  private formats: Catalog['formats'] = {};
  private errors: Catalog['errors'] = [];
  private glossary: Catalog['glossary'] = [];
  private readonly facts: Record<string, Catalog['facts'][string]> = {};
  private readonly tables: Record<string, Catalog['tables'][string]> = {};
  private readonly topics: Topic[] = [];
  private readonly templates: Record<string, string> = {};
  private readonly examples: Record<string, Catalog['examples'][string]> = {};
  private readonly answers: Record<string, Catalog['answers'][string]> = {};
  private readonly samples: Record<string, Catalog['samples'][string]> = {};

  add(path: string, text: string): void {
    const [top, ...rest] = path.split('/');
    if (top === 'templates') this.templates[rest.join('/')] = text;
    else this.addYaml(path, rest, readYaml(path, text));
  }

  private addYaml(path: string, [first = '', second]: readonly string[], source: YamlSource): void {
    this.sources.set(path, source);
    const name = basename(path, '.yaml');
    if (source.problems.length > 0) this.refuse(source.problems.map((problem) => ({ file: path, ...problem })));
    else if (second === undefined) this.addTop(source, name);
    else if (first === 'facts') this.addFacts(source, name);
    else if (first === 'tables') this.addTables(source, this.held(source, tablesSchema) ?? {}, []);
    else if (first === 'examples') this.addExample(source, name);
    else if (!this.addShownOrSample(first, source, name))
      this.refuse([
        {
          file: path,
          line: 1,
          col: 1,
          message:
            'a checklist stands in checklists/, checklists/facts/, checklists/tables/, checklists/answers/, checklists/sample/ or checklists/examples/',
        },
      ]);
  }

  /** A file of checklists/ itself: one of those that the whole catalog shares, or a topic. */
  private addTop(source: YamlSource, name: string): void {
    if (name === 'catalog') this.manifest = this.held(source, manifestSchema);
    else if (name === 'kinds') this.kinds = this.held(source, kindsSchema) ?? {};
    else if (name === 'formats') this.formats = this.held(source, formatsSchema) ?? {};
    else if (name === 'known-errors') this.errors = this.held(source, knownErrorsSchema) ?? [];
    else if (name === 'glossary') this.glossary = this.held(source, glossarySchema) ?? [];
    else this.addTopic(source, name);
  }

  private refuse(problems: readonly CatalogProblem[]): void {
    this.problems.push(...problems);
    this.sound = false;
    this.usable = false;
  }

  private held<T>(source: YamlSource, schema: z.ZodType<T>): T | undefined {
    const { value, findings } = holdAgainst(schema, source.tree);
    this.problems.push(...findings.map((finding) => problemAt(source, finding)));
    if (findings.length > 0) this.sound = false;
    if (value === undefined) this.usable = false;
    return value;
  }

  private addTopic(source: YamlSource, name: string): void {
    const topic = this.held(source, topicSchema);
    if (!topic) return;
    const called = name.replaceAll('-', '_');
    if (topic.topic !== called)
      this.problems.push(problemAt(source, { path: ['topic'], message: `a topic is called like its file: ${called}` }));
    if (this.topicFiles.has(topic.topic)) return;
    this.topicFiles.set(topic.topic, source.file);
    this.topics.push(topic);
    this.addTables(source, topic.tables ?? {}, ['tables']);
  }

  private addFacts(source: YamlSource, subject: string): void {
    for (const [index, fact] of (this.held(source, factsSchema) ?? []).entries()) {
      const known = this.factPlaces.get(fact.id);
      if (known) {
        this.problems.push(problemAt(source, { path: [index, 'id'], message: `there is already a fact «${fact.id}» (${known.file})` }));
        continue;
      }
      this.factPlaces.set(fact.id, { file: source.file, index });
      this.facts[fact.id] = { ...fact, subject };
    }
  }

  private addTables(source: YamlSource, tables: Catalog['tables'], path: readonly string[]): void {
    for (const [id, rows] of Object.entries(tables)) {
      const known = this.tablePlaces.get(id);
      if (known) {
        this.problems.push(problemAt(source, { path: [...path, id], key: true, message: `there is already a table «${id}» (${known})` }));
        continue;
      }
      this.tablePlaces.set(id, source.file);
      this.tables[id] = rows;
    }
  }

  private addExample(source: YamlSource, name: string): void {
    const example = this.held(source, exampleSchema);
    if (example) this.examples[name] = example;
  }

  private addShown(source: YamlSource, name: string): void {
    const shown = this.held(source, shownSchema);
    if (shown) this.answers[name.replaceAll('-', '_')] = shown;
  }

  private addShownOrSample(folder: string, source: YamlSource, name: string): boolean {
    if (folder === 'answers') this.addShown(source, name);
    if (folder === 'sample') this.addSample(source, name);
    return folder === 'answers' || folder === 'sample';
  }

  private addSample(source: YamlSource, name: string): void {
    const sample = this.held(source, sampleSchema);
    if (sample) this.samples[name] = sample;
  }

  result(): { readonly catalog: Catalog | undefined; readonly problems: readonly CatalogProblem[] } {
    const catalog = this.catalog();
    if (catalog) this.problems.push(...lintCatalog(catalog).map((finding) => this.placed(finding)));
    // The form of a file and the rules may find the same.
    const found = [...new Map(this.problems.map((problem) => [problemLine(problem), problem])).values()];
    const problems = found.toSorted((a, b) => (a.file === b.file ? a.line - b.line || a.col - b.col : a.file < b.file ? -1 : 1));
    return { catalog: this.sound ? catalog : undefined, problems };
  }

  private catalog(): Catalog | undefined {
    const { manifest, kinds, formats, facts, tables, templates, examples, answers, samples, errors, glossary } = this;
    if (!manifest || !this.usable) return undefined;
    const topics = this.topics.toSorted((a, b) => a.order - b.order);
    return { manifest, kinds, formats, facts, tables, topics, templates, examples, answers, samples, errors, glossary };
  }

  /** Turns a path into the catalog into a place of a file. */
  private placed(finding: Finding): CatalogProblem {
    const [part = '', name = '', ...rest] = finding.path;
    const id = String(name);
    if (part === 'templates')
      return {
        file: `templates/${id}`,
        ...(finding.at ?? { line: 1, col: 1 }),
        message: finding.message,
        ...(finding.hint ? { hint: finding.hint } : {}),
      };
    const [file, path] = this.fileAndPath(String(part), id, rest);
    const source = this.sources.get(file);
    return source ? problemAt(source, finding, path) : { file, line: 1, col: 1, message: finding.message };
  }

  private fileAndPath(part: string, id: string, rest: readonly (string | number)[]): readonly [string, readonly (string | number)[]] {
    switch (part) {
      case 'topics':
        return [this.topicFiles.get(id) ?? '', rest];
      case 'facts': {
        const place = this.factPlaces.get(id);
        return [place?.file ?? '', [place?.index ?? 0, ...rest]];
      }
      case 'tables': {
        const file = this.tablePlaces.get(id) ?? '';
        return [file, [...(file.startsWith('checklists/tables/') ? [] : ['tables']), id, ...rest]];
      }
      case 'examples':
        return [`checklists/examples/${id}.yaml`, rest];
      case 'answers':
        return [`checklists/answers/${id.replaceAll('_', '-')}.yaml`, rest];
      case 'samples':
        return [`checklists/sample/${id}.yaml`, rest];
      case 'errors':
        return ['checklists/known-errors.yaml', [Number(id), ...rest]];
      case 'glossary':
        return ['checklists/glossary.yaml', [Number(id), ...rest]];
      case 'manifest':
        return ['checklists/catalog.yaml', id === '' ? rest : [id, ...rest]];
      default:
        return [`checklists/${part}.yaml`, [id, ...rest]];
    }
  }
}
