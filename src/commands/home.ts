import type { Command } from 'commander';
import { UserError } from '../core/errors.ts';
import { wordsIn } from '../core/glossary.ts';
import type { HomeChoice, SavedSession, Ui } from '../ui/ui.ts';
import { type Context, terminalOf } from './context.ts';

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
  const { choice, ui } = await (context.plain ? plainHome(context, saved) : inkHome(context, saved));
  if (choice.type === 'new' || choice.type === 'sample') {
    const here = choice.type === 'sample' ? { ...context, sample: true } : context;
    const next = await setup.setupCommand(here, {}, ui);
    return (await import('./resume.ts')).goOn(here, next);
  }
  if (choice.type === 'resume') return (await import('./resume.ts')).resumeCommand(context, choice.name, {}, ui);
  await ui?.close();
  if (choice.type === 'doctor') await (await import('./doctor.ts')).doctorCommand(context, {});
  if (choice.type === 'checklist') await (await import('./checklist.ts')).checklistCommand(context, undefined, {});
}

interface AtHome {
  readonly choice: HomeChoice;
  /** The user interface that goes on with the questions; the plain one starts anew. */
  readonly ui?: Ui;
}

async function plainHome(context: Context, saved: readonly SavedSession[]): Promise<AtHome> {
  const { plainHome: home } = await import('../ui/plain.ts');
  return { choice: await home(saved, { input: context.stdin, output: context.stdout }) };
}

async function inkHome(context: Context, saved: readonly SavedSession[]): Promise<AtHome> {
  const { inkUi } = await import('../ui/ink/ink-ui.ts');
  const ui = inkUi(terminalOf(context));
  let asked = false;
  const deaf = context.signals(() => {
    asked = true;
    ui.leave();
  });
  try {
    const catalog = await context.catalog();
    const choice = await ui.home(saved, () => wordsIn(catalog));
    if (!asked) return { choice, ui };
    await ui.close();
    throw new UserError({ what: 'Left before anything was begun.' }, { exitCode: 130 });
  } finally {
    deaf();
  }
}
