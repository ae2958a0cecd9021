import { nearest, UserError } from '../core/errors.ts';
import type { Plan } from '../core/plan.ts';
import { isHere } from '../core/verify/doctor.ts';
import { type Finding, plannedItems } from '../core/verify/findings.ts';
import { type Mend, mendLines } from '../core/verify/mends.ts';
import type { Ref } from '../core/verify/sources.ts';
import { keepByHand, seenByHand } from '../io/by-hand.ts';
import { nameProblem } from '../io/session-file.ts';
import { stateFolder } from '../io/store.ts';
import { hasAnswers, planFrom } from './answers-of.ts';
import { type Context, print } from './context.ts';
import { chosen, conclude, type LookOptions, lookAt, nameOf, preflight, type Verified, type VerifyOptions } from './looking.ts';
import { hidden, hider } from './running.ts';
import { findingsText, summaryText, toldMends } from './verify-text.ts';

/** Looks at every item of the checklist and says what is so, what is not, and what nobody could tell; with --fix mends what failed. */
export async function verifyCommand(context: Context, options: VerifyOptions): Promise<void> {
  const plan = await planOf(context, options, 'verify');
  const verified = await verifiedOf(context, plan, options);
  await told(context, verified, options);
  if (options.fix && verified.failing.length > 0) {
    const { fixCommand } = await import('./fix.ts');
    const { fix: _, ...again } = options;
    return fixCommand(context, verified, options, () => verifyCommand(context, { ...again, direct: true }));
  }
  conclude(hidden(verified.findings, hider(options)));
}

/** Looks at what would make a run fail, before anything is started. */
export async function preflightCommand(context: Context, options: LookOptions): Promise<void> {
  const plan = await planOf(context, options, 'look at');
  const verified = await preflight(context, plan, options);
  await told(context, verified, options);
  conclude(hidden(verified.findings, hider(options)));
}

async function planOf(context: Context, options: LookOptions, what: string): Promise<Plan> {
  if (options.report) (await import('./verify-reports.ts')).checkReports(options);
  if (!hasAnswers(options)) throw new UserError({ what: `Say what to ${what}: --session NAME, --answers FILE or --example NAME.` });
  return planFrom(context, options);
}

/** This computer is the doctor's; a cluster and what takes minutes are looked at on request. */
function isWanted(ref: Ref, { cluster = false, thorough = false }: LookOptions): boolean {
  if (isHere(ref)) return false;
  return ref.source.type === 'command' ? cluster : thorough || !ref.slow;
}

async function verifiedOf(context: Context, plan: Plan, options: VerifyOptions): Promise<Verified> {
  const lines = chosen(plan, options, ({ item }) => !item.only_before);
  const items = plannedItems(plan.world, lines).filter(({ main }) => !main || isWanted(main, options));
  const found = await lookAt(context, plan, items, [], options);
  return { ...found, findings: await withHands(context, plan, found.findings, options) };
}

async function told(context: Context, { plan, findings, failing }: Verified, options: LookOptions): Promise<void> {
  const hide = hider(options);
  const mends = toldMends(failing);
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
