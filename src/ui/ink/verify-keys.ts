import type { Finding } from '../../core/verify/findings.ts';
import { filterKeys } from './filter.ts';
import { pageText, readingKeys } from './pages.ts';
import type { Seen } from './state.ts';
import { copiedText, detailText } from './verify-detail.ts';
import { helpKey } from './verify-help.ts';
import { itemAt, itemsOf, topRow, verifyRows } from './verify-list.ts';
import {
  type VerifyContext,
  type VerifyKey,
  type VerifyPages,
  type VerifyScene,
  type VerifyStep,
  verdicts,
  withoutPages,
} from './verify-scene.ts';

/** The keys that work on the screen of a verification, the help with them. */
export function verifyKeys({ scene, seen }: VerifyContext): VerifyKey[] {
  if (scene.stage === 'blank') return [];
  if (scene.pages) return [...pageKeys(scene.pages, seen), leaveKey(['ctrl+c'], 'ctrl+c')];
  if (scene.filter?.typing) return [...findKeys(scene), ...movingKeys(scene, false), leaveKey(['ctrl+c'], 'ctrl+c')];
  const here = itemAt(scene, verifyRows(scene));
  const keys = [
    ...movingKeys(scene, true),
    ...(here ? itemKeys(scene, here) : []),
    ...fixKeys(scene),
    ...listKeys(scene),
    leaveKey(scene.filter ? ['q', 'ctrl+c'] : ['q', 'esc', 'ctrl+c'], 'q'),
  ];
  return [...keys, helpKey(keys)];
}

function leaveKey(press: readonly string[], glyph: string): VerifyKey {
  return { press, glyph, does: 'leave', weight: 0, run: ({ scene }) => ({ scene, act: { type: 'leave' } }) };
}

/** Goes to an item by its number among those that are listed. */
function movedTo(scene: VerifyScene, seen: Seen, to: (at: number, page: number) => number): VerifyScene {
  const rows = verifyRows(scene);
  const items = itemsOf(rows);
  const here = itemAt(scene, rows);
  const at = here ? items.indexOf(here) : 0;
  const one = items[Math.max(0, Math.min(to(at, seen.page), items.length - 1))];
  if (!one) return scene;
  const moved = { ...scene, at: one.id };
  return { ...moved, top: topRow(moved, rows, seen.page) };
}

function movingKeys(scene: VerifyScene, letters: boolean): VerifyKey[] {
  if (itemsOf(verifyRows(scene)).length < 2) return [];
  const by = (
    press: readonly string[],
    glyph: string,
    does: string,
    to: (at: number, page: number) => number,
    weight?: number,
  ): VerifyKey => ({
    press: letters ? press : press.filter((id) => id.length > 1 && !['home', 'end'].includes(id)),
    glyph,
    does,
    ...(weight === undefined ? {} : { weight }),
    run: ({ scene: now, seen }) => ({ scene: movedTo(now, seen, to) }),
  });
  return [
    by(['up', 'k'], '↑', 'up', (at) => at - 1),
    by(['down', 'j'], '↑↓', 'move', (at) => at + 1, 1),
    by(['pagedown'], 'pgdn', 'a page down', (at, page) => at + page),
    by(['pageup'], 'pgup', 'a page up', (at, page) => at - page),
    by(['home', 'g'], 'home', 'first', () => 0),
    by(['end', 'G'], 'end', 'last', () => Number.MAX_SAFE_INTEGER),
  ];
}

/** The keys for the item at the cursor. */
function itemKeys(scene: VerifyScene, here: Finding): VerifyKey[] {
  const { marked, mendable, takesHands } = scene;
  const full: VerifyKey = {
    press: ['e', 'enter'],
    glyph: 'e',
    does: 'explain',
    weight: 2,
    run: ({ scene: now }) => ({ scene: { ...now, pages: detailPages(now, here) } }),
  };
  const mark: VerifyKey = {
    press: ['space'],
    glyph: 'space',
    does: marked.has(here.id) ? 'unmark' : 'mark',
    weight: 3,
    run: ({ scene: now, seen }) => ({ scene: movedTo(toggled(now, here.id), seen, (at) => at + 1) }),
  };
  const copy: VerifyKey = {
    press: ['c'],
    glyph: 'c',
    does: 'copy it',
    run: ({ scene: now }) => ({ scene: now, act: { type: 'copy', text: copiedText(now, here) } }),
  };
  const hand = here.by === 'hand' && takesHands;
  return [
    ...(hand ? [handKey('y', 'it is so', here, 'pass'), handKey('n', 'it is not', here, 'fail')] : []),
    full,
    copy,
    ...(mendable.has(here.id) ? [mark] : []),
  ];
}

function detailPages(scene: VerifyScene, finding: Finding): VerifyPages {
  const { sign } = verdicts[finding.verdict];
  return { what: 'detail', title: `${sign} ${finding.label}`, text: detailText(scene, finding), top: 0 };
}

function toggled(scene: VerifyScene, id: string): VerifyScene {
  const marked = new Set(scene.marked);
  if (!marked.delete(id)) marked.add(id);
  return { ...scene, marked };
}

/** What a person saw; the cursor goes to the next item that waits for a look. */
function handKey(key: string, does: string, { id }: Finding, verdict: 'pass' | 'fail'): VerifyKey {
  return {
    press: [key],
    glyph: key,
    does,
    weight: 1,
    run: ({ scene }) => {
      const items = itemsOf(verifyRows(scene));
      const at = items.findIndex((one) => one.id === id);
      const next = [...items.slice(at + 1), ...items.slice(0, at)].find((one) => one.verdict === 'by hand');
      return { scene: next ? { ...scene, at: next.id } : scene, act: { type: 'saw', id, verdict } };
    },
  };
}

function fixKeys({ stage, head, mendable, marked }: VerifyScene): VerifyKey[] {
  if (stage !== 'read') return [];
  const again: VerifyKey = {
    press: ['r'],
    glyph: 'r',
    does: 'read again',
    weight: 4,
    run: ({ scene }) => ({ scene, act: { type: 'again' } }),
  };
  const ids = marked.size > 0 ? head.ids.filter((id) => marked.has(id)) : [...mendable];
  if (ids.length === 0) return [again];
  const does = marked.size > 0 ? `mend the ${ids.length} marked` : ids.length === 1 ? 'mend it' : `mend all ${ids.length}`;
  return [{ press: ['f'], glyph: 'f', does, weight: 1, run: ({ scene }) => ({ scene, act: { type: 'fix', ids } }) }, again];
}

function listKeys(scene: VerifyScene): VerifyKey[] {
  const all: VerifyKey = {
    press: ['a'],
    glyph: 'a',
    does: scene.all ? 'without what passed' : 'all',
    weight: 2,
    run: ({ scene: now }) => ({ scene: { ...now, all: !now.all, top: 0 } }),
  };
  // Words search all of it, whatever is listed without them.
  return scene.filter ? findKeys(scene) : [all, ...findKeys(scene)];
}

/** The keys that filter; other words begin at the first item that has them. */
function findKeys({ filter: old }: VerifyScene): VerifyKey[] {
  const to = ({ scene }: VerifyContext, filter: VerifyScene['filter']): VerifyStep => {
    const { filter: _, at, ...rest } = scene;
    const stays = at !== undefined && (filter === undefined || filter.input.text === (old?.input.text ?? ''));
    const top = filter && stays ? scene.top : 0;
    return { scene: { ...rest, top, ...(stays ? { at } : {}), ...(filter ? { filter } : {}) } };
  };
  return filterKeys(old, to, 3);
}

const closes = { detail: ['e'], help: ['?'] } as const;

function pageKeys(pages: VerifyPages, seen: Seen): VerifyKey[] {
  const close: VerifyKey = {
    press: ['esc', 'q', 'enter', ...closes[pages.what]],
    glyph: 'esc',
    does: 'back',
    weight: 0,
    run: ({ scene }) => ({ scene: withoutPages(scene) }),
  };
  const reading = readingKeys<VerifyContext, VerifyStep, VerifyPages>(pages, seen, {
    close,
    to: ({ scene }, text) => ({ scene: { ...scene, pages: text } }),
  });
  const copy: VerifyKey = {
    press: ['c'],
    glyph: 'c',
    does: 'copy this text',
    run: ({ scene }) => ({ scene, act: { type: 'copy', text: pageText(pages) } }),
  };
  return pages.filter?.typing ? reading : [...reading, copy];
}
