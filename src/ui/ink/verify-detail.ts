import type { Finding } from '../../core/verify/findings.ts';
import { mendLines } from '../../core/verify/mends.ts';
import { factPages } from './facts.ts';
import { pageRows } from './pages.ts';
import type { Paragraph } from './state.ts';
import { cut, type Line, type Tone } from './text.ts';
import { type VerifyScene, verdicts } from './verify-scene.ts';

/** Everything about an item: what it says, what was found and expected, what mends it, and what it rests on, with the history of that. */
export function detailText(scene: VerifyScene, finding: Finding): readonly Paragraph[] {
  const { sign, tone, word } = verdicts[finding.verdict];
  const title = scene.head.topics.find(({ topic }) => topic === finding.topic)?.title ?? finding.topic;
  return [
    { begin: [{ text: `${sign} `, tone }], text: [{ text: finding.says, tone: 'strong' }] },
    { begin: [{ text: '  ' }], text: [{ text: `${word} · ${finding.severity} severity · ${title}`, tone: 'dim' }] },
    { text: [] },
    ...spaced([foundText(finding), mendText(scene, finding), handText(scene, finding), placeText(finding)]),
    ...finding.facts.flatMap((id) => scene.head.facts[id] ?? []).flatMap(factPages),
  ];
}

function named(name: string, text: string | undefined, tone: Tone = 'plain'): Paragraph[] {
  return text === undefined || text === '' ? [] : [{ begin: [{ text: name.padEnd(10), tone: 'dim' }], text: [{ text, tone }] }];
}

/** Each part with an empty row after it, without those that are empty. */
function spaced(parts: readonly (readonly Paragraph[])[]): Paragraph[] {
  return parts.filter((part) => part.length > 0).flatMap((part) => [...part, { text: [] }]);
}

function foundText({ verdict, says, why, found, expected }: Finding): Paragraph[] {
  const reason = why === says ? undefined : why;
  if (verdict === 'by hand') return named('Look at', reason);
  if (verdict === 'fail') return [...named('Why', reason), ...named('Found', found), ...named('Expected', expected)];
  return [...named('Why', reason), ...named('Found', found), ...(verdict === 'unknown' ? named('Expected', expected) : [])];
}

/** What a person does, and each command in full. */
function mendText({ mends, mendable, marked }: VerifyScene, { id, verdict }: Finding): Paragraph[] {
  const mend = mends.get(id);
  if (verdict !== 'fail' || !mend) return [];
  const said = named('Mend', mend.say);
  const commands = mendLines({ commands: mend.commands ?? [] }).map(
    (command, index): Paragraph => ({
      begin: [
        { text: (index === 0 && said.length === 0 ? 'Mend' : '').padEnd(10), tone: 'dim' },
        { text: '$ ', tone: 'accent' },
      ],
      text: [{ text: command, tone: 'strong' }],
    }),
  );
  const all = mendable.size === 1 ? 'f mends it, after a yes.' : `f mends all ${mendable.size}, after a yes; space marks this one alone.`;
  const how = marked.size > 0 ? 'f mends what is marked, after a yes; space marks it.' : all;
  return [...said, ...commands, ...(mendable.has(id) ? named('', how, 'dim') : [])];
}

function handText({ takesHands, head }: VerifyScene, { by }: Finding): Paragraph[] {
  if (by !== 'hand' || !takesHands) return [];
  const kept = head.keeps ? 'It is remembered, with the day.' : 'It counts this time alone.';
  return named('You say', `y it is so, n it is not. ${kept}`);
}

/** What was found and expected of an item, and the commands that mend it without the signs of the screen. */
export function copiedText({ mends }: VerifyScene, { id, label, says, verdict, why, found, expected }: Finding): string {
  const mend = verdict === 'fail' ? mends.get(id) : undefined;
  const lines = [
    ['Why', why === says ? undefined : why],
    ['Found', found],
    ['Expected', expected],
    ['Mend', mend?.say],
  ].flatMap(([name, text]) => (text ? [`# ${name}: ${text}`] : []));
  const commands = mend ? mendLines({ commands: mend.commands ?? [] }) : [];
  return `${[`# ${label} (${verdict}): ${says}`, ...lines, ...commands].join('\n')}\n`;
}

const askers = {
  azure: 'Azure',
  cluster: 'the Kubernetes cluster',
  computer: 'this computer',
  answers: 'the answers alone',
  hand: 'a person',
} as const satisfies Record<Finding['by'], string>;

function placeText({ what, resource, by, at }: Finding): Paragraph[] {
  const when = at === undefined ? '' : `, ${at.slice(0, 16).replace('T', ' ')} UTC`;
  const decided = by === 'hand' && at === undefined ? [] : named('Told by', `${askers[by]}${when}`);
  return [...named('Of', what), ...named(what === undefined ? 'Of' : '', resource, 'dim'), ...decided];
}

/** As much of the detail as fits, where it is short without empty rows; the last row says how the rest comes. */
export function detailRows(scene: VerifyScene, finding: Finding, width: number, height: number): readonly Line[] {
  const whole = trimmed(pageRows(detailText(scene, finding), width));
  if (whole.length <= height) return whole;
  const rows = whole.filter((row) => row.length > 0);
  if (rows.length <= height) return rows;
  const more: Line = [
    { text: '… ', tone: 'dim' },
    { text: 'e', tone: 'accent' },
    { text: ' in full', tone: 'dim' },
  ];
  return [...(height > 24 ? trimmed(whole.slice(0, height - 1)) : rows.slice(0, Math.max(0, height - 1))), cut(more, width)].slice(
    0,
    height,
  );
}

function trimmed(rows: readonly Line[]): readonly Line[] {
  const last = rows.findLastIndex((row) => row.length > 0);
  return rows.slice(0, last + 1);
}
