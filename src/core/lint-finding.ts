import { nearest } from './errors.ts';

/** Where something stands in the catalog, such as topics, training_subnet, rules, 0, must. */
export type Path = readonly (string | number)[];

/** A line and column of a template file, both from 1. */
export interface Place {
  readonly line: number;
  readonly col: number;
}

/** Something wrong in the catalog; whoever read the files turns the path into file, line and column. */
export interface Finding {
  readonly path: Path;
  /** For a template file: where in it. */
  readonly at?: Place;
  /** The key itself is meant, not its value. */
  readonly key?: boolean;
  readonly message: string;
  readonly hint?: string;
}

/** The hint «did you mean …?», when a known word is near; `before` is put in front of that word. */
export function meant(word: string, known: Iterable<string>, before = ''): { readonly hint?: string } {
  const near = nearest(word, known);
  return near === undefined || near === word ? {} : { hint: `did you mean ${before}${near}?` };
}

/** Reports a name that is not among those that are known. */
export function known(names: Iterable<string>, name: string, path: Path, is: string): Finding[] {
  const all = [...names];
  return all.includes(name) ? [] : [{ path, message: `there is no ${is} «${name}»`, ...meant(name, all) }];
}

/** The line and column of an offset in a text, both from 1. */
export function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, col: (before[before.length - 1] ?? '').length + 1 };
}
