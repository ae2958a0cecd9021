import { countsOf, elapsedOf, type RunView } from '../../core/run/progress.ts';
import { restOf } from '../../core/run/rest.ts';
import { type PlanPart, shortId } from '../review-words.ts';
import type { RunEnding, RunOverview, RunTrouble } from '../run-ui.ts';
import { endingParts, finishedText, outcomeText, overviewParts, rehearsalWords, restText } from '../run-words.ts';
import { remembered } from './remembered.ts';
import type { RunScene } from './run-scene.ts';
import type { Paragraph } from './state.ts';
import { cut, ends, fill, type Line, type Span, widthOf } from './text.ts';

/** The rows above every screen of a run: that it is a rehearsal, what runs, and how far it is. */
export function runHead(scene: RunScene, columns: number): Line[] {
  const banner: Line[] = isRehearsal(scene)
    ? [
        cut(
          [
            { text: ' REHEARSAL ', tone: 'button' },
            { text: ` ${rehearsalWords}`, tone: 'accent' },
          ],
          columns,
        ),
      ]
    : [];
  const left: Line = [
    { text: ` ${titleWord(scene)}`, tone: 'dim' },
    { text: `  ${nameOf(scene)}`, tone: 'strong' },
  ];
  return [...banner, ends(left, scene.stage === 'overview' ? [] : [...countSpans(scene, columns), { text: ' ' }], columns)];
}

function isRehearsal({ stage, overview, view }: RunScene): boolean {
  return stage === 'overview' ? (overview?.rehearsal ?? false) : view.rehearsal;
}

function nameOf({ stage, overview, view }: RunScene): string {
  return stage === 'overview' ? (overview?.name ?? '') : view.name;
}

const words = { stop: 'Stopping', leave: 'Leaving', end: 'Ending' } as const;

function titleWord({ stage, overview, view, stopping }: RunScene): string {
  if (stage === 'overview') return overview?.kind === 'undo' ? 'Undo' : 'Run';
  if (stage === 'ended') return view.kind === 'undo' ? 'Undone' : 'Ended';
  return stopping ? words[stopping] : view.kind === 'undo' ? 'Taking back' : 'Running';
}

function countSpans({ view, now, stage }: RunScene, columns: number): Line {
  const { done, all, running, failed } = countsOf(view);
  const rest = stage === 'running' && columns >= 100 ? restOf(view, now) : undefined;
  const parts: Span[] = [
    { text: `${done} of ${all}` },
    ...(running > 0 && columns >= 80 ? [{ text: `${running} running` }] : []),
    ...(failed > 0 ? [{ text: `${failed} failed`, tone: 'bad' as const }] : []),
    { text: clockText(elapsedOf(view, now)) },
    ...(rest ? [{ text: restText(rest), tone: 'dim' as const }] : []),
  ];
  return parts.flatMap((part, index) => (index === 0 ? [part] : [{ text: ' · ', tone: 'dim' as const }, part]));
}

/** 01:42, or 1:02:03. */
export function clockText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const two = (number: number): string => String(number).padStart(2, '0');
  const tail = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return seconds < 3600 ? tail : `${Math.floor(seconds / 3600)}:${tail}`;
}

/** A longer note is a sentence, and no column. */
const longest = 60;

/** Everything that a run will do, as a text. */
export const overviewText = remembered((overview: RunOverview, width: number): readonly Paragraph[] => {
  const parts = overviewParts(overview, (id) => shortId(id, Math.max(12, width - 16)));
  const finished = finishedText(overview).map((text): Paragraph => ({ text: [{ text }] }));
  const nothing: Paragraph[] = parts.length === 0 ? [{ text: [{ text: 'There is nothing to do but to look.' }] }] : [];
  return spaced([
    ...(finished.length > 0 ? [finished] : []),
    ...(nothing.length > 0 ? [nothing] : []),
    ...parts.map((part) => partText(part, width)),
  ]);
});

/** The actions that a person needs, scope by scope. */
export function permissionsText({ permissions }: RunOverview): readonly Paragraph[] {
  return spaced(
    permissions.map(({ scope, actions }) => [
      { text: [{ text: scope, tone: 'strong' as const }] },
      ...actions.map((action): Paragraph => ({ begin: [{ text: '  · ', tone: 'dim' }], text: [{ text: action }] })),
    ]),
  );
}

/** How a run ended, as a text: the outcome, what is next, and what became of the steps. */
export function endingText(ending: RunEnding, view: RunView, width: number): readonly Paragraph[] {
  const good = ending.outcome === 'complete';
  const outcome: Paragraph = {
    begin: [good ? { text: '✔ ', tone: 'good' } : { text: '! ', tone: 'warn' }],
    text: [{ text: outcomeText(ending, view), tone: 'strong' }],
  };
  const next = ending.next.map((text): Paragraph => ({ begin: [{ text: '  → ', tone: 'accent' }], text: [{ text }] }));
  const parts = endingParts(view).map(({ heading, lines, count }) => partText({ heading: `${heading} (${count})`, lines }, width));
  return spaced([[outcome], ...(next.length > 0 ? [next] : []), ...parts]);
}

function partText({ heading, lines }: PlanPart, width: number): Paragraph[] {
  return [{ text: [{ text: heading, tone: 'accent' }] }, ...lineTexts(lines, width)];
}

/** The lines of a part; their notes stand below each other where all of them have the room. */
function lineTexts(lines: PlanPart['lines'], width: number): Paragraph[] {
  const begin: Span = { text: '  · ', tone: 'dim' };
  const noted = lines.filter(({ note }) => note !== undefined);
  const widest = Math.max(0, ...noted.map(({ text }) => widthOf(text)));
  const columns = widest <= Math.floor(width / 2) - 6 && noted.every(({ note = '' }) => note.length <= longest);
  return lines.map(({ text, note }): Paragraph => {
    if (note === undefined) return { begin: [begin], text: [{ text }] };
    if (!columns) return { begin: [begin], text: [{ text }, { text: ` · ${note}`, tone: 'dim' }] };
    return { begin: [begin, ...fill([{ text }], widest), { text: '  ' }], text: [{ text: note, tone: 'dim' }] };
  });
}

/** Blocks with an empty row between them. */
function spaced(blocks: readonly (readonly Paragraph[])[]): readonly Paragraph[] {
  return blocks.flatMap((block, index) => (index === 0 ? block : [{ text: [] }, ...block]));
}

/** A failure for somebody who is asked about it: what failed, the commands and answers of the log about it, and Azure's words. */
export function troubleText({ step, what, message, known }: RunTrouble, log: readonly string[]): string {
  const told = log.filter((line) => line.includes(`  ${step}: `));
  const means = known ? [`# Means: ${known.cause}`, `# Mend: ${known.fix}`] : [];
  return `${[`# ${what} failed`, ...told, message, ...means].join('\n')}\n`;
}
