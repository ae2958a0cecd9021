import type { RunOverview } from '../run-ui.ts';
import { filterLine } from './filter.ts';
import type { Frame, Size } from './frame.ts';
import { inputRow } from './input.ts';
import { keyBar } from './key-bar.ts';
import { pageColumn, pagesColumn } from './pages.ts';
import { runKeys } from './run-keys.ts';
import { runRows } from './run-list.ts';
import { troubleRows, wayOutRows } from './run-panels.ts';
import { askedTrouble, type RunScene, topLayer } from './run-scene.ts';
import { listedSteps } from './run-steps.ts';
import { endingText, overviewText, runHead } from './run-text.ts';
import type { Seen } from './state.ts';
import { cut, type Line, lineWidth, wrap } from './text.ts';

/** What stands between the head and the keys. */
interface Body {
  readonly rows: readonly Line[];
  readonly page: number;
  readonly count: number;
  readonly cursor?: { readonly x: number; readonly y: number };
}

/** The screen of a run for a size of the terminal. */
export function runFrame(scene: RunScene, size: Size): Frame {
  if (scene.stage === 'blank') return { lines: [], seen: { page: 1, count: 0, preview: false } };
  const left = size.columns >= 40 ? 1 : 0;
  const width = Math.max(8, Math.min(120, size.columns - 2 * left));
  const most = size.rows < 20 ? 1 : 2;
  const head: Line[] = [...runHead(scene, size.columns), ...(size.rows >= 18 ? [[]] : [])];
  // Whether something scrolls is known only after the layout, and the bar names the keys for it.
  const guess = keyBar(runKeys({ scene, seen: { page: 1, count: 2, preview: false } }), size, most);
  const height = Math.max(1, size.rows - head.length - guess.length - (size.rows >= 18 ? 1 : 0));
  const body = bodyOf(scene, width, height);
  const seen: Seen = { page: body.page, count: body.count, preview: false };
  const bar = keyBar(runKeys({ scene, seen }), size, most);
  const rows = body.rows.slice(0, height).map((row): Line => (row.length === 0 || left === 0 ? row : [{ text: ' ' }, ...row]));
  const gap: Line[] = Array.from({ length: Math.max(0, size.rows - head.length - rows.length - bar.length) }, () => []);
  const lines = [...head, ...rows, ...gap, ...bar].slice(0, Math.max(1, size.rows)).map((row) => cut(row, size.columns));
  const cursor = body.cursor && { x: Math.min(body.cursor.x + left, size.columns - 1), y: body.cursor.y + head.length };
  return { lines, seen, ...(cursor && cursor.y < size.rows ? { cursor } : {}) };
}

function bodyOf(scene: RunScene, width: number, height: number): Body {
  const layer = topLayer(scene);
  if (layer?.at === 'pages') return pagesColumn(layer, width, height);
  if (layer?.at === 'ways out') return fixed(wayOutRows(scene, layer.cursor, width, height));
  if (scene.stage === 'overview') return scene.overview ? overviewBody(scene, scene.overview, width, height) : fixed([]);
  if (scene.stage === 'ended')
    return scene.ending ? textBody(endingText(scene.ending, scene.view, width), scene, width, height) : fixed([]);
  const trouble = askedTrouble(scene);
  if (trouble) return fixed(troubleRows(scene, trouble, width, height));
  return listBody(scene, width, height);
}

/** The steps, with the words that filter them above. */
function listBody(scene: RunScene, width: number, height: number): Body {
  const count = listedSteps(scene).length;
  if (!scene.filter) return { rows: runRows(scene, width, height), page: height, count };
  const { row, x } = filterLine(scene.filter, width);
  const rows = count === 0 ? [nothing] : runRows(scene, width, Math.max(1, height - 1));
  return { rows: [row, ...rows], page: Math.max(1, height - 1), count, ...(x === undefined ? {} : { cursor: { x, y: 0 } }) };
}

const nothing: Line = [{ text: '  nothing has these words', tone: 'dim' }];

function fixed(rows: readonly Line[]): Body {
  return { rows, page: 1, count: 0 };
}

/** A text without a title of its own. */
function textBody(text: ReturnType<typeof endingText>, { top = 0 }: RunScene, width: number, height: number): Body {
  const { rows, page, count } = pageColumn([], text, top, width, height + 2);
  const place = count > page ? rows[0] : undefined;
  // Where it is in the whole is said only where it does not fit, in the last row.
  if (!place) return { rows: rows.slice(2), page, count };
  const again = pageColumn([], text, top, width, height + 1);
  return { rows: [...again.rows.slice(2), again.rows[0] ?? []], page: again.page, count };
}

/** What will happen, with the question below it that always stays in sight. */
function overviewBody(scene: RunScene, overview: RunOverview, width: number, height: number): Body {
  const question = questionRows(scene, overview, width);
  const gap: Line[] = height > 12 ? [[]] : [];
  const text = textBody(overviewText(overview, width), scene, width, Math.max(1, height - question.rows.length - gap.length));
  const y = text.rows.length + gap.length + question.rows.length - 1;
  return { ...text, rows: [...text.rows, ...gap, ...question.rows], ...(question.x === undefined ? {} : { cursor: { x: question.x, y } }) };
}

function questionRows(
  { input }: RunScene,
  { typed, kind, rehearsal }: RunOverview,
  width: number,
): { readonly rows: readonly Line[]; readonly x?: number } {
  if (typed !== undefined) {
    const name = input.text.trim();
    const wrong: Line = typed.startsWith(name) ? [] : [{ text: '  ✖ not the name', tone: 'bad' }];
    const { row, x } = inputRow(input, '', width - lineWidth(wrong));
    return {
      rows: [
        ...wrap([{ text: 'Type ' }, { text: typed, tone: 'strong' }, { text: ' and press Enter to take all of this back.' }], width),
        [...row, ...wrong],
      ],
      x,
    };
  }
  const does = kind === 'undo' ? 'take it back' : rehearsal ? 'rehearse it' : 'run it in Azure';
  return {
    rows: [
      cut(
        [
          { text: ` y  ${does} `, tone: 'button' },
          { text: '  or  ', tone: 'dim' },
          { text: 'n', tone: 'accent' },
          { text: '  change nothing', tone: 'dim' },
        ],
        width,
      ),
    ],
  };
}
