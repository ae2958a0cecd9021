import { answerLabel, answerText } from '../answer-text.ts';
import { type ChecklistLine, checkedPath, expectationOf } from '../items.ts';
import type { Drawn } from '../picture.ts';
import { drawMermaid } from '../picture-mermaid.ts';
import { drawText } from '../picture-text.ts';
import type { Plan, Step } from '../plan.ts';
import { bashLiteral } from '../quote.ts';
import type { Fact } from '../schema.ts';
import { asksForAnother } from '../situation.ts';
import { instanceOf, type Ref, refOf } from '../verify/sources.ts';
import { type Word, wordText } from '../words.ts';
import { plain } from './markdown.ts';
import { lookCommand, optionLines } from './script.ts';

/** The picture that guide.md shows, beside it. */
export const pictureFile = 'network.svg';

/** guide.md: the plan as a document for a reviewer, with checklist, picture, permissions, and what is not checked. */
export function guideDocument(plan: Plan, heading: readonly string[], picture: readonly Drawn[]): string {
  const { manifest } = plan.situation.catalog;
  const sections = [
    [`# ${heading[0] ?? ''}`, '', ...heading.slice(1).map(plain)],
    [
      '## The network',
      '',
      `![The network; the text below says the same](${pictureFile})`,
      '',
      '```text',
      ...drawText(picture, 100),
      '```',
      '',
      '```mermaid',
      ...drawMermaid(picture),
      '```',
    ],
    ['## What was decided', '', '| question | answer | key |', '| --- | --- | --- |', ...decisions(plan)],
    ['## Steps', '', ...stepsIntroduction(plan), ...plan.steps.flatMap((step, index) => stepSection(plan, step, index + 1))],
    ['## Checklist', '', ...checklistSection(plan)],
    ['## Permissions that the person who runs this needs', '', ...permissionSection(plan)],
    ...(plan.steps.some(({ costs }) => costs) ? [['## What costs money', '', ...costLines(plan)]] : []),
    ...(plan.warnings.length > 0 ? [['## Warnings', '', ...plan.warnings.map(({ key, say }) => `- \`${key}\`: ${plain(say)}`)]] : []),
    ...(plan.notes.length > 0
      ? [['## Good to know', '', ...plan.notes.map(({ says, facts }) => `- ${plain(says)} ${sources(plan, facts)}`)]]
      : []),
    ['## Where the documents are outdated', '', ...outdated(plan)],
    ['## What this does not check', '', ...manifest.checks_not.map((line) => `- ${line}`)],
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Text as code; with backticks in it, Markdown wants two of them around it. */
function code(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

function decisions(plan: Plan): string[] {
  return plan.situation.asked
    .filter((asked) => !asksForAnother(asked))
    .map((asked) => {
      const value = plan.situation.answers[asked.key] ?? null;
      return `| ${plain(answerLabel(asked))} | ${plain(answerText(plan.situation, asked, value))} | \`${asked.key}\` |`;
    });
}

function stepsIntroduction(plan: Plan): string[] {
  const look = lookCommand(plan, { id: 'ID', api: 'API', query: 'QUERY', output: 'tsv' }, literal);
  return [
    'Each step looks first, by the id and api-version given below it. What is there already and right is left alone; what differs is changed only where that is safe.',
    '',
    ...fence([look.join(' ')]),
  ];
}

function stepSection(plan: Plan, step: Step, number: number): string[] {
  return [
    '',
    `### ${number}. ${step.type === 'require' ? 'Check: ' : ''}${plain(step.what)}`,
    '',
    ...(step.why ? [plain(step.why), ''] : []),
    ...(step.takes ? [`Takes ${step.takes}.`, ''] : []),
    ...(step.id ? [`\`${wordText(step.id) ?? ''}\` (api-version ${step.api})`, ''] : []),
    ...(step.wants.length > 0
      ? ['Wanted:', '', ...step.wants.map((want) => `- ${code(want.path)} ${want.how} ${code(wordText(want.word) ?? '')}`), '']
      : []),
    ...(step.probe ? [`Done when this prints ${code(step.done ?? '')}:`, '', ...commandFence(step.probe)] : []),
    ...(step.create.length > 0 ? [step.probe ? 'Else:' : 'When it is missing:', '', ...step.create.flatMap(commandFence)] : []),
    ...differs(step),
    ...(step.missing ? [`When it is missing: ${plain(step.missing)}`, ''] : []),
    ...(step.say && (step.create.length === 0 || step.wants.length > 0) ? [`Otherwise: ${plain(step.say)}`, ''] : []),
    sources(plan, step.facts),
  ];
}

function differs(step: Step): string[] {
  if (step.update.length === 0) return [];
  const verbs = otherVerb(step);
  if (verbs) return [`When it differs: the same with \`${verbs[1]}\` in place of \`${verbs[0]}\`.`, ''];
  return ['When it differs:', '', ...step.update.flatMap(commandFence)];
}

/** The two verbs when update and create are one command each and differ in one fixed word alone. */
function otherVerb(step: Step): readonly [string, string] | undefined {
  const [create = [], update = []] = [step.create[0], step.update[0]];
  if (step.create.length !== 1 || step.update.length !== 1 || create.length !== update.length) return undefined;
  const different = create.flatMap((word, index) =>
    wordText(word) === wordText(update[index] ?? []) ? [] : [[wordText(word) ?? '', wordText(update[index] ?? []) ?? ''] as const],
  );
  return different.length === 1 ? different[0] : undefined;
}

function literal(word: Word): string {
  return bashLiteral(wordText(word) ?? '');
}

function commandFence(words: readonly Word[]): string[] {
  return fence(optionLines(words.map(literal)));
}

function fence(lines: readonly string[]): string[] {
  return ['```bash', lines.join(' \\\n  '), '```', ''];
}

const marks = {
  met: '✔ met by this plan',
  contradicted: '✖ contradicted',
  verify: '○ verify afterwards',
  'by hand': '☐ by hand',
  open: '… open',
} as const;

function checklistSection(plan: Plan): string[] {
  return plan.situation.catalog.topics.flatMap((topic) => {
    const lines = plan.checklist.filter((line) => line.topic === topic.topic);
    return lines.length === 0 ? [] : [`### ${topic.title}`, '', ...lines.flatMap((line) => checklistEntry(plan, line)), ''];
  });
}

function checklistEntry(plan: Plan, line: ChecklistLine): string[] {
  return [
    `- **${plain(line.label)}** (${line.severity}) ${marks[line.state]}. ${plain(line.says)} ${sources(plan, line.facts)}`,
    ...checkLines(plan, line),
    ...(line.manual ? [`  - by hand: ${plain(line.manual)}`] : []),
  ];
}

/** A longer path is a program, and nobody reads it in a document. */
const longestPath = 160;

/** What to look at for a check: of a resource by its id, of anything else by what asks for it. */
function checkLines(plan: Plan, line: ChecklistLine): string[] {
  const { check } = line.item;
  const ref = check && refOf(plan.world, check.read, line.each);
  if (!check || !ref) return [];
  const self = instanceOf(plan.world, check.read, line.each);
  const expected = plain(expectationOf(plan.world, check, line, self));
  if (ref.source.type === 'computer' || (ref.source.type === 'command' && !ref.source.cluster))
    return [`  - \`amlguide doctor\` looks at ${plain(ref.what)}${expected === 'true' ? '' : `: expected ${expected}`}`];
  const path = checkedPath(plan.world, check.path, line, self);
  if (path.length > longestPath) return [`  - \`amlguide verify\` looks at ${plain(ref.what)}`];
  return [`  - look at ${code(path)} of ${sourceText(ref)}: expected ${expected}`];
}

function sourceText({ source, what }: Ref): string {
  if (source.type === 'resource') return code(source.id);
  if (source.type === 'command') return `what ${code(source.words.map(bashLiteral).join(' '))} prints`;
  if (source.type === 'computer') return plain(what);
  const { ask } = source;
  return `${plain(what)} (${code('get' in ask ? `GET ${ask.get}` : 'post' in ask ? `POST ${ask.post}` : ask.graph)})`;
}

function permissionSection(plan: Plan): string[] {
  return plan.permissions.flatMap(({ scope, actions }) => [`- \`${scope}\``, ...actions.map((action) => `  - \`${action}\``)]);
}

function costLines(plan: Plan): string[] {
  return [...new Set(plan.steps.flatMap((step) => (step.costs ? [`- ${plain(step.what)}: ${plain(step.costs)}`] : [])))];
}

/** The pages behind facts, with their dates. */
function sources(plan: Plan, ids: readonly string[]): string {
  const pages = ids
    .flatMap((id) => plan.situation.catalog.facts[id]?.sources ?? [])
    .map(({ page, date }) => (date ? `${page}, ${date}` : page));
  const list = [...new Set(pages)].slice(0, 4);
  return list.length === 0 ? '' : `(${plain(list.join('; '))})`;
}

/** Every fact that the plan rests on and whose old rule no longer holds: old rule, current rule, since when. */
function outdated(plan: Plan): string[] {
  const ids = new Set([
    ...plan.steps.flatMap(({ facts }) => facts),
    ...plan.checklist.flatMap(({ facts }) => facts),
    ...plan.notes.flatMap(({ facts }) => facts),
    ...plan.situation.asked.flatMap(({ question }) => question.facts ?? []),
  ]);
  const facts = [...ids].flatMap((id) => plan.situation.catalog.facts[id] ?? []).filter((fact: Fact) => fact.was !== undefined);
  return facts.map(
    (fact) =>
      `- **Then:** ${plain(fact.was ?? '')} **Now:** ${plain(fact.says)}${fact.since ? ` (stated since ${fact.since})` : ''} ${sources(plan, [fact.id])}`,
  );
}
