import type { Catalog } from '../catalog.ts';
import type { Drawn } from '../picture.ts';
import { bashLiteral, shellCannotCarry } from '../quote.ts';
import { wrapOptions } from '../render/script.ts';
import type { Fact } from '../schema.ts';
import { countsOf, type Finding, type Verdict } from '../verify/findings.ts';
import type { Mend } from '../verify/mends.ts';

/** What a verification found, as every format tells it. */
export interface Report {
  readonly name: string;
  /** When it was made, ISO 8601. */
  readonly at: string;
  /** The version of the program. */
  readonly version: string;
  readonly catalog: Catalog;
  readonly findings: readonly Finding[];
  readonly picture?: readonly Drawn[];
  /** By the id of the finding. */
  readonly mends: ReadonlyMap<string, Mend>;
  /** Nothing was read: the answers are made up. */
  readonly sample?: boolean;
  /** Where the answers stand, from the top folder of a repository; code scanning shows its alerts there. `answers.yaml` when absent. */
  readonly answersFile?: string;
}

/** Every verdict, the most urgent first. */
export const verdicts: readonly Verdict[] = ['fail', 'unknown', 'by hand', 'pass'];

/** A verdict as a word behind a number. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  fail: 'failed',
  unknown: 'unknown',
  'by hand': 'to look at by hand',
  pass: 'passed',
};

const sampleText = 'This is a sample: nothing was read, and all values are made up.';

/** What a reader has to know before anything else; empty when there is nothing. */
export function warningOf({ sample }: Report): string {
  return sample ? sampleText : '';
}

/** The findings of one verdict, the severe ones first. */
export function findingsOf({ findings }: Report, verdict: Verdict): Finding[] {
  const rank = { high: 0, medium: 1, low: 2 } as const;
  return findings.filter((one) => one.verdict === verdict).sort((a, b) => rank[a.severity] - rank[b.severity]);
}

/** The findings of each topic that has any, in their order. */
export function topicsOf({
  findings,
  catalog,
}: Report): { readonly topic: string; readonly title: string; readonly findings: Finding[] }[] {
  const names = [...new Set(findings.map(({ topic }) => topic))];
  return names.map((topic) => ({
    topic,
    title: catalog.topics.find((one) => one.topic === topic)?.title ?? topic,
    findings: findings.filter((one) => one.topic === topic),
  }));
}

/** The counts in a sentence, such as: 2 failed, 1 unknown, 4 to look at by hand, 30 passed. */
export function summaryOf({ findings }: Report): string {
  const counts = countsOf(findings);
  return verdicts.map((verdict) => `${counts[verdict]} ${verdictWords[verdict]}`).join(', ');
}

/** The item that a finding is about, the same for every row of it: topic/item. */
export function ruleOf({ topic, id }: Finding): string {
  return `${topic}/${id.split('.')[0]}`;
}

/** What a finding says in few words, to stand behind its label: why nobody could tell, or what was found and expected. */
export function outcomeOf({ found, expected, why, by }: Finding): string {
  const compared = [found === undefined ? [] : `found ${found}`, expected === undefined ? [] : `expected ${expected}`].flat().join(', ');
  const parts = [why ?? [], found === undefined && why !== undefined ? [] : compared].flat().filter((part) => part !== '');
  return parts.length > 0 ? parts.join(' ') : by === 'answers' ? 'the answers decide it' : 'nothing more is known';
}

/** The commands of a mend as lines for bash; a command that no shell can carry is a comment that says so. */
export function commandsOf(mend: Mend | undefined): string[] {
  return (mend?.commands ?? []).map((words) => {
    const reason = words.map(shellCannotCarry).find((one) => one !== undefined);
    return reason === undefined ? wrapOptions(words.map(bashLiteral), '', '\\', 90) : `# This command cannot be shown: ${reason}.`;
  });
}

/** The facts behind a finding, those that the catalog knows. */
export function factsOf({ catalog }: Report, { facts }: Finding): Fact[] {
  return [...new Set(facts)].flatMap((id) => (Object.hasOwn(catalog.facts, id) ? (catalog.facts[id] ?? []) : []));
}

/** A source as a line: the page, its date and a note, parted by commas. */
export function sourceLine({ page, date, note }: Fact['sources'][number]): string {
  return [page, date, note].filter((part) => part !== undefined).join(', ');
}

/** The address of a source, where it is known. */
export function sourceAddress({ repo, path }: Fact['sources'][number]): string | undefined {
  return repo === undefined || path === undefined ? undefined : `https://github.com/${inAddress(repo)}/blob/main/${inAddress(path)}`;
}

/** A path as part of an address: everything but its slashes stands for itself. */
export function inAddress(path: string): string {
  return oneLine(path).split('/').map(encodeURIComponent).join('/');
}

// Joiners that people write with are left as they are.
const unseen = /[[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]--[\n\t\u200C\u200D]]/gv;

/** A text in which everything that is unseen or would turn the reading order is spelled as its code point, and lines end in \n. */
export function visible(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(unseen, (character) => `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`);
}

/** A text on one line. */
export function oneLine(text: string): string {
  return visible(text).replace(/\s+/g, ' ').trim();
}

/** A picture whose texts are on one line each. */
export function oneLineLabels(nodes: readonly Drawn[]): Drawn[] {
  return nodes.map((node) => ({
    ...node,
    label: oneLine(node.label),
    notes: node.notes.map(oneLine),
    flows: node.flows.map((flow) => ({ ...flow, who: oneLine(flow.who), ports: oneLine(flow.ports), why: oneLine(flow.why) })),
    inner: oneLineLabels(node.inner),
  }));
}
