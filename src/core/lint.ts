import type { Catalog } from './catalog.ts';
import { lintAzure } from './lint-azure.ts';
import { lintChecks } from './lint-checks.ts';
import { lintErrors } from './lint-errors.ts';
import { lintExpressions } from './lint-expressions.ts';
import { lintFacts } from './lint-facts.ts';
import type { Finding } from './lint-finding.ts';
import { lintGlossary } from './lint-glossary.ts';
import { lintIds } from './lint-ids.ts';
import { lintOrder } from './lint-order.ts';
import { lintOutputs } from './lint-outputs.ts';
import { lintQuestions } from './lint-questions.ts';
import { lintResources } from './lint-resources.ts';
import { lintSamples } from './lint-samples.ts';
import { scopesOf } from './lint-scope.ts';
import { spotsOf } from './lint-topics.ts';
import { lintVariables } from './lint-variables.ts';

/** Everything that is wrong with a catalog whose files have the right form; nothing twice. */
export function lintCatalog(catalog: Catalog): Finding[] {
  const spots = spotsOf(catalog);
  const findings = [
    ...lintIds(catalog),
    ...lintVariables(catalog),
    ...lintQuestions(catalog),
    ...lintExpressions(catalog, spots, scopesOf(catalog)),
    ...lintOrder(catalog, spots.list),
    ...lintResources(catalog),
    ...lintChecks(catalog),
    ...lintOutputs(catalog, spots.list),
    ...lintFacts(catalog),
    ...lintErrors(catalog),
    ...lintGlossary(catalog),
    ...lintSamples(catalog),
    ...lintAzure(catalog),
  ];
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}
