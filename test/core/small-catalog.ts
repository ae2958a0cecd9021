import type { Catalog } from '../../src/core/catalog.ts';
import type { Json } from '../../src/core/json.ts';
import { type Plan, plan } from '../../src/core/plan.ts';
import { problemLine, readCatalog } from '../../src/io/read-catalog.ts';
import { goodCatalog, writeCatalog } from '../write-catalog.ts';

/** The files of a catalog of one topic; the questions of every such topic are `subscription` and `vnet.name`. */
export function smallFiles(topic: string, templates: Readonly<Record<string, string>> = {}): Record<string, string> {
  const shared = Object.entries(goodCatalog).filter(([path]) => /\/(catalog|kinds|formats)\.yaml$/.test(path));
  const fact = {
    id: 'known',
    kind: 'tip',
    status: 'valid',
    says: 'Known.',
    sources: [{ page: 'p' }],
    applies_to: ['all'],
    verify_by: 'reading',
  };
  return {
    ...Object.fromEntries(shared),
    'checklists/facts/known.yaml': JSON.stringify([fact]),
    'checklists/small.yaml': `topic: small
title: Small
order: 10
questions:
  - {id: subscription, kind: text, format: name, ask: Which subscription?, label: subscription}
  - {id: vnet.name, kind: text, format: name, ask: Which network?, label: network}
${topic}`,
    ...Object.fromEntries(Object.entries(templates).map(([name, text]) => [`templates/small/${name}`, text])),
  };
}

/** What the linter says of a small catalog. */
export async function smallProblems(topic: string, templates: Readonly<Record<string, string>> = {}): Promise<string[]> {
  return (await readCatalog(await writeCatalog(smallFiles(topic, templates)))).problems.map(problemLine);
}

/** A small catalog in which nothing is wrong. */
export async function smallCatalog(topic: string, templates: Readonly<Record<string, string>> = {}): Promise<Catalog> {
  const { catalog, problems } = await readCatalog(await writeCatalog(smallFiles(topic, templates)));
  if (!catalog || problems.length > 0) throw new Error(problems.map(problemLine).join('\n'));
  return catalog;
}

/** The plan of a small catalog; fails with what is missing or refused. */
export function smallPlan(catalog: Catalog, answers: Readonly<Record<string, Json>> = {}): Plan {
  const made = plan(catalog, { subscription: 'sub-1', 'vnet.name': 'vnet-1', ...answers });
  if ('problems' in made) throw new Error(made.problems.map(({ key, say }) => `${key}: ${say}`).join('\n'));
  return made;
}
