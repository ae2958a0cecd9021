import { UserError } from '../core/errors.ts';
import type { ChecklistLine } from '../core/items.ts';
import type { Plan } from '../core/plan.ts';
import { type Finding, itemLooks, type Look, type PlannedItem, plannedItems } from '../core/verify/findings.ts';
import { type Mend, type MendPlan, mendOf } from '../core/verify/mends.ts';
import { stepLooks } from '../core/verify/steps.ts';
import { verify } from '../io/verify/verify.ts';
import type { AnswersOptions } from './answers-of.ts';
import { livePorts } from './azure-ports.ts';
import type { Context } from './context.ts';
import { topicNamed } from './lists.ts';
import { type ProgressLine, progressOn } from './progress.ts';
import { hidden, type RunFlags } from './running.ts';

/** Flags that choose what is looked at, and how. */
export interface LookOptions extends AnswersOptions {
  readonly topic?: readonly string[];
  readonly severity?: Finding['severity'];
  /** Every item, the passed ones too. */
  readonly all?: boolean;
  readonly direct?: boolean;
  readonly cluster?: boolean;
  /** What takes minutes too. */
  readonly thorough?: boolean;
  readonly showIds?: boolean;
  /** Files for reports; the ending says which. */
  readonly report?: readonly string[];
}

/** Flags of `amlguide verify`. */
export interface VerifyOptions extends LookOptions, RunFlags {
  /** What a person saw, as item=pass or item=fail. */
  readonly seen?: readonly string[];
  readonly fix?: boolean;
}

const severities = ['low', 'medium', 'high'] as const;

/** What was found, and what mends it. */
export interface Verified {
  readonly plan: Plan;
  readonly findings: readonly Finding[];
  readonly failing: readonly { readonly item: PlannedItem; readonly finding: Finding; readonly mend: MendPlan }[];
}

/** Somebody who hears of findings as they come, and may leave before the end. */
export interface Watch {
  /** The ids of everything that is looked at. */
  readonly begin: (ids: readonly string[]) => void;
  readonly one: (finding: Finding) => void;
  /** All of them are known, or nobody wants them any more. */
  readonly end?: () => void;
  readonly signal?: AbortSignal;
}

/** What is known to make a run fail, and what nobody could tell. */
export async function preflight(context: Context, plan: Plan, options: LookOptions, watch?: Watch): Promise<Verified> {
  const items = plannedItems(
    plan.world,
    chosen(plan, options, ({ item }) => item.before === true || item.only_before === true),
  );
  return lookAt(context, plan, items, stepLooks(plan), options, watch);
}

/** The lines of the chosen topics and severities. */
export function chosen(plan: Plan, options: LookOptions, wanted: (line: ChecklistLine) => boolean): ChecklistLine[] {
  const topics = new Set((options.topic ?? []).map((name) => topicNamed(plan.situation.catalog, name).topic));
  const least = severities.indexOf(options.severity ?? 'low');
  return plan.checklist.filter(
    (line) => wanted(line) && (topics.size === 0 || topics.has(line.topic)) && severities.indexOf(line.severity) >= least,
  );
}

/** Reads what items and looks need, judges them, and knows what mends what failed. */
export async function lookAt(
  context: Context,
  plan: Plan,
  items: readonly PlannedItem[],
  more: readonly Look[],
  options: LookOptions,
  watch: Watch = onOneLine(context),
): Promise<Verified> {
  const looks = [...more, ...itemLooks(plan.world, items)];
  const given = watch.signal ? { signal: watch.signal } : {};
  const ports = await livePorts(context, plan.situation, { cluster: options.cluster ?? false, ...given });
  watch.begin(looks.map(({ id }) => id));
  const read = verify(looks, ports, watch.one, { direct: options.direct ?? false, ...given });
  const { findings, readings } = await read.finally(watch.end);
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const failing = items.flatMap((item) => {
    const finding = byId.get(item.line.id);
    return finding?.verdict === 'fail' ? [{ item, finding, mend: mendOf(plan, item, readings.get(item.main?.key ?? '')) }] : [];
  });
  return { plan, findings, failing };
}

/** A line that says how far it is. */
function onOneLine(context: Context): Watch {
  let progress: ProgressLine | undefined;
  return {
    begin: ({ length }) => (progress = progressOn(context, 'Looking at Azure', length)),
    one: () => progress?.one(),
    end: () => progress?.end(),
  };
}

/** What mends what failed, without secrets. */
export function hiddenMends(mends: ReadonlyMap<string, Mend>, hide: (text: string) => string): ReadonlyMap<string, Mend> {
  return new Map([...mends].map(([id, mend]) => [id, hidden(mend, hide)]));
}

/** The name under which a verification is kept: the session's, or the one among the answers. */
export function nameOf({ situation }: Plan, { session }: AnswersOptions): string {
  return session ?? String(situation.answers[situation.catalog.manifest.name_from] ?? '');
}

/** Exit code 4 when something failed, 3 when nothing did but something could not be looked at: unknown is no pass. */
export function conclude(findings: readonly Finding[]): void {
  const failed = findings.filter(({ verdict }) => verdict === 'fail').length;
  const unknown = findings.filter(({ verdict }) => verdict === 'unknown');
  if (failed === 0 && unknown.length === 0) return;
  const gap = `${unknown.length}${failed > 0 ? '' : unknown.length === 1 ? ' item' : ' items'} could not be looked at`;
  const what =
    failed === 0
      ? `${gap}, and unknown is no pass.`
      : `${failed} ${failed === 1 ? 'item' : 'items'} of the checklist failed${unknown.length > 0 ? `, and ${gap}` : ''}.`;
  const hint = [...reasonsOf(unknown), ...wayOut(findings)].join('\n  ');
  throw new UserError({ what, ...(hint === '' ? {} : { hint }) }, { exitCode: failed > 0 ? 4 : 3 });
}

const mostReasons = 3;

/** The commonest reasons, each once, with the number of items where there are several. */
function reasonsOf(unknown: readonly Finding[]): string[] {
  const counts = new Map<string, number>();
  for (const { reason, why } of unknown) {
    const text = (reason ?? why ?? 'Nobody knows why.').replace(/\s*\n\s*/g, ' ');
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const reasons = [...counts].toSorted(([, a], [, b]) => b - a);
  const shown = reasons.slice(0, mostReasons).map(([text, count]) => (reasons.length === 1 ? text : `${count}: ${text}`));
  return reasons.length > mostReasons ? [...shown, `${reasons.length - mostReasons} more reasons stand above.`] : shown;
}

/** When nothing of Azure could be read, the trouble lies between this computer and Azure, where the doctor looks. */
function wayOut(findings: readonly Finding[]): string[] {
  const read = findings.filter(({ by, what }) => by === 'azure' && what !== undefined);
  if (read.length === 0 || read.some(({ verdict, reason }) => verdict !== 'unknown' || reason === undefined)) return [];
  return ['Nothing of Azure could be read. `amlguide doctor` looks at az, the sign-in, proxies and certificates.'];
}
