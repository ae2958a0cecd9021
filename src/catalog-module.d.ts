/** What the build makes of `checklists/` and `templates/`; the loader in core gives it its real type. */
declare module 'amlguide:catalog' {
  export const catalog: unknown;
  /** Entries that `lateOf` takes apart. */
  export const late: string;
}

/** What the build makes of `checklists/sample/`. */
declare module 'amlguide:sample' {
  export const sample: unknown;
}
