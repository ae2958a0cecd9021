import { nearest, UserError } from '../core/errors.ts';
import type { ChecklistLine } from '../core/items.ts';
import type { Plan } from '../core/plan.ts';
import { isHere } from '../core/verify/doctor.ts';
import { type Finding, itemLooks, type Look, type PlannedItem, plannedItems } from '../core/verify/findings.ts';
import { type Mend, type MendPlan, mendLines, mendOf, toldMend } from '../core/verify/mends.ts';
import { stepLooks } from '../core/verify/steps.ts';
import { keepByHand, seenByHand } from '../io/by-hand.ts';
import { nameProblem } from '../io/session-file.ts';
import { stateFolder } from '../io/store.ts';
import { verify } from '../io/verify/verify.ts';
import { type AnswersOptions, hasAnswers, planFrom } from './answers-of.ts';
import { livePorts } from './azure-ports.ts';
import { type Context, print } from './context.ts';
import { topicNamed } from './lists.ts';
import { progressOn } from './progress.ts';
import { hidden, hider, type RunFlags } from './running.ts';
import { findingsText, summaryText } from './verify-text.ts';

/** Flags that choose what is looked at, and how. */
export interface LookOptions extends AnswersOptions {
  readonly topic?: readonly string[];
  readonly severity?: Finding['severity'];
  /** Every item, the passed ones too. */
  readonly all?: boolean;
  readonly direct?: boolean;
  readonly cluster?: boolean;
  readonly showIds?: boolean;
}

/** Flags of `amlguide verify`. */
export interface VerifyOptions extends LookOptions, RunFlags {
  /** What a person saw, as item=pass or item=fail. */
  readonly seen?: readonly string[];
  /** Files for reports; the ending says which. */
  readonly report?: readonly string[];
  readonly fix?: boolean;
}

const severities = ['low', 'medium', 'high'] as const;

/** What was found, and what mends it. */
export interface Verified {
  readonly plan: Plan;
  readonly findings: readonly Finding[];
  readonly failing: readonly { readonly item: PlannedItem; readonly finding: Finding; readonly mend: MendPlan }[];
}

/** Looks at every item of the checklist and says what is so, what is not, and what nobody could tell; with --fix mends what failed. */
export async function verifyCommand(context: Context, options: VerifyOptions): Promise<void> {
  const plan = await planOf(context, options, 'verify');
  const verified = await verifiedOf(context, plan, options);
  await told(context, verified, options);
  if (options.fix && verified.failing.length > 0) {
    const { fixCommand } = await import('./fix.ts');
    return fixCommand(context, verified, options);
  }
  conclude(verified.findings);
}

/** Looks at what would make a run fail, before anything is started. */
export async function preflightCommand(context: Context, options: LookOptions): Promise<void> {
  const plan = await planOf(context, options, 'look at');
  const verified = await preflight(context, plan, options);
  await told(context, verified, options);
  conclude(verified.findings);
}

/** What is known to make a run fail, and what nobody could tell. */
export async function preflight(context: Context, plan: Plan, options: LookOptions): Promise<Verified> {
  const items = plannedItems(
    plan.world,
    chosen(plan, options, ({ item }) => Boolean(item.before ?? item.only_before)),
  );
  return lookAt(context, plan, items, stepLooks(plan), options);
}

async function planOf(context: Context, options: LookOptions, what: string): Promise<Plan> {
  if (!hasAnswers(options)) throw new UserError({ what: `Say what to ${what}: --session NAME, --answers FILE or --example NAME.` });
  return planFrom(context, options);
}

async function verifiedOf(context: Context, plan: Plan, options: VerifyOptions): Promise<Verified> {
  const lines = chosen(plan, options, ({ item }) => !item.only_before);
  const items = plannedItems(plan.world, lines).filter(({ main }) => !main || !isHere(main));
  const found = await lookAt(context, plan, items, [], options);
  return { ...found, findings: await withHands(context, plan, found.findings, options) };
}

/** The lines of the chosen topics and severities. */
function chosen(plan: Plan, options: LookOptions, wanted: (line: ChecklistLine) => boolean): ChecklistLine[] {
  const topics = new Set((options.topic ?? []).map((name) => topicNamed(plan.situation.catalog, name).topic));
  const least = severities.indexOf(options.severity ?? 'low');
  return plan.checklist.filter(
    (line) => wanted(line) && (topics.size === 0 || topics.has(line.topic)) && severities.indexOf(line.severity) >= least,
  );
}

async function lookAt(
  context: Context,
  plan: Plan,
  items: readonly PlannedItem[],
  more: readonly Look[],
  options: LookOptions,
): Promise<Verified> {
  const looks = [...more, ...itemLooks(plan.world, items)];
  const ports = await livePorts(context, plan.situation, { cluster: options.cluster ?? false });
  const progress = progressOn(context, 'Looking at Azure', looks.length);
  const findings = await verify(looks, ports, progress.one, { direct: options.direct ?? false }).finally(progress.end);
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const failing = items.flatMap((item) => {
    const finding = byId.get(item.line.id);
    return finding?.verdict === 'fail' ? [{ item, finding, mend: mendOf(plan, item, finding) }] : [];
  });
  return { plan, findings, failing };
}

async function told(context: Context, { plan, findings, failing }: Verified, options: VerifyOptions): Promise<void> {
  const hide = hider(options);
  const mends = new Map(
    failing.flatMap(({ finding, mend }) => [toldMend(mend)].flatMap((one) => (one ? [[finding.id, one] as const] : []))),
  );
  const { catalog } = plan.situation;
  if (options.report) {
    const { writeReports } = await import('./verify-reports.ts');
    await writeReports(context, options, { plan, findings: hidden(findings, hide), mends: hiddenMends(mends, hide) });
  }
  const shown = hidden(jsonOf(findings, mends), hide);
  print(context, shown, () => hide(findingsText(catalog, findings, mends, { all: options.all ?? false })));
}

function hiddenMends(mends: ReadonlyMap<string, Mend>, hide: (text: string) => string): ReadonlyMap<string, Mend> {
  return new Map([...mends].map(([id, mend]) => [id, hidden(mend, hide)]));
}

function jsonOf(findings: readonly Finding[], mends: ReadonlyMap<string, Mend>) {
  return {
    summary: summaryText(findings),
    findings: findings.map((finding) => {
      const mend = mends.get(finding.id);
      return mend ? { ...finding, mend: mendLines(mend) } : finding;
    }),
  };
}

/** Adds what a person saw, today or earlier, to the items that only a person can look at. */
async function withHands(context: Context, plan: Plan, findings: readonly Finding[], options: VerifyOptions): Promise<Finding[]> {
  const name = nameOf(plan, options);
  const now = seenNow(findings, options.seen ?? [], new Date().toISOString());
  const state = stateFolder(context.environment);
  const keeps = nameProblem(name) === undefined;
  const seen = { ...(keeps ? await seenByHand(state, name) : {}), ...now };
  if (keeps && options.seen) await keepByHand(state, name, seen);
  return findings.map((finding) => {
    const one = seen[finding.id];
    if (finding.verdict !== 'by hand' || !one) return finding;
    return {
      ...finding,
      verdict: one.verdict,
      at: one.at,
      why: `Looked at by hand on ${one.at.slice(0, 10)}. ${finding.why ?? ''}`.trim(),
    };
  });
}

/** The name under which a verification is kept: the session's, or the one among the answers. */
export function nameOf({ situation }: Plan, { session }: AnswersOptions): string {
  return session ?? String(situation.answers[situation.catalog.manifest.name_from] ?? '');
}

function seenNow(
  findings: readonly Finding[],
  seen: readonly string[],
  at: string,
): Record<string, { verdict: 'pass' | 'fail'; at: string }> {
  const possible = findings.filter(({ verdict }) => verdict === 'by hand').map(({ id }) => id);
  return Object.fromEntries(
    seen.map((text) => {
      const [, id = '', verdict = ''] = /^(.+)=(pass|fail)$/.exec(text) ?? [];
      if (possible.includes(id)) return [id, { verdict: verdict === 'pass' ? ('pass' as const) : ('fail' as const), at }];
      const near = nearest(id || text, possible);
      throw new UserError({
        what: `--seen ${text}: it takes the id of an item that is looked at by hand, and pass or fail, such as ${possible[0] ?? 'item'}=pass.`,
        ...(near ? { hint: `Did you mean ${near}?` } : {}),
      });
    }),
  );
}

/** Exit code 4 when something failed, 3 when nothing did but something could not be looked at: unknown is no pass. */
export function conclude(findings: readonly Finding[]): void {
  const failed = findings.filter(({ verdict }) => verdict === 'fail').length;
  if (failed > 0) throw new UserError({ what: `${failed} ${failed === 1 ? 'item' : 'items'} of the checklist failed.` }, { exitCode: 4 });
  const unknown = findings.filter(({ verdict }) => verdict === 'unknown');
  if (unknown.length === 0) return;
  const what = `${unknown.length} ${unknown.length === 1 ? 'item' : 'items'} could not be looked at, and unknown is no pass.`;
  throw new UserError({ what, ...(unknown[0]?.why ? { hint: unknown[0].why } : {}) }, { exitCode: 3 });
}
