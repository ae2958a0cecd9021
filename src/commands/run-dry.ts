import type { Plan, Step } from '../core/plan.ts';
import { planSummary } from '../core/run/overview.ts';
import { jobsOf } from '../core/run/plan-jobs.ts';
import { wordText } from '../core/words.ts';
import { type Context, print } from './context.ts';

/** Prints what a run would do; needs no az and no sign-in. */
export function dryRun(context: Context, plan: Plan): void {
  const jobs = jobsOf(plan);
  const summary = planSummary(plan, jobs, { steps: new Map() });
  const steps = plan.steps.map((step) => ({
    key: step.key,
    what: step.what,
    type: step.type,
    ...(step.id ? { id: wordText(step.id) } : {}),
    after: step.after,
    ...(step.serial === undefined ? {} : { serial: step.serial }),
    commands: { create: commandsOf(step.create), update: commandsOf(step.update) },
    ...(step.takes === undefined ? {} : { takes: step.takes }),
    ...(step.costs === undefined ? {} : { costs: step.costs }),
  }));
  print(context, { ...summary, steps }, () => textOf(plan, summary.permissions));
}

/** What only Azure knows stands between angle marks. */
function commandsOf(commands: Step['create']): string[][] {
  return commands.map((words) =>
    words.map((word) => word.map((part) => ('output' in part ? `‹${part.output}›` : (wordText([part]) ?? ''))).join('')),
  );
}

function textOf({ steps }: Plan, permissions: Plan['permissions']): string {
  const lines = steps.flatMap((step, index) => {
    const head = `${String(index + 1).padStart(String(steps.length).length)}. ${doing(step)} ${step.what}`;
    const about = [step.takes, step.costs].filter((one) => one !== undefined).join(' · ');
    const commands = [...commandsOf(step.create), ...commandsOf(step.update)].map((words) => `     ${words.join(' ')}`);
    return [about === '' ? head : `${head}  (${about})`, ...commands];
  });
  const allowed = permissions.flatMap(({ scope, actions }) => [`  ${scope}`, ...actions.map((action) => `    ${action}`)]);
  return [...lines, '', 'Permissions that this needs', ...allowed].join('\n');
}

function doing({ type, update }: Step): string {
  if (type === 'ensure') return 'make, if it is not there:';
  if (type === 'action') return 'do, if it is not done:';
  return update.length > 0 ? 'change, if it differs:' : 'look at:';
}
