import type { z } from 'zod';
import { nearest } from './errors.ts';
import { isObject } from './json.ts';
import type { Finding, Path } from './lint-finding.ts';

/** What a schema says about a parsed file: its value, or what is wrong with it. */
export interface SchemaResult<T> {
  /** Present when the form is right, or wrong only in ways that can be looked past, such as unknown keys and missing facts. */
  readonly value: T | undefined;
  readonly findings: readonly Finding[];
}

type Issue = z.core.$ZodIssue;
type Steps = readonly (string | number)[];

/** Holds a tree against a schema and reports everything in a person's words; paths lead into the tree. */
export function holdAgainst<T>(schema: z.ZodType<T>, tree: unknown): SchemaResult<T> {
  const result = schema.safeParse(tree, { reportInput: true });
  if (result.success) return { value: result.data, findings: [] };
  const issues = result.error.issues.flatMap((issue) => innermost(issue, tree));
  const findings = issues.flatMap((issue) => findingsOf(issue, schema, tree));
  const harmless = issues.every(isHarmless);
  // The linter goes on over a mended tree, so that one run shows everything.
  return { value: harmless ? (mended(tree, issues) as T) : undefined, findings };
}

/** Replaces «invalid union» by what is wrong in the variant that was meant. */
function innermost(issue: Issue, tree: unknown): Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const at = stepsOf(issue);
  if (issue.errors.length === 0) return [oneOfKinds(issue, [issue], at.slice(0, -1))];
  const variants = issue.errors.map((issues) => issues.map((one) => ({ ...one, path: [...at, ...one.path] }) as Issue));
  const right = variants.filter((issues) => !issues.some((one) => isWrongVariant(one, at)));
  const best = right.toSorted((a, b) => a.length - b.length)[0];
  if (best) return best.flatMap((one) => innermost(one, tree));
  return [oneOfKinds(issue, variants.flat(), at)];
}

/** A variant is wrong when its own kind differs, or when it is not even a list, an object or a text. */
function isWrongVariant(issue: Issue, at: Steps): boolean {
  const steps = stepsOf(issue);
  const atKind = steps.length === at.length + 1 && steps.at(-1) === 'kind';
  return (
    (atKind && (issue.code === 'invalid_value' || issue.code === 'invalid_union')) ||
    (steps.length === at.length && issue.code === 'invalid_type')
  );
}

function oneOfKinds(issue: Issue, inner: readonly Issue[], at: Steps): Issue {
  const atKind = inner.filter((one) => one.path.at(-1) === 'kind');
  if (atKind.length === 0) return issue;
  const values = atKind.flatMap((one) =>
    one.code === 'invalid_value' ? one.values : 'options' in one && Array.isArray(one.options) ? one.options : [],
  );
  return { code: 'invalid_value', values, path: [...at, 'kind'], message: '' } as Issue;
}

function stepsOf(issue: Issue): Steps {
  return issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
}

function findingsOf(issue: Issue, schema: z.ZodType, tree: unknown): Finding[] {
  const path = stepsOf(issue);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(schema, tree, path, key));
  if (isUnsourced(issue))
    return [
      {
        path: valueAt(tree, path) === undefined ? path.slice(0, -1) : path,
        message: 'unsourced: name at least one fact under facts:',
        hint: 'the ids stand in facts/*.yaml',
      },
    ];
  if (issue.code === 'invalid_key') return [{ path, key: true, message: issue.issues[0]?.message ?? issue.message }];
  if (issue.code === 'invalid_value') return [wrongValue(issue.values.map(String), path, valueAt(tree, path))];
  if (issue.code === 'invalid_type') return [wrongType(issue.expected, path, valueAt(tree, path))];
  return [{ path, message: `«${path.at(-1) ?? ''}»: ${lowerFirst(issue.message)}` }];
}

function isUnsourced(issue: Issue): boolean {
  if (issue.path.at(-1) !== 'facts') return false;
  return issue.code === 'too_small' || (issue.code === 'invalid_type' && (issue.input === undefined || issue.input === null));
}

/** The tree has the right types all the same, once it is mended. */
function isHarmless(issue: Issue): boolean {
  return ['unrecognized_keys', 'too_big', 'too_small', 'invalid_format'].includes(issue.code) || isUnsourced(issue);
}

function wrongValue(values: readonly string[], path: Path, value: unknown): Finding {
  const name = String(path.at(-1) ?? '');
  if (value === undefined) return missing(path, name);
  const near = nearest(String(value), values);
  return {
    path,
    message: `«${name}» is «${String(value)}», but has to be one of ${values.join(', ')}`,
    ...(near === undefined ? {} : { hint: `did you mean ${near}?` }),
  };
}

function wrongType(expected: string, path: Path, value: unknown): Finding {
  const name = String(path.at(-1) ?? 'the file');
  if (value === undefined) return missing(path, name);
  return { path, message: `«${name}» has to be ${words[expected] ?? expected}, not ${words[typeOf(value)] ?? typeOf(value)}` };
}

const words: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys',
  record: 'a map of keys',
  null: 'empty',
};

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function missing(path: Path, name: string): Finding {
  return { path: path.slice(0, -1), message: `«${name}» is missing` };
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

function unknownKey(schema: z.ZodType, tree: unknown, path: Path, key: string): Finding {
  const near = nearest(key, keysAt(schema, tree, path));
  return {
    path: [...path, key],
    key: true,
    message: `there is no key «${key}» here`,
    ...(near === undefined ? {} : { hint: `did you mean ${near}?` }),
  };
}

/** What is read of a schema to find the keys that it knows. */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly values?: readonly unknown[];
}

function definitionOf(schema: z.ZodType): Definition {
  return schema.def as unknown as Definition;
}

/** The keys that a schema allows at a path of a tree. */
function keysAt(schema: z.ZodType, tree: unknown, path: Path): string[] {
  let at = variantsOf(schema, tree);
  let value = tree;
  for (const step of path) {
    value = isObject(value) || Array.isArray(value) ? (value as Record<string, unknown>)[step] : undefined;
    at = at.flatMap((one) => {
      const { type, shape, element, valueType } = definitionOf(one);
      const next = type === 'object' ? shape?.[step] : type === 'array' ? element : valueType;
      return next ? variantsOf(next, value) : [];
    });
  }
  return at.flatMap((one) => Object.keys(definitionOf(one).shape ?? {}));
}

/** The object, list or map behind a schema; of a union those whose `kind` is that of the value. */
function variantsOf(schema: z.ZodType, value: unknown): z.ZodType[] {
  const { innerType, options } = definitionOf(schema);
  if (innerType) return variantsOf(innerType, value);
  if (!options) return [schema];
  return options.flatMap((option) => variantsOf(option, value)).filter((option) => kindFits(option, value));
}

function kindFits(schema: z.ZodType, value: unknown): boolean {
  const kind = definitionOf(schema).shape?.['kind'];
  const values = kind ? definitionOf(kind).values : undefined;
  return !values || !isObject(value) || values.includes(value['kind']);
}

function valueAt(tree: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, step) => (at === null || typeof at !== 'object' ? undefined : (at as Record<string, unknown>)[step]),
    tree,
  );
}

/** A copy without the keys that are not known, and with empty lists where facts are missing. */
function mended(tree: unknown, issues: readonly Issue[]): unknown {
  const copy: unknown = structuredClone(tree);
  for (const issue of issues) {
    const path = stepsOf(issue);
    const at = valueAt(copy, issue.code === 'unrecognized_keys' ? path : path.slice(0, -1)) as Record<string, unknown>;
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) delete at[key];
    } else if (isUnsourced(issue)) at['facts'] = [];
  }
  return copy;
}
