import wrapText from 'wrap-ansi';
import type { ListedFact, ListedItem, ListedTopic } from '../core/listed.ts';
import { plain } from '../core/render/markdown.ts';

const states = { met: '[x]', contradicted: '[!]' } as const;

/** The checklist for a terminal of so many columns; 100 where nobody knows. */
export function checklistText(topics: readonly ListedTopic[], columns = 100): string {
  const width = Math.max(40, Math.min(columns, 120));
  return topics.map((topic) => topicText(topic, width)).join('\n\n');
}

function topicText({ title, about, items, notes, changed }: ListedTopic, width: number): string {
  return [
    title.toUpperCase(),
    ...(about ? [hang('', about, width)] : []),
    ...items.flatMap((item) => ['', ...itemText(item, width)]),
    ...(changed.length > 0
      ? ['', '  What changed since the documents', ...changed.flatMap((fact) => ['', ...changedText(fact, width)])]
      : []),
    ...(notes.length > 0
      ? ['', '  Good to know', ...notes.flatMap(({ says, facts }) => ['', hang('  · ', says, width), ...sourceText(facts, width)])]
      : []),
  ].join('\n');
}

function itemText({ label, says, state, severity, manual, facts }: ListedItem, width: number): string[] {
  return [
    hang(`  ${state.padEnd(12)} ${severity.padEnd(6)} `, label, width),
    ...(says === label ? [] : [hang('    ', says, width)]),
    ...(manual ? [hang('    By hand: ', manual, width)] : []),
    ...sourceText(facts, width),
  ];
}

function changedText({ says, was, disagreement, since, id, status, sources }: ListedFact, width: number): string[] {
  return [
    ...(was ? [hang('    Then:  ', was, width)] : []),
    ...(disagreement ? [hang('    The documents disagree: ', disagreement, width)] : []),
    hang('    Today: ', `${says}${since ? ` (stated since ${since})` : ''}`, width),
    hang(`    ${status} · `, `${id} · ${pages(sources)}`, width),
  ];
}

/** Status, source and date of what something rests on, a line for each fact. */
function sourceText(facts: readonly ListedFact[], width: number): string[] {
  return facts.map(({ id, status, sources }) => hang(`    ${status} · `, `${id} · ${pages(sources)}`, width));
}

function pages(sources: ListedFact['sources']): string {
  return sources.map(({ page, date }) => (date ? `${page}, ${date}` : page)).join('; ');
}

/** Text behind a beginning, its further lines below the text. */
function hang(begin: string, text: string, width: number): string {
  return wrapText(text, Math.max(20, width - begin.length), { hard: false })
    .split('\n')
    .map((line, index) => (index === 0 ? begin : ' '.repeat(begin.length)) + line)
    .join('\n');
}

/** The checklist as a Markdown document, with a box for each item. */
export function checklistMarkdown(topics: readonly ListedTopic[]): string {
  return ['# Checklist', ...topics.map(topicMarkdown)].join('\n\n');
}

function topicMarkdown({ title, about, items, notes, changed }: ListedTopic): string {
  const part = (heading: string, lines: readonly string[]) => (lines.length > 0 ? ['', `### ${heading}`, '', ...lines] : []);
  return [
    `## ${plain(title)}`,
    ...(about ? ['', plain(about)] : []),
    '',
    ...items.flatMap(itemMarkdown),
    ...part('What changed since the documents', changed.flatMap(changedMarkdown)),
    ...part(
      'Good to know',
      notes.flatMap(({ says, facts }) => [`- ${plain(says)}`, ...factsMarkdown(facts)]),
    ),
  ].join('\n');
}

function itemMarkdown({ label, says, state, severity, manual, facts }: ListedItem): string[] {
  const box = states[state as keyof typeof states] ?? '[ ]';
  return [
    `- ${box} **${plain(label)}** (${severity}; ${state})${says === label ? '' : `: ${plain(says)}`}${manual ? ` By hand: ${plain(manual)}` : ''}`,
    ...factsMarkdown(facts),
  ];
}

function factsMarkdown(facts: readonly ListedFact[]): string[] {
  return facts.map(({ id, status, sources }) => `  - ${status} · \`${id}\` · ${plain(pages(sources))}`);
}

function changedMarkdown({ id, status, says, was, disagreement, since, sources }: ListedFact): string[] {
  return [
    `- **Today:** ${plain(says)}${since ? ` (stated since ${since})` : ''}`,
    ...(was ? [`  **Then:** ${plain(was)}`] : []),
    ...(disagreement ? [`  **The documents disagree:** ${plain(disagreement)}`] : []),
    `  - ${status} · \`${id}\` · ${plain(pages(sources))}`,
  ];
}
