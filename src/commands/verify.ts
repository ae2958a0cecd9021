import { UserError } from '../core/errors.ts';
import type { Plan } from '../core/plan.ts';
import { isHere } from '../core/verify/doctor.ts';
import { type Finding, plannedItems } from '../core/verify/findings.ts';
import { type Mend, mendLines } from '../core/verify/mends.ts';
import type { Ref } from '../core/verify/sources.ts';
import { hasAnswers, planFrom } from './answers-of.ts';
import { type Context, print, tell } from './context.ts';
import { handsOf } from './hands.ts';
import {
  chosen,
  conclude,
  hiddenMends,
  type LookOptions,
  lookAt,
  nameOf,
  preflight,
  type Verified,
  type VerifyOptions,
  type Watch,
} from './looking.ts';
import { hidden, hider } from './running.ts';
import { findingsTextFor } from './verify-plain.ts';
import { type Looked, lookedAt } from './verify-screen.ts';
import { summaryText, toldMends } from './verify-text.ts';

/** Looks at every item of the checklist and says what is so, what is not, and what nobody could tell; with --fix mends what failed. */
export async function verifyCommand(context: Context, options: VerifyOptions): Promise<void> {
  const plan = await planOf(context, options, 'verify');
  const hands = await handsOf(context, nameOf(plan, options));
  const look = (watch?: Watch) => verifiedOf(context, plan, options, watch);
  const looked = await lookedAt(context, plan, options, { kind: 'verify', look, hands });
  await told(context, looked, options);
  const failing = looked.fix ? looked.failing.filter(({ finding }) => looked.fix?.includes(finding.id)) : looked.failing;
  if ((options.fix || looked.fix) && failing.length > 0) {
    const { fixCommand } = await import('./fix.ts');
    const { fix: _, seen, ...again } = options;
    // What was seen is remembered, and a person may have said something else since.
    const next = { ...again, direct: true, ...(seen && !hands.keeps ? { seen } : {}) };
    return fixCommand(context, { ...looked, failing }, options, () => verifyCommand(context, next));
  }
  concludeLooked(looked, options);
}

/** Looks at what would make a run fail, before anything is started. */
export async function preflightCommand(context: Context, options: LookOptions): Promise<void> {
  const plan = await planOf(context, options, 'look at');
  const look = (watch?: Watch) => preflight(context, plan, options, watch);
  const looked = await lookedAt(context, plan, options, { kind: 'preflight', look });
  await told(context, looked, options);
  concludeLooked(looked, options);
}

function concludeLooked({ findings, left }: Looked, options: LookOptions): void {
  if (left)
    throw new UserError({ what: `Left when ${left.read} of ${left.all} were looked at; the others are not known.` }, { exitCode: 130 });
  conclude(hidden(findings, hider(options)));
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

async function verifiedOf(context: Context, plan: Plan, options: VerifyOptions, watch?: Watch): Promise<Verified> {
  const lines = chosen(plan, options, ({ item }) => !item.only_before);
  const items = plannedItems(plan.world, lines).filter(({ main }) => !main || isWanted(main, options));
  return lookAt(context, plan, items, [], options, watch);
}

async function told(context: Context, { plan, findings, failing, left }: Looked, options: LookOptions): Promise<void> {
  const hide = hider(options);
  const mends = toldMends(failing);
  const { catalog } = plan.situation;
  // A report on half of it would pass for one on all of it.
  if (options.report && !left) {
    const { writeReports } = await import('./verify-reports.ts');
    await writeReports(context, options, { plan, findings: hidden(findings, hide), mends: hiddenMends(mends, hide) });
  }
  const shown = hidden(jsonOf(findings, mends), hide);
  const text = hide(findingsTextFor(context)(catalog, findings, mends, { all: options.all ?? false }));
  print(context, shown, () => text);
  if (context.output === 'table' && mends.size > 0 && text.includes('‹'))
    tell(context, 'Ids are hidden. With --show-ids the commands can be pasted.');
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
