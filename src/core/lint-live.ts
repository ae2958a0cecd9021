import { type Catalog, questionsOf } from './catalog.ts';
import { type Finding, known, type Path } from './lint-finding.ts';
import type { Field } from './schema.ts';
import type { Live } from './schema-live.ts';
import { templateExpressions } from './template.ts';

/** What the choices of a question out of Azure name: reads that need no plan, and questions that they fill. */
export function lintLive(catalog: Catalog, question: Field, path: Path): Finding[] {
  const { live } = question;
  if (!live) return [];
  const reads = new Map(catalog.topics.flatMap((topic) => topic.reads ?? []).map((read) => [read.id, read]));
  const named: (readonly [string, Path])[] = [
    [live.read, [...path, 'read']],
    ...Object.entries(live.also ?? {}).map(([name, read]): [string, Path] => [read, [...path, 'also', name]]),
  ];
  return [
    ...kindFindings(question, path),
    ...named.flatMap(([id, at]) => [
      ...known(reads.keys(), id, at, 'read'),
      ...(reads.get(id)?.run === undefined ? [] : commandFinding(id, at)),
    ]),
    ...named.flatMap(([id, at]) => planFindings(catalog, reads.get(id), at)),
    ...fillFindings(catalog, question, live, path),
  ];
}

function kindFindings({ kind }: Field, path: Path): Finding[] {
  if (kind === 'resource' || kind === 'text' || kind === 'choice') return [];
  return [{ path, message: `a question of kind ${kind} cannot be answered from a list of Azure; text, resource and choice can` }];
}

function commandFinding(id: string, path: Path): Finding[] {
  return [{ path, message: `«${id}» runs a command; choices come from get, post or graph` }];
}

/** Choices are asked for before there is a plan. */
function planFindings(catalog: Catalog, read: { readonly [key: string]: unknown } | undefined, path: Path): Finding[] {
  const resources = new Set(catalog.topics.flatMap((topic) => topic.resources ?? []).map(({ id }) => id));
  const questions = [...questionsOf(catalog).keys()];
  const texts = [read?.['get'], read?.['post'], read?.['graph']].filter((text) => typeof text === 'string');
  const roots = texts.flatMap(templateExpressions).map((expression) => /^[a-z_]+/.exec(expression)?.[0] ?? '');
  const wrong = roots.find((root) => resources.has(root) && !questions.some((id) => id === root || id.startsWith(`${root}.`)));
  return wrong === undefined
    ? []
    : [{ path, message: `this read needs the resource «${wrong}», and there is no plan yet when choices are offered` }];
}

function fillFindings(catalog: Catalog, question: Field, { fills = {} }: Live, path: Path): Finding[] {
  const ids = [...questionsOf(catalog)].flatMap(([id, one]) => (one.question.kind === 'group' ? [] : [id]));
  return Object.keys(fills).flatMap((id): Finding[] => {
    const at = [...path, 'fills', id];
    if (id === question.id) return [{ path: at, key: true, message: `«${id}» is this very question; its answer is value:` }];
    return known(ids, id, at, 'question').map((one) => ({ ...one, key: true }));
  });
}
