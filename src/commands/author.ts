import { topicJsonSchema } from '../build/write-schema.ts';
import { answersSchema } from '../core/answers-schema.ts';
import { complaintLines, UserError } from '../core/errors.ts';
import { answersGiven } from '../core/given.ts';
import { plan } from '../core/plan.ts';
import { render } from '../core/render.ts';
import { expectChecklists } from '../io/catalog.ts';
import { problemLine, readCatalog } from '../io/read-catalog.ts';
import { exampleNamed } from './answers-of.ts';
import { type Context, print } from './context.ts';
import { topicNamed } from './lists.ts';

/** Reads a catalog folder and prints every problem as file:line:col; exit code 2 when there is one. */
export async function lintCommand(context: Context, folder: string): Promise<void> {
  await expectChecklists(folder);
  const { catalog, problems } = await readCatalog(folder);
  if (problems.length > 0) {
    if (context.output === 'json') print(context, problems, () => '');
    throw new UserError(problems.map((problem) => ({ what: problemLine(problem) })));
  }
  const counts = {
    topics: catalog?.topics.length ?? 0,
    facts: Object.keys(catalog?.facts ?? {}).length,
    examples: Object.keys(catalog?.examples ?? {}).length,
  };
  print(
    context,
    { ...counts, problems: [] },
    () => `No problems: ${counts.topics} topics, ${counts.facts} facts, ${counts.examples} examples.`,
  );
}

/** Prints a JSON schema for editors: of a topic file, or of an answers file. */
export async function schemaCommand(context: Context, what: string): Promise<void> {
  if (what === 'topic') context.stdout.write(topicJsonSchema());
  else if (what === 'answers') context.stdout.write(`${JSON.stringify(answersSchema(await context.catalog()), null, 2)}\n`);
  else throw new UserError({ what: `There is no schema of ${what}.`, hint: 'amlguide schema topic, or amlguide schema answers' });
}

/** Shows what one topic adds to guide and script, for the author of that topic. */
export async function previewCommand(context: Context, folder: string, topicName: string, example: string): Promise<void> {
  await expectChecklists(folder);
  const { catalog, problems } = await readCatalog(folder);
  if (!catalog) throw new UserError(problems.map((problem) => ({ what: problemLine(problem) })));
  const { topic: wanted } = topicNamed(catalog, topicName);
  const result = plan(catalog, answersGiven(catalog, exampleNamed(catalog, example)).answers);
  if ('problems' in result) throw new UserError(result.problems.map(({ key, say }) => ({ what: say, where: key })));
  const part = {
    ...result,
    steps: result.steps.filter(({ topic }) => topic === wanted),
    checklist: result.checklist.filter(({ topic }) => topic === wanted),
  };
  context.stdout.write(
    render(part, ['guide', 'bash'], context.version)
      .map(({ path, text }) => `──── ${path}\n${text}`)
      .join('\n'),
  );
  for (const problem of problems) context.stderr.write(`${complaintLines({ what: problemLine(problem) }).join('\n')}\n`);
}
