import { UserError } from '../core/errors.ts';
import { mendJobs } from '../core/verify/mends.ts';
import type { Context } from './context.ts';
import { nameOf, type Verified, type VerifyOptions } from './looking.ts';
import { checkNamedFiles } from './named-files.ts';
import { runJobs } from './run.ts';
import { mayChange } from './running.ts';

/** Mends what failed, after a yes, and looks again. */
export async function fixCommand(
  context: Context,
  { plan, failing }: Verified,
  options: VerifyOptions,
  lookAgain: () => Promise<void>,
): Promise<void> {
  if (context.sample)
    throw new UserError({ what: 'Nothing can be mended in a made-up subscription.', hint: 'Leave out --sample or --fix.' });
  const jobs = mendJobs(plan, failing);
  if (jobs.length === 0) {
    const what = 'No command mends what failed; what a person does about it stands beside each item.';
    throw new UserError({ what }, { exitCode: 4 });
  }
  mayChange(context, options, 'Look at the commands above; then add --yes.');
  await checkNamedFiles(context, plan, false);
  await runJobs(context, options, { plan, name: nameOf(plan, options), jobs, mends: true });
  await lookAgain();
}
