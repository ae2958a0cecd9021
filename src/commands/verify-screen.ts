import { wordsIn } from '../core/glossary.ts';
import type { Plan } from '../core/plan.ts';
import type { Finding } from '../core/verify/findings.ts';
import type { VerifyHandles, VerifyHead, VerifyUi } from '../ui/verify-ui.ts';
import { sampleNote } from './azure-ports.ts';
import { type Context, tell, terminalOf } from './context.ts';
import type { Hands } from './hands.ts';
import { hiddenMends, nameOf, type Verified, type VerifyOptions, type Watch } from './looking.ts';
import { hidden, hider } from './running.ts';
import { toldMends } from './verify-text.ts';

/** A look at everything, told to whoever watches, and what is known of its name and hands. */
export interface Looking {
  readonly kind: VerifyHead['kind'];
  readonly look: (watch?: Watch) => Promise<Verified>;
  /** Absent where nothing is looked at by hand. */
  readonly hands?: Hands;
}

/** What was found, and how a person left: with a wish to mend something, or before everything was read. */
export interface Looked extends Verified {
  /** The items that are to be mended. */
  readonly fix?: readonly string[];
  /** So many of so many were read when somebody left. */
  readonly left?: { readonly read: number; readonly all: number };
}

/** Looks at everything, on a screen where there is somebody to see it; who says what to do beforehand, as with --fix or --yes, needs none. */
export async function lookedAt(context: Context, plan: Plan, options: VerifyOptions, looking: Looking): Promise<Looked> {
  const screen = context.output === 'table' && !context.noInput && !context.plain && context.stdout.isTTY && !options.fix && !options.yes;
  if (!screen) return withHands(await looking.look(), looking, options);
  const { inkVerifyUi } = await import('../ui/ink/ink-verify-ui.ts');
  const ui = inkVerifyUi(terminalOf(context), () => wordsIn(plan.situation.catalog));
  const stopListening = context.signals(() => ui.leave());
  try {
    return await onScreen(context, ui, plan, options, looking);
  } finally {
    stopListening();
    await ui.close();
    if (context.sample) tell(context, sampleNote);
  }
}

/** Reads, and reads again as often as a person wants it. */
async function onScreen(context: Context, ui: VerifyUi, plan: Plan, options: VerifyOptions, looking: Looking): Promise<Looked> {
  const hide = hider(options);
  for (;;) {
    const over = new AbortController();
    const shown = shownBy(looking, hide);
    const heard = new Map<string, Finding>();
    let ids: readonly string[] = [];
    const watch: Watch = {
      signal: over.signal,
      begin: (all) => {
        ids = all;
        ui.begin(
          headOf(context, plan, options, looking, all),
          handlesOf(looking, () => over.abort(), heard, shown),
        );
      },
      one: (finding) => {
        heard.set(finding.id, finding);
        ui.found(shown(finding));
      },
    };
    const verified = await unlessAborted(looking.look(watch), over.signal);
    if (!verified) {
      const findings = ids.flatMap((id) => heard.get(id) ?? []);
      return withHands({ plan, findings, failing: [] }, looking, {}, { read: findings.length, all: ids.length });
    }
    looking.hands?.take(options.seen ?? [], verified.findings);
    const wish = await ui.settled(resultOf(verified, looking.kind === 'verify' && !context.sample, shown, hide));
    if (wish.type === 'again') continue;
    const looked = await withHands(verified, looking, options);
    return wish.type === 'fix' ? { ...looked, fix: wish.ids } : looked;
  }
}

/** Nothing when somebody left meanwhile, whatever became of it. */
async function unlessAborted(looking: Promise<Verified>, signal: AbortSignal): Promise<Verified | undefined> {
  try {
    const verified = await looking;
    return signal.aborted ? undefined : verified;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

/** A finding as a person may see it; its id stays, as keys name it. */
function shownBy({ hands }: Looking, hide: (text: string) => string): (finding: Finding) => Finding {
  return (finding) => ({ ...hidden(hands ? hands.shown(finding) : finding, hide), id: finding.id, topic: finding.topic });
}

function headOf(
  { sample = false }: Context,
  plan: Plan,
  options: VerifyOptions,
  { kind, hands }: Looking,
  ids: readonly string[],
): VerifyHead {
  const { topics, facts } = plan.situation.catalog;
  return { name: nameOf(plan, options), kind, sample, ids, topics, facts, all: options.all ?? false, keeps: hands?.keeps ?? false };
}

function handlesOf(
  { hands }: Looking,
  leave: () => void,
  heard: ReadonlyMap<string, Finding>,
  shown: (finding: Finding) => Finding,
): VerifyHandles {
  if (!hands) return { leave };
  const saw = (id: string, verdict: 'pass' | 'fail'): Finding | undefined => {
    const finding = heard.get(id);
    hands.saw(id, verdict);
    return finding && shown(finding);
  };
  return { leave, saw };
}

/** A preflight mends nothing, as the run makes what it looks at, and nothing made up can be mended. */
function resultOf({ findings, failing }: Verified, mends: boolean, shown: (finding: Finding) => Finding, hide: (text: string) => string) {
  const able = failing.filter(({ mend }) => mend.steps.length > 0 || mend.commands.length > 0).map(({ finding }) => finding.id);
  return {
    findings: findings.map(shown),
    mends: hiddenMends(toldMends(failing), hide),
    mendable: new Set(mends ? able : []),
  };
}

/** Adds what a person saw, today or earlier, to the items that only a person can look at. */
async function withHands(verified: Verified, { hands }: Looking, { seen = [] }: VerifyOptions, left?: Looked['left']): Promise<Looked> {
  hands?.take(seen, verified.findings);
  await hands?.kept();
  const findings = hands ? verified.findings.map(hands.shown) : verified.findings;
  return { ...verified, findings, ...(left ? { left } : {}) };
}
