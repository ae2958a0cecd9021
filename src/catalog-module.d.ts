/** What the build makes of `checklists/` and `templates/`; the loader in core gives it its real type. */
declare module 'amlguide:catalog' {
  export const catalog: unknown;
}
