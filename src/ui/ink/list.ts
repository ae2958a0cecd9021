import type { Offered } from '../../core/answers.ts';
import { cut, hang, type Line, lineWidth, type Span, widthOf } from './text.ts';

/** Where a person is in a list: the row (-1 before the first move), the first row in sight, what is marked and the words that filter. */
export interface ListState {
  readonly cursor: number;
  readonly top: number;
  readonly marked: readonly number[];
  readonly filter: string;
  /** A slash was pressed, so that letters filter a list whose letters are keys otherwise. */
  readonly finding?: true;
}

/** A list with the cursor at a row and some rows marked. */
export function listAt(cursor: number, marked: readonly number[] = []): ListState {
  return { cursor, top: 0, marked, filter: '' };
}

const words = new WeakMap<readonly Offered[], readonly string[]>();
const last = new WeakMap<readonly Offered[], { readonly filter: string; readonly found: readonly number[] }>();

/** The numbers of the choices that hold every word of the filter; those that begin with it come first. */
export function found(choices: readonly Offered[], filter: string): readonly number[] {
  const known = last.get(choices);
  if (known?.filter === filter) return known.found;
  let texts = words.get(choices);
  if (!texts) {
    texts = choices.map(({ label, hint, value }) => `${label} ${hint} ${String(value)}`.toLowerCase());
    words.set(choices, texts);
  }
  const wanted = filter
    .toLowerCase()
    .split(' ')
    .filter((word) => word !== '');
  const [begin = ''] = wanted;
  const first: number[] = [];
  const others: number[] = [];
  texts.forEach((text, index) => {
    if (wanted.every((word) => text.includes(word))) (text.startsWith(begin) ? first : others).push(index);
  });
  const hits = [...first, ...others];
  last.set(choices, { filter, found: hits });
  return hits;
}

/** The list after the cursor moved; it stays within, and so does the window of `page` rows. */
export function movedTo(list: ListState, to: number, count: number, page: number): ListState {
  const cursor = Math.min(Math.max(0, to), count - 1);
  return { ...list, cursor, top: windowTop(cursor, list.top, count, page) };
}

/** The first row of a window that holds the cursor and moves as little as it must. */
export function windowTop(cursor: number, top: number, count: number, page: number): number {
  const at = Math.max(0, cursor);
  const kept = Math.min(Math.max(top, at - page + 1), at);
  return Math.max(0, Math.min(kept, count - page));
}

/** The list with other filter words: the first hit is chosen, so that Enter takes it. */
export function filtered(list: ListState, filter: string, choices: readonly Offered[]): ListState {
  return { ...list, filter, cursor: found(choices, filter).length > 0 ? 0 : -1, top: 0 };
}

/** The list in which letters filter from now on. */
export function findingIn(list: ListState): ListState {
  return { ...list, finding: true };
}

/** The whole list again, with the cursor at the row where it is. */
export function unfiltered(list: ListState, choices: readonly Offered[]): ListState {
  const cursor = list.filter === '' ? list.cursor : (found(choices, list.filter)[list.cursor] ?? -1);
  return { cursor, top: 0, marked: list.marked, filter: '' };
}

/** The list with the row at the cursor marked, or no longer marked. */
export function toggled(list: ListState, choice: number): ListState {
  const marked = list.marked.includes(choice) ? list.marked.filter((one) => one !== choice) : [...list.marked, choice];
  return { ...list, marked: marked.sort((a, b) => a - b) };
}

/** What a list shows besides its state. */
export interface ListLook {
  readonly choices: readonly Offered[];
  readonly many: boolean;
  /** The choices that are told apart, and the word for it: what is proposed, or what was answered. */
  readonly proposed: readonly number[];
  readonly word?: string;
  readonly width: number;
  readonly page: number;
  /** Hints that do not fit lose their last parts, in place of letters. */
  readonly parts?: boolean;
}

/** The rows of a list that are in sight. */
export function listRows(list: ListState, look: ListLook): Line[] {
  const hits = found(look.choices, list.filter);
  if (hits.length === 0) return [[{ text: '  nothing has these words', tone: 'dim' }]];
  const { inSight, top, size } = sightOf(list, look, hits);
  return inSight.map((index, row) => {
    const here = top + row === list.cursor;
    const proposed = proposedSpans(look, index);
    return [...cut(choiceRow(list, look, index, here, size), look.width - lineWidth(proposed)), ...proposed];
  });
}

/** The choices in sight, and how wide their labels are: hints stand below each other. */
function sightOf(list: ListState, look: ListLook, hits: readonly number[]) {
  const top = windowTop(list.cursor, list.top, hits.length, look.page);
  const inSight = hits.slice(top, top + look.page);
  const widest = Math.max(...inSight.map((index) => widthOf(look.choices[index]?.label ?? '')));
  return { top, inSight, size: Math.min(widest, labelMost(look)) };
}

/** How wide the column of the labels gets at most. */
function labelMost({ width }: ListLook): number {
  return Math.floor(width * 0.5);
}

function choiceRow(list: ListState, look: ListLook, index: number, here: boolean, size: number): Line {
  const choice = look.choices[index];
  if (!choice) return [];
  const tone = choice.refused === undefined ? (here ? 'chosen' : 'plain') : 'dim';
  const mark = look.many ? [markOf(list.marked.includes(index))] : [];
  const side = hidesHint(choice, look, size) ? [] : sideOf(look.parts ? shorter(choice, roomFor(choice, look, size)) : choice);
  const gap = side.length === 0 ? '' : ' '.repeat(Math.max(0, size - widthOf(choice.label)) + 2);
  return [{ text: here ? '❯ ' : '  ', tone: 'chosen' }, ...mark, { text: choice.label, tone }, { text: gap }, ...side];
}

/** Behind a label that is longer than its column a hint has too little room to say something; it stands below the row at the cursor. */
function hidesHint({ label, refused, hint }: Offered, look: ListLook, size: number): boolean {
  if (hint === '' || refused !== undefined) return false;
  const before = look.many ? 8 : 4;
  const capped = size === labelMost(look);
  if (capped && look.width - size - before < 20) return true;
  return widthOf(label) > size && look.width - widthOf(label) - before < 30;
}

function proposedSpans(look: ListLook, index: number): Line {
  if (look.many || !look.proposed.includes(index)) return [];
  return [
    { text: ' ←', tone: 'accent' },
    { text: ` ${look.word ?? 'proposed'}`, tone: 'dim' },
  ];
}

function markOf(marked: boolean): Span {
  return marked ? { text: '[✔] ', tone: 'good' } : { text: '[ ] ', tone: 'dim' };
}

/** How much room the hint of a choice has. */
function roomFor({ label }: Offered, look: ListLook, size: number): number {
  return look.width - (look.many ? 8 : 4) - Math.max(size, widthOf(label));
}

/** A choice whose hint loses its last parts until it fits; what is cut in the middle of a word reads as another one. */
function shorter<Choice extends Offered>(choice: Choice, room: number): Choice {
  const parts = choice.hint.split(/(?= · |, |; )/);
  while (parts.length > 0 && widthOf(parts.join('')) > room) parts.pop();
  return { ...choice, hint: parts.join('') };
}

function sideOf({ hint, refused }: Offered): Line {
  if (refused !== undefined)
    return [
      { text: '✖ ', tone: 'bad' },
      { text: refused, tone: 'dim' },
    ];
  return hint === '' ? [] : [{ text: hint, tone: 'dim' }];
}

/** The row at the cursor in full where it was cut: the reason of a refusal, or a long label or hint. */
export function listDetail(list: ListState, look: ListLook): Line[] {
  const hits = found(look.choices, list.filter);
  const index = hits[list.cursor];
  const choice = index === undefined ? undefined : look.choices[index];
  if (!choice || index === undefined) return [];
  const { size } = sightOf(list, look, hits);
  const room = look.width - lineWidth(proposedSpans(look, index));
  if (lineWidth(choiceRow(list, { ...look, parts: false }, index, true, size)) <= room && !hidesHint(choice, look, size)) return [];
  const { label, hint, refused } = choice;
  const begin: Span = { text: refused === undefined ? '    ' : '  ✖ ', tone: 'bad' };
  if (refused !== undefined) return hang([begin], [{ text: refused, tone: 'bad' }], look.width);
  const labelFits = 6 + widthOf(label) <= look.width;
  return hang([begin], [...(labelFits ? [] : [{ text: `${label} · `, tone: 'strong' as const }]), { text: hint, tone: 'dim' }], look.width);
}

/** The words that find, or that typing finds. */
export function filterRow(filter: string, unmoved: boolean): Line {
  if (filter !== '')
    return [
      { text: '/ ', tone: 'chosen' },
      { text: filter, tone: 'strong' },
    ];
  return [
    { text: '/ ', tone: 'chosen' },
    { text: 'type to filter, ↑↓ to move', tone: unmoved ? 'accent' : 'dim' },
  ];
}
