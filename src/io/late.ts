/** Parts of the catalog of which a start needs little: each entry stays JSON text until somebody asks for it. */
export interface Late {
  /** The syntax trees of expressions by their text. */
  readonly expressions: ReadonlyMap<string, string>;
  readonly facts: ReadonlyMap<string, string>;
  readonly errors: ReadonlyMap<string, string>;
  readonly glossary: ReadonlyMap<string, string>;
}

// Stand between keys and values and after each part. No JSON text holds these characters unescaped, so that nothing has to be escaped here.
const field = '\u0001';
const end = '\u0002';
const parts = ['expressions', 'facts', 'errors', 'glossary'] as const;

/** Entries as one text of ASCII, which is read without decoding; an entry with another key is left out. */
export function lateText(entries: Readonly<Record<(typeof parts)[number], Readonly<Record<string, unknown>>>>): string {
  return parts
    .map((part) => Object.entries(entries[part]).filter(([key]) => !/[\u0080-\uffff]/.test(key)))
    .map((part) => part.flatMap(([key, value]) => [key, escaped(JSON.stringify(value))]).join(field))
    .join(end);
}

function escaped(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The entries of such a text, none of them parsed. */
export function lateOf(text: string): Late {
  const [expressions = new Map(), facts = new Map(), errors = new Map(), glossary = new Map()] = text.split(end).map(entriesIn);
  return { expressions, facts, errors, glossary };
}

function entriesIn(part: string): Map<string, string> {
  const fields = part.split(field);
  const found = new Map<string, string>();
  for (let at = 0; at + 1 < fields.length; at += 2) found.set(fields[at] ?? '', fields[at + 1] ?? '');
  return found;
}

/** An object whose values are parsed when they are first read. */
export function lazily<T>(entries: ReadonlyMap<string, string>): Readonly<Record<string, T>> {
  const held: Record<string, T> = {};
  for (const [key, json] of entries) {
    let value: T | undefined;
    const get = (): T => {
      value ??= JSON.parse(json) as T;
      return value;
    };
    Object.defineProperty(held, key, { enumerable: true, get });
  }
  return held;
}
