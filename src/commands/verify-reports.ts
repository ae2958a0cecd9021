import { extname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { UserError } from '../core/errors.ts';
import { pictureOf } from '../core/picture.ts';
import type { Plan } from '../core/plan.ts';
import type { Report } from '../core/reports/report.ts';
import type { Finding } from '../core/verify/findings.ts';
import type { Mend } from '../core/verify/mends.ts';
import { type Context, tell } from './context.ts';
import { type LookOptions, nameOf } from './looking.ts';

type Writer = (report: Report) => string;

/** The form of a report by the ending of its file. */
const writers: Readonly<Record<string, () => Promise<Writer>>> = {
  '.html': async () => (await import('../core/reports/html.ts')).htmlReport,
  '.md': async () => (await import('../core/reports/markdown.ts')).markdownReport,
  '.sarif': async () => {
    const { sarifReport } = await import('../core/reports/sarif.ts');
    // Code scanning makes an alert of every result, so only failures go there.
    return (report) => sarifReport(report, ['fail']);
  },
  '.xml': async () => (await import('../core/reports/junit.ts')).junitReport,
  '.json': async () => jsonReport,
};

/** Writes the reports that were asked for; what their endings say is checked before anything is written. */
export async function writeReports(
  context: Context,
  options: LookOptions,
  found: { readonly plan: Plan; readonly findings: readonly Finding[]; readonly mends: ReadonlyMap<string, Mend> },
): Promise<void> {
  const { plan } = found;
  const report: Report = {
    name: nameOf(plan, options),
    at: new Date().toISOString(),
    version: context.version,
    catalog: plan.situation.catalog,
    findings: found.findings,
    mends: found.mends,
    picture: pictureOf(plan.world),
    ...(context.sample ? { sample: true } : {}),
    ...(options.answers === undefined ? {} : { answersFile: options.answers }),
  };
  for (const path of options.report ?? []) {
    const write = await writers[extname(path).toLowerCase()]?.();
    if (!write) continue;
    await writeFileAtomic(path, write(report));
    tell(context, `Wrote ${path}`);
  }
}

/** Refuses endings that stand for no report, before anything is looked at. */
export function checkReports({ report = [] }: LookOptions): void {
  const wrong = report.filter((path) => !(extname(path).toLowerCase() in writers));
  if (wrong.length === 0) return;
  throw new UserError(
    wrong.map((path) => ({
      what: `--report ${path}: the ending says which report it is.`,
      hint: `Known are ${Object.keys(writers).join(' ')}.`,
    })),
  );
}

function jsonReport({ name, at, findings, mends }: Report): string {
  return `${JSON.stringify({ name, at, findings: findings.map((finding) => ({ ...finding, ...(mends.has(finding.id) ? { mend: mends.get(finding.id) } : {}) })) }, null, 2)}\n`;
}
