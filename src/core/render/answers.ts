import { Document } from 'yaml';
import type { Catalog } from '../catalog.ts';
import type { Json, JsonObject } from '../json.ts';
import { setPath } from '../json.ts';
import { type Answers, asksForAnother } from '../situation.ts';
import { situationOf } from '../walk.ts';

/** answers.yaml: every answer in the order of the questions; `render --answers` makes the same files from it. */
export function answersFile(catalog: Catalog, answers: Answers): string {
  const tree = answersTree(catalog, answers);
  // The Document alone, so that the parser of the library stays unloaded.
  return new Document({ amlguide: 1, catalog: catalog.manifest.version, answers: tree }).toString({ lineWidth: 0 });
}

/** Answers as a file holds them: keys of questions; a group is a list of rows. */
function answersTree(catalog: Catalog, answers: Answers): JsonObject {
  const tree: JsonObject = {};
  for (const { key, question, row } of situationOf(catalog, answers).asked) {
    const value = answers[key];
    if (value === undefined || asksForAnother({ key })) continue;
    if (!row) tree[key] = value;
    else {
      const rows = (tree[row.group.id] ?? []) as Json[];
      const fields = { ...((rows[row.index] ?? {}) as JsonObject) };
      setPath(fields, [question.id], value);
      tree[row.group.id] = [...rows.slice(0, row.index), fields, ...rows.slice(row.index + 1)];
    }
  }
  return tree;
}
