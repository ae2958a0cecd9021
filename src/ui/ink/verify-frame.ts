import { countsOf } from '../../core/verify/findings.ts';
import { filterLine } from './filter.ts';
import type { Frame, Size } from './frame.ts';
import { keyBar } from './key-bar.ts';
import { pagesColumn } from './pages.ts';
import { spinnerAt } from './run-list.ts';
import { clockText } from './run-text.ts';
import type { Seen } from './state.ts';
import { cut, ends, fill, type Line, type Span } from './text.ts';
import { detailRows } from './verify-detail.ts';
import { verifyKeys } from './verify-keys.ts';
import { itemAt, verifyList, verifyRows } from './verify-list.ts';
import { type VerifyScene, verdicts } from './verify-scene.ts';

/** What stands between the head and the keys. */
interface Body {
  readonly rows: readonly Line[];
  readonly page: number;
  readonly count: number;
  readonly cursor?: { readonly x: number; readonly y: number };
}

/** The screen of a verification for a size of the terminal: the list, and beside or below it the item at the cursor. */
export function verifyFrame(scene: VerifyScene, size: Size): Frame {
  if (scene.stage === 'blank') return { lines: [], seen: { page: 1, count: 0, preview: false } };
  const left = size.columns >= 40 ? 1 : 0;
  const width = Math.max(8, Math.min(180, size.columns - 2 * left));
  const most = size.rows < 20 ? 1 : 2;
  const gap: Line[] = size.rows >= 18 ? [[]] : [];
  const head: Line[] = [...sampleRow(scene, size.columns), headRow(scene, size.columns), ...gap];
  // Whether something scrolls is known only after the layout, and the bar names the keys for it.
  const guess = keyBar(verifyKeys({ scene, seen: { page: 1, count: 2, preview: false } }), size, most);
  const height = Math.max(1, size.rows - head.length - guess.length - gap.length);
  const body = bodyOf(scene, size.columns, width, height);
  const seen: Seen = { page: body.page, count: body.count, preview: false };
  const bar = keyBar(verifyKeys({ scene, seen }), size, most);
  const rows = body.rows.slice(0, height).map((row): Line => (row.length === 0 || left === 0 ? row : [{ text: ' ' }, ...row]));
  const rest: Line[] = Array.from({ length: Math.max(0, size.rows - head.length - rows.length - bar.length) }, () => []);
  const lines = [...head, ...rows, ...rest, ...bar].slice(0, Math.max(1, size.rows)).map((row) => cut(row, size.columns));
  const cursor = body.cursor && { x: Math.min(body.cursor.x + left, size.columns - 1), y: body.cursor.y + head.length };
  return { lines, seen, ...(cursor && cursor.y < size.rows ? { cursor } : {}) };
}

/** Says above all of it that nothing of it exists. */
function sampleRow({ head }: VerifyScene, columns: number): Line[] {
  if (!head.sample) return [];
  const row: Line = [
    { text: ' SAMPLE ', tone: 'button' },
    { text: ' a made-up subscription; nothing is reached', tone: 'accent' },
  ];
  return [cut(row, columns)];
}

const titles = { verify: 'Verify', preflight: 'Preflight' } as const;

function headRow(scene: VerifyScene, columns: number): Line {
  const { kind, name } = scene.head;
  const left: Line = [
    { text: ` ${titles[kind]}`, tone: 'dim' },
    { text: `  ${name}`, tone: 'strong' },
  ];
  return ends(left, [...countSpans(scene), ...stateSpans(scene, columns), { text: ' ' }], columns);
}

function countSpans({ findings }: VerifyScene): Span[] {
  const counts = countsOf([...findings.values()]);
  return (['pass', 'fail', 'unknown', 'by hand'] as const).map((verdict, index) => ({
    text: `${index === 0 ? '' : '  '}${verdicts[verdict].sign} ${counts[verdict]}`,
    tone: counts[verdict] === 0 ? 'dim' : verdicts[verdict].tone,
  }));
}

function stateSpans({ stage, elapsed, spins, findings, head }: VerifyScene, columns: number): Span[] {
  const time = clockText(elapsed);
  if (stage === 'read') return columns < 70 ? [] : [{ text: ` · read in ${time}`, tone: 'dim' }];
  if (columns < 60) return [{ text: ' …', tone: 'accent' }];
  const sign = spins ? spinnerAt(elapsed) : '▸';
  const what = columns < 70 ? 'reading…' : `${sign} reading Azure…${columns < 100 ? '' : ` ${findings.size} of ${head.ids.length}`}`;
  return [
    { text: ' · ', tone: 'dim' },
    { text: what, tone: 'accent' },
    { text: ` · ${time}`, tone: 'dim' },
  ];
}

function bodyOf(scene: VerifyScene, columns: number, width: number, height: number): Body {
  const { pages } = scene;
  if (pages) return pagesColumn(pages, Math.min(width, 110), height);
  return columns >= 100 ? beside(scene, width, height) : below(scene, width, height);
}

/** The list with the filter above it. */
function listBody(scene: VerifyScene, width: number, height: number): Body {
  if (!scene.filter) return verifyList(scene, width, height);
  const { row, x } = filterLine(scene.filter, width);
  const list = verifyList(scene, width, Math.max(1, height - 1));
  return { ...list, rows: [row, ...list.rows], ...(x === undefined ? {} : { cursor: { x, y: 0 } }) };
}

function beside(scene: VerifyScene, width: number, height: number): Body {
  const listWidth = Math.max(42, Math.min(68, Math.floor(width * 0.44)));
  const list = listBody(scene, listWidth, height);
  const detail = detailOf(scene, Math.min(100, width - listWidth - 3), height);
  const rows = Array.from({ length: height }, (_, index): Line => {
    const right = detail[index] ?? [];
    return [...fill(list.rows[index] ?? [], listWidth), { text: ' │ ', tone: 'dim' }, ...right];
  });
  return { ...list, rows };
}

/** Half of the height is the item's, more where the list is short; where there is little, Enter opens it. */
function below(scene: VerifyScene, width: number, height: number): Body {
  if (height < 8) return listBody(scene, width, height);
  const wanted = verifyRows(scene).length + (scene.filter ? 1 : 0);
  const room = Math.max(Math.floor(height / 2), height - 1 - Math.max(3, wanted));
  const list = listBody(scene, width, height - 1 - room);
  const space: Line[] = Array.from({ length: Math.max(0, height - 1 - room - list.rows.length) }, () => []);
  return { ...list, rows: [...list.rows, ...space, [{ text: '─'.repeat(width), tone: 'dim' }], ...detailOf(scene, width, room)] };
}

function detailOf(scene: VerifyScene, width: number, height: number): readonly Line[] {
  const here = itemAt(scene, verifyRows(scene));
  return here ? detailRows(scene, here, width, height) : [];
}
