/** Parts of the catalog of which a start needs little: each entry stays JSON text until somebody asks for it. */
export interface Late {
  /** The syntax trees of expressions by their text. */
  readonly expressions: ReadonlyMap<string, string>;
  readonly facts: ReadonlyMap<string, string>;
  readonly errors: ReadonlyMap<string, string>;
}

// Characters that no JSON text holds unescaped, so that nothing has to be escaped here.
const field = '\u0001';
const record = '\u0002';
const parts = ['expressions', 'facts', 'errors'] as const;

/** Entries as one text of ASCII, which is read without decoding; an entry with another key is left out. */
export function lateText(entries: Readonly<Record<(typeof parts)[number], Readonly<Record<string, unknown>>>>): string {
  return parts
    .flatMap((part) => Object.entries(entries[part]).map(([key, value]) => [part, key, escaped(JSON.stringify(value))].join(field)))
    .filter((entry) => !/[\u0080-\uffff]/.test(entry))
    .join(record);
}

function escaped(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The entries of such a text, none of them parsed. */
export function lateOf(text: string): Late {
  const late = { expressions: new Map<string, string>(), facts: new Map<string, string>(), errors: new Map<string, string>() };
  for (const entry of text.split(record)) {
    const [part = '', key = '', json = ''] = entry.split(field);
    late[part as keyof Late]?.set(key, json);
  }
  return late;
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
