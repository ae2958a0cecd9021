import type { Catalog } from './catalog.ts';
import type { Finding, Path } from './lint-finding.ts';
import { reservedName } from './reserved-names.ts';
import type { Topic } from './schema.ts';
import { queryName, rowValueName, variableName } from './variable-name.ts';

/** A value that a script may hold in a variable, and the place of the catalog that gives it its name. */
interface Variable {
  readonly id: string;
  readonly path: Path;
  readonly key?: boolean;
}

/** Names of values that a script cannot use as variables: of a wrong form, the same as another, or taken. */
export function lintVariables(catalog: Catalog): Finding[] {
  const found = [...nounsTwice(catalog), ...wrongIn([...catalog.topics.flatMap(variablesOf), ...queriesOf(catalog)])];
  // One finding for a place: all rows of a group are wrong in the same way.
  const places = found.map(({ path }) => path.join('/'));
  return found.filter((_, index) => places.indexOf(places[index] ?? '') === index);
}

/** The noun of a group begins the variables of its rows. */
function nounsTwice(catalog: Catalog): Finding[] {
  const first = new Map<string, string>();
  return catalog.topics.flatMap((topic) =>
    (topic.questions ?? []).flatMap((question, index): Finding[] => {
      if (question.kind !== 'group') return [];
      const name = variableName(question.noun);
      const earlier = first.get(name);
      if (earlier === undefined) first.set(name, question.id);
      const message = `in a script the rows of «${question.id}» and «${earlier}» would be the same variables ${name}_1_…; give one of them another noun`;
      return earlier === undefined ? [] : [{ path: ['topics', topic.topic, 'questions', index, 'noun'], message }];
    }),
  );
}

function variablesOf(topic: Topic): Variable[] {
  const at: Path = ['topics', topic.topic];
  return [
    ...(topic.questions ?? []).flatMap((question, index): Variable[] => {
      const path = [...at, 'questions', index];
      if (question.kind !== 'group') return [{ id: question.id, path: [...path, 'id'] }];
      const rows = Array.from({ length: question.max }, (_, row) => row);
      return rows.flatMap((row) =>
        question.fields.map(({ id }) => ({ id: rowValueName(question.noun, row, id), path: [...path, 'noun'] })),
      );
    }),
    ...Object.keys(topic.values ?? {}).map((id): Variable => ({ id, path: [...at, 'values', id], key: true })),
    ...(topic.resources ?? []).flatMap(({ id, each, outputs }, index): Variable[] => {
      const path = [...at, 'resources', index];
      const read = Object.keys(outputs ?? {}).map((name) => ({ id: `${id}.${name}`, path: [...path, 'outputs', name], key: true }));
      return each === undefined ? [{ id: `${id}.id`, path: [...path, 'id'] }, ...read] : read;
    }),
  ];
}

/** Look-ups of one kind may share a query; the first of each kind stands for those that follow. */
function queriesOf({ kinds }: Catalog): Variable[] {
  return Object.keys(kinds).map((kind) => ({ id: queryName(kind, 0), path: ['kinds', kind], key: true }));
}

function wrongIn(variables: readonly Variable[]): Finding[] {
  const first = new Map<string, Variable>();
  return variables.flatMap((one): Finding[] => {
    const name = variableName(one.id);
    const earlier = first.get(name);
    if (!earlier) first.set(name, one);
    // Ids that are given twice are told by another check.
    if (earlier?.id === one.id) return [];
    const message = wrongWith(one.id, name, earlier?.id);
    return message === undefined ? [] : [{ path: one.path, ...(one.key ? { key: true } : {}), message }];
  });
}

function wrongWith(id: string, name: string, earlier: string | undefined): string | undefined {
  if (earlier !== undefined) return `in a script «${id}» and «${earlier}» are the same variable ${name}`;
  if (!/^[A-Z][A-Z0-9_]*$/.test(name)) return `in a script «${id}» would be the variable ${name}, which no script can have`;
  return reservedName(name)
    ? `in a script «${id}» would be the variable ${name}, which belongs to the shell, to az or to the script`
    : undefined;
}
