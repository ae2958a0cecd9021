import { nearest, UserError } from '../core/errors.ts';
import type { Plan } from '../core/plan.ts';
import { defaultFormats, type Format, formats, render } from '../core/render.ts';
import { writeFolder } from '../io/write-folder.ts';
import { type AnswersOptions, hasAnswers, planFrom } from './answers-of.ts';
import { type Context, print, tell } from './context.ts';

/** Flags of `amlguide render`. */
export interface RenderOptions extends AnswersOptions {
  readonly out?: string;
  readonly format?: string;
  readonly force?: boolean;
}

/** Writes scripts, programs and guide for a set of answers. */
export async function renderCommand(context: Context, options: RenderOptions): Promise<void> {
  const wanted = wantedFormats(options.format);
  if (!hasAnswers(options)) {
    const { examples } = await context.catalog();
    throw new UserError({
      what: 'Say whose answers: --answers FILE, --example NAME or --session NAME.',
      hint: `Examples: ${Object.keys(examples).join(', ')}.`,
    });
  }
  const plan = await planFrom(context, options);
  const folder = options.out ?? String(plan.situation.answers[plan.situation.catalog.manifest.name_from] ?? 'amlguide-files');
  if (options.out === undefined) tell(context, `Writing into ${folder}; --out names another folder.`);
  await writePlan(context, plan, wanted, folder, options.force ?? false);
}

/** Writes the files of a plan into a folder and says what they are. */
export async function writePlan(context: Context, plan: Plan, wanted: readonly Format[], folder: string, force: boolean): Promise<void> {
  const files = render(plan, wanted, context.version);
  if (files.length === 0)
    throw new UserError({
      what: `These answers have no file of the format ${wanted.join(', ')}.`,
      hint: `Formats: ${formats.join(', ')}.`,
    });
  const written = writeFolder(folder, files, force);
  for (const { key, say } of plan.warnings) tell(context, `Note on ${key}: ${say}`);
  for (const line of plan.checklist.filter(({ state }) => state === 'contradicted'))
    tell(context, `The checklist says no: ${line.label}. ${line.says}`);
  print(context, { folder, files: written }, () => written.map(({ path, state }) => `${path}  ${state}`).join('\n'));
}

function wantedFormats(list: string | undefined): readonly Format[] {
  if (list === undefined) return defaultFormats;
  return list.split(',').map((name) => {
    const format = formats.find((one) => one === name.trim());
    if (format) return format;
    const near = nearest(name.trim(), formats);
    throw new UserError({
      what: `There is no format "${name.trim()}".`,
      where: '--format',
      hint: near ? `Did you mean ${near}?` : `Formats: ${formats.join(', ')}.`,
    });
  });
}
