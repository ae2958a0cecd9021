import type { Catalog } from './catalog.ts';
import { commandFindings, commandsIn, inlineFindings, isSilent } from './lint-commands.ts';
import type { Finding, Path } from './lint-finding.ts';
import type { Action, Kinds, Resource } from './schema.ts';

/** What is wrong with how things are taken back. */
export function lintUndo(catalog: Catalog): Finding[] {
  return [
    ...manifestFindings(catalog),
    ...Object.entries(catalog.kinds).flatMap(([id, kind]) => kindFindings(catalog, kind, ['kinds', id])),
    ...catalog.topics.flatMap(({ topic, resources = [], actions = [] }) => [
      ...resources.flatMap((resource, index) => resourceFindings(resource, ['topics', topic, 'resources', index])),
      ...actions.flatMap((action, index) => actionFindings(catalog, topic, action, ['topics', topic, 'actions', index])),
    ]),
  ];
}

function manifestFindings({ manifest }: Catalog): Finding[] {
  const { programs } = manifest;
  return (['remove', 'read', 'restore'] as const).flatMap((key) => {
    const path = ['manifest', key];
    if (!manifest[key].startsWith(`${programs[0]} `)) return [{ path, message: `«${key}» is a command of ${programs[0]}` }];
    return commandsIn(manifest[key]).length === 1 ? [] : [{ path, message: `«${key}» is one command` }];
  });
}

function kindFindings(catalog: Catalog, kind: Kinds[string], at: Path): Finding[] {
  const { undo, purge, softly, empty, kept, soft_deleted: softDeleted } = kind;
  const more = Object.entries({ undo, purge, softly, empty }).filter(([, value]) => value !== undefined);
  return [
    ...(kept === undefined ? [] : more.map(([key]) => ({ path: [...at, key], message: `what is kept has no «${key}»` }))),
    ...inlineFindings(catalog, undo, [...at, 'undo']),
    ...inlineFindings(catalog, purge, [...at, 'purge']),
    ...emptyFindings(catalog, empty, [...at, 'empty']),
    ...(softDeleted && kept === undefined && (purge === undefined || softly === undefined)
      ? [{ path: at, key: true, message: 'what Azure only soft-deletes needs purge: and softly:' }]
      : []),
  ];
}

/** A reason for what nothing would take back anyway misleads whoever reads it. */
function resourceFindings({ kept, create, update }: Resource, at: Path): Finding[] {
  if (kept === undefined || create !== undefined || update !== undefined) return [];
  return [{ path: [...at, 'kept'], message: 'nothing is made and nothing changed here, so there is nothing to take back' }];
}

function actionFindings(catalog: Catalog, topic: string, { id, undo, kept, empty }: Action, at: Path): Finding[] {
  const path = [...at, undo === undefined ? 'id' : 'undo'];
  return [
    ...(undo === undefined && kept === undefined
      ? [{ path, message: `say of «${id}» how it is taken back (undo:) or why it is not (kept:)`, hint: 'kept: Nothing was made.' }]
      : []),
    ...(undo !== undefined && kept !== undefined ? [{ path, message: 'give undo or kept, not both' }] : []),
    ...(undo === undefined && empty !== undefined
      ? [{ path: [...at, 'empty'], message: 'empty is looked at before undo, and there is none' }]
      : []),
    ...(undo === undefined ? [] : commandFindings(catalog, `${topic}/${undo}`)),
    ...emptyFindings(catalog, empty, [...at, 'empty']),
  ];
}

function emptyFindings(catalog: Catalog, empty: Action['empty'], at: Path): Finding[] {
  if (empty === undefined) return [];
  const path = [...at, 'run'];
  const commands = commandsIn(empty.run);
  return [
    ...inlineFindings(catalog, empty.run, path),
    ...(commands.length > 1 ? [{ path, message: 'a look is one command' }] : []),
    ...(commands.some((command) => isSilent(command, catalog.manifest.programs[0]))
      ? [{ path, message: 'az is kept quiet, so a look needs --output tsv' }]
      : []),
  ];
}
