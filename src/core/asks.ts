import type { Json } from './json.ts';

/** One thing to ask Azure; all of them only read. */
export type Ask =
  /** A path below Resource Manager; with `list` the pages that follow too, as {value: […]}. */
  | { readonly get: string; readonly api: string; readonly list?: boolean }
  /** A POST that only reads; with `wait` the work that it starts is followed to its end. */
  | { readonly post: string; readonly api: string; readonly body: Json; readonly list?: boolean; readonly wait?: boolean }
  /** A query of Resource Graph; the answer is the list of all rows. */
  | { readonly graph: string };

/** Why there is no answer, or not a whole one. */
export type Gap =
  | 'absent'
  | 'forbidden'
  | 'signed out'
  | 'throttled'
  | 'unreachable'
  | 'partial'
  | 'refused'
  | 'not installed'
  | 'timed out'
  | 'unexpected';

/** What came back, or why there is nothing; `at` is the time of the reading, ISO 8601. */
export type Reading =
  | { readonly ok: true; readonly value: Json; readonly at: string }
  | { readonly ok: false; readonly why: Gap; readonly message: string; readonly value?: Json; readonly at: string };
