import { nearest, UserError } from '../core/errors.ts';
import type { Plan } from '../core/plan.ts';
import { type Finding, itemLooks, type PlannedItem, plannedItems } from '../core/verify/findings.ts';
import { type Mend, mendLines, mendOf } from '../core/verify/mends.ts';
import { keepByHand, seenByHand } from '../io/by-hand.ts';
import { nameProblem } from '../io/session-file.ts';
import { stateFolder } from '../io/store.ts';
import { verify } from '../io/verify/verify.ts';
import { type AnswersOptions, hasAnswers, planFrom } from './answers-of.ts';
import { livePorts } from './azure-ports.ts';
import { type Context, print } from './context.ts';
import { topicNamed } from './lists.ts';
import { hidden, hider } from './running.ts';
import { findingsText, summaryText } from './verify-text.ts';

/** Flags of `amlguide verify`. */
export interface VerifyOptions extends AnswersOptions {
  readonly topic?: readonly string[];
  readonly severity?: Finding['severity'];
  /** What a person saw, as item=pass or item=fail. */
  readonly seen?: readonly string[];
  /** Every item, the passed ones too. */
  readonly all?: boolean;
  readonly direct?: boolean;
  readonly cluster?: boolean;
  readonly showIds?: boolean;
}

const severities = ['low', 'medium', 'high'] as const;

/** What was found, and what mends it. */
export interface Verified {
  readonly plan: Plan;
  readonly items: readonly PlannedItem[];
  readonly findings: readonly Finding[];
  readonly mends: ReadonlyMap<string, Mend>;
}

/** Looks at every item of the checklist and says what is so, what is not, and what nobody could tell. */
export async function verifyCommand(context: Context, options: VerifyOptions): Promise<void> {
  if (!hasAnswers(options)) throw new UserError({ what: 'Say what to verify: --session NAME, --answers FILE or --example NAME.' });
  const plan = await planFrom(context, options);
  const verified = await lookAt(context, plan, options);
  const { catalog } = plan.situation;
  const hide = hider(options);
  const shown = hidden(jsonOf(verified), hide);
  print(context, shown, () => hide(findingsText(catalog, verified.findings, verified.mends, { all: options.all ?? false })));
  conclude(verified.findings);
}

/** Reads what the items of the chosen topics and severities need, and judges them. */
async function lookAt(context: Context, plan: Plan, options: VerifyOptions): Promise<Verified> {
  const { catalog } = plan.situation;
  const topics = new Set((options.topic ?? []).map((name) => topicNamed(catalog, name).topic));
  const least = severities.indexOf(options.severity ?? 'low');
  const lines = plan.checklist.filter(
    ({ item, topic, severity }) => !item.only_before && (topics.size === 0 || topics.has(topic)) && severities.indexOf(severity) >= least,
  );
  const ports = await livePorts(context, plan.situation, { cluster: options.cluster ?? false });
  const progress = progressOn(context, lines.length);
  const items = plannedItems(plan.world, lines);
  const found = await verify(itemLooks(plan.world, items), ports, progress.one, { direct: options.direct ?? false });
  progress.end();
  const findings = await withHands(context, plan, found, options);
  const mends = new Map(
    items.flatMap((item, index) => {
      const finding = findings[index];
      return finding?.verdict === 'fail' ? [[finding.id, mendOf(plan, item, finding)] as const] : [];
    }),
  );
  return { plan, items, findings, mends };
}

/** Counts on standard error while a person waits. */
function progressOn({ stderr }: Context, total: number): { readonly one: (finding: Finding) => void; readonly end: () => void } {
  if (!stderr.isTTY) return { one: () => undefined, end: () => undefined };
  let done = 0;
  return {
    one: () => {
      done += 1;
      stderr.write(`\r${done} of ${total} items looked at\u001b[K`);
    },
    end: () => void stderr.write('\r\u001b[K'),
  };
}

/** Adds what a person saw, today or earlier, to the items that only a person can look at. */
async function withHands(context: Context, plan: Plan, findings: readonly Finding[], options: VerifyOptions): Promise<Finding[]> {
  const name = nameOf(plan, options);
  if (nameProblem(name)) return [...findings];
  const state = stateFolder(context.environment);
  const before = await seenByHand(state, name);
  const seen = { ...before, ...seenNow(findings, options.seen ?? [], new Date().toISOString()) };
  if (options.seen) await keepByHand(state, name, seen);
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

function nameOf({ situation }: Plan, { session }: VerifyOptions): string {
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
      if (!possible.includes(id)) {
        const near = nearest(id || text, possible);
        throw new UserError({
          what: `--seen ${text}: it takes the id of an item that is looked at by hand, and pass or fail, such as ${possible[0] ?? 'item'}=pass.`,
          ...(near ? { hint: `Did you mean ${near}?` } : {}),
        });
      }
      return [id, { verdict: verdict === 'pass' ? ('pass' as const) : ('fail' as const), at }];
    }),
  );
}

function jsonOf({ findings, mends }: Verified) {
  return {
    summary: summaryText(findings),
    findings: findings.map((finding) => {
      const mend = mends.get(finding.id);
      return mend ? { ...finding, mend: mendLines(mend) } : finding;
    }),
  };
}

/** Exit code 4 when something failed, 3 when nothing did but something could not be looked at: unknown is no pass. */
function conclude(findings: readonly Finding[]): void {
  const failed = findings.filter(({ verdict }) => verdict === 'fail').length;
  if (failed > 0) throw new UserError({ what: `${failed} ${failed === 1 ? 'item' : 'items'} of the checklist failed.` }, { exitCode: 4 });
  const unknown = findings.filter(({ verdict }) => verdict === 'unknown');
  if (unknown.length === 0) return;
  const what = `${unknown.length} ${unknown.length === 1 ? 'item' : 'items'} could not be looked at, and unknown is no pass.`;
  throw new UserError({ what, ...(unknown[0]?.why ? { hint: unknown[0].why } : {}) }, { exitCode: 3 });
}
