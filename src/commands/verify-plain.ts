import type { Catalog } from '../core/catalog.ts';
import type { Finding, Verdict } from '../core/verify/findings.ts';
import { type Mend, mendLines } from '../core/verify/mends.ts';
import type { Context } from './context.ts';
import { comparedText, findingsText, summaryText } from './verify-text.ts';

const words: Readonly<Record<Verdict, string>> = { fail: 'Failed', unknown: 'Unknown', 'by hand': 'To look at by hand', pass: 'Passed' };
/** What needs a look comes first. */
const order: readonly Verdict[] = ['fail', 'unknown', 'by hand', 'pass'];

/** How findings are told: in words alone where somebody listens. */
export function findingsTextFor({ plain }: Pick<Context, 'plain'>): typeof findingsText {
  return plain ? findingsSpoken : findingsText;
}

/** What was found for somebody who listens: the sum first, then what failed, then the rest; the state in words, and nothing by signs or place. */
function findingsSpoken(
  catalog: Catalog,
  findings: readonly Finding[],
  mends: ReadonlyMap<string, Mend>,
  { all }: { readonly all: boolean },
): string {
  const topics = new Map(catalog.topics.map(({ topic, title }) => [topic, title]));
  const parts = order.flatMap((verdict) => {
    const own = findings.filter((one) => one.verdict === verdict);
    if (own.length === 0 || (verdict === 'pass' && !all)) return [];
    const lines = own.flatMap((finding, index) => spokenLines(finding, mends.get(finding.id), topics, index + 1, own[index - 1]));
    return [`${words[verdict]}, ${own.length}:`, ...lines];
  });
  const passed = findings.filter(({ verdict }) => verdict === 'pass').length;
  return [`${summaryText(findings)}.`, ...parts, ...(all || passed === 0 ? [] : ['Add --all to the command to hear what passed.'])].join(
    '\n',
  );
}

function spokenLines(
  finding: Finding,
  mend: Mend | undefined,
  topics: ReadonlyMap<string, string>,
  number: number,
  before?: Finding,
): string[] {
  const { topic, label, severity, verdict, found, why, reason } = finding;
  const severe = verdict === 'fail' ? `, ${severity} severity` : '';
  const head = `  ${number}. ${topics.get(topic) ?? topic}: ${label}${severe}.`;
  if (verdict === 'unknown' && reason !== undefined && reason === before?.reason) return [`${head} The reason is the same.`];
  return [
    head,
    ...(verdict === 'fail' && found !== undefined ? [`     ${capital(comparedText(finding))}.`.replace(/\.\.$/, '.')] : []),
    ...(why === undefined || verdict === 'pass' ? [] : why.split(/\s*\n\s*/).map((line) => `     ${line}`)),
    ...(mend ? mendLines(mend).map((line) => `     Mend it: ${line}`) : []),
  ];
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
