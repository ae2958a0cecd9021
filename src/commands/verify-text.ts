import type { Catalog } from '../core/catalog.ts';
import { countsOf, type Finding, type Verdict } from '../core/verify/findings.ts';
import { type Mend, type MendPlan, mendLines, toldMend } from '../core/verify/mends.ts';

const marks: Readonly<Record<Verdict, string>> = { pass: '✔ pass', fail: '✖ fail', unknown: '? unknown', 'by hand': '☐ by hand' };

/** What was found as lines of text: by topic, with what was found, what was expected and what mends it below each failure. */
export function findingsText(
  catalog: Catalog,
  findings: readonly Finding[],
  mends: ReadonlyMap<string, Mend>,
  { all }: { readonly all: boolean },
): string {
  const told = tellOnce();
  const topics = catalog.topics.flatMap(({ topic, title }) => {
    const own = findings.filter((one) => one.topic === topic);
    const shown = own.filter(({ verdict }) => all || verdict !== 'pass');
    const passed = own.length - shown.length;
    if (shown.length === 0) return [];
    const more = passed === 0 ? [] : [`  ✔ ${passed} more passed`];
    return [title, ...shown.flatMap((finding) => findingLines(finding, mends.get(finding.id), told(finding))), ...more, ''];
  });
  return [...topics, summaryText(findings)].join('\n');
}

/** Tells whether the reason of a finding is the one that was told last: fifty items may wait for one sign-in. */
function tellOnce(): (finding: Finding) => boolean {
  let last: string | undefined;
  return ({ verdict, reason }) => {
    const again = verdict === 'unknown' && reason !== undefined && reason === last;
    if (verdict === 'unknown') last = reason;
    return again;
  };
}

/** What was found beside what was expected; of a yes or no, the sentence that is not so. */
export function comparedText({ says, found, expected = '', what }: Finding): string {
  const of = what ? `, of ${/^(the|your) /.test(what) ? '' : 'the '}${what}` : '';
  return /^(true|false)$/.test(expected) && /^(true|false)$/.test(found ?? '')
    ? `not so${of}: ${says}`
    : `found ${found ?? 'nothing'}, expected ${expected}${of}`;
}

function findingLines(finding: Finding, mend: Mend | undefined, toldAbove: boolean): string[] {
  const { verdict, label, severity, found, why } = finding;
  const head = `  ${marks[verdict].padEnd(9)}  ${label}${verdict === 'fail' ? ` (${severity})` : ''}`;
  if (toldAbove) return [`${head} (as above)`];
  if (verdict === 'pass') return [head];
  const detail = [
    ...(why === undefined ? [] : why.split(/\s*\n\s*/)),
    ...(verdict === 'fail' && found !== undefined ? [comparedText(finding)] : []),
    ...(mend ? mendLines(mend).map((line, index) => `${index === 0 ? 'mend it: ' : '         '}${line}`) : []),
  ];
  return [head, ...detail.map((line) => `             ${line}`)];
}

/** What mends what failed, as it is told, by the id of the finding. */
export function toldMends(failing: readonly { readonly finding: Finding; readonly mend: MendPlan }[]): ReadonlyMap<string, Mend> {
  return new Map(
    failing.flatMap(({ finding, mend }) => {
      const one = toldMend(mend);
      return one ? [[finding.id, one] as const] : [];
    }),
  );
}

/** 61 passed, 2 failed (1 high), 3 unknown, 40 to look at by hand. */
export function summaryText(findings: readonly Finding[]): string {
  const counts = countsOf(findings);
  const high = findings.filter(({ verdict, severity }) => verdict === 'fail' && severity === 'high').length;
  const failed = counts.fail === 0 ? 'none failed' : `${counts.fail} failed${high > 0 ? ` (${high} of them high)` : ''}`;
  return [
    `${counts.pass} passed`,
    failed,
    ...(counts.unknown > 0 ? [`${counts.unknown} unknown`] : []),
    ...(counts['by hand'] > 0 ? [`${counts['by hand']} to look at by hand`] : []),
  ].join(', ');
}
