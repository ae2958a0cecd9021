import type { Command } from 'commander';
import { type Context, wantsColour } from './context.ts';

/** What `amlguide` alone does: the home screen in a terminal, otherwise its help. */
export async function homeCommand(context: Context, program: Command): Promise<void> {
  if (context.noInput) {
    const { examples } = await context.catalog();
    context.stdout.write(
      `${program.helpInformation()}\nThere is no terminal to ask in. To see what comes out:\n  $ amlguide render --example ${Object.keys(examples)[0] ?? 'NAME'} --out example\n`,
    );
    return;
  }
  const setup = await import('./setup.ts');
  const saved = await setup.savedSessions(context, await context.catalog());
  const choice = await (context.plain ? plainHome(context, saved) : inkHome(context, saved));
  if (choice.type === 'new') await setup.setupCommand(context, {});
  else if (choice.type === 'resume') await setup.resumeCommand(context, choice.name, {});
  else if (choice.type === 'checklist') await (await import('./lists.ts')).checklistCommand(context, undefined, {});
}

async function plainHome(context: Context, saved: Awaited<ReturnType<typeof import('./setup.ts').savedSessions>>) {
  const { plainHome: home } = await import('../ui/plain.ts');
  return home(saved, { input: context.stdin, output: context.stdout });
}

async function inkHome(context: Context, saved: Awaited<ReturnType<typeof import('./setup.ts').savedSessions>>) {
  const { inkHome: home } = await import('../ui/ink/ink-ui.tsx');
  return home(saved, { stdin: context.stdin, stdout: context.stdout, colour: wantsColour(context) });
}
