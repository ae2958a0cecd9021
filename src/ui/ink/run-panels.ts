import type { RunTrouble } from '../run-ui.ts';
import { choicesFor, interruptions } from '../run-words.ts';
import { activeRows } from './run-list.ts';
import type { RunScene } from './run-scene.ts';
import { stack } from './stack.ts';
import { cut, ends, hang, type Line, paragraph } from './text.ts';

/** The keys of what can be done about a failure; none of them moves a cursor elsewhere. */
export const choiceKeys = { again: 'a', 'sign in': 'i', edit: 'b', skip: 'x', stop: 's' } as const;

/** A failure with what is known about it and what can be done; where the height is short, what is known gives way first. */
export function troubleRows(scene: RunScene, trouble: RunTrouble, width: number, height: number): readonly Line[] {
  const { known } = trouble;
  const quarter = Math.max(2, Math.floor(height / 4));
  return stack(
    [
      { rows: [titleRow(scene, trouble, width)], rank: 0 },
      { rows: upTo(paragraph('Message', [{ text: trouble.message }], width), quarter, width), rank: 2, gap: true },
      { rows: known ? upTo(paragraph('Means', [{ text: known.cause }], width), quarter, width) : [], rank: 4 },
      { rows: known ? upTo(paragraph('Mend', [{ text: known.fix, tone: 'strong' }], width), quarter + 1, width) : [], rank: 3 },
      { rows: known ? sourceRows(known, width) : [], rank: 5 },
      { rows: choiceRows(scene, trouble, width), rank: 0, gap: true },
      { rows: activeRows(scene, width), rank: 6, gap: true, mayBeCut: true },
    ],
    height,
  ).rows;
}

/** The first rows of a text; the log has it in full. */
function upTo(rows: readonly Line[], most: number, width: number): readonly Line[] {
  const last = rows[most - 1];
  if (rows.length <= most || !last) return rows;
  return [...rows.slice(0, most - 1), [...cut(last, width - 2), { text: ' …', tone: 'dim' }]];
}

function titleRow({ troubles }: RunScene, { what }: RunTrouble, width: number): Line {
  const more = troubles.length - 1;
  const wait = more === 0 ? '' : width < 78 ? `${more} more` : more === 1 ? '1 more failure waits' : `${more} more failures wait`;
  return ends(
    [
      { text: '✖ ', tone: 'bad' },
      { text: `${what} failed`, tone: 'strong' },
    ],
    [{ text: wait, tone: 'warn' }],
    width,
  );
}

function sourceRows({ source, link }: NonNullable<RunTrouble['known']>, width: number): Line[] {
  return [
    ...paragraph('Source', [{ text: source, tone: 'dim' }], width),
    ...(link === undefined ? [] : paragraph('', [{ text: link, tone: 'accent' }], width)),
  ];
}

function choiceRows(scene: RunScene, trouble: RunTrouble, width: number): Line[] {
  return choicesFor(trouble).flatMap(({ choice, says }, index) => {
    const here = index === scene.cursor;
    const begin: Line = [
      { text: here ? '❯ ' : '  ', tone: 'chosen' },
      { text: `${choiceKeys[choice]}  `, tone: 'accent' },
    ];
    return hang(begin, [{ text: says, tone: here ? 'chosen' : 'plain' }], width);
  });
}

/** The ways out of a run. */
export function wayOutRows(scene: RunScene, cursor: number, width: number, height: number): readonly Line[] {
  const choices = interruptions(scene.stopping !== undefined).flatMap(({ says, note }, index) => {
    const here = index === cursor;
    const begin: Line = [{ text: here ? '❯ ' : '  ', tone: 'chosen' }];
    const name = { text: says, tone: here ? ('chosen' as const) : ('plain' as const) };
    return hang(begin, note === '' ? [name] : [name, { text: ` · ${note}`, tone: 'dim' }], width);
  });
  return stack(
    [
      { rows: [[{ text: 'How shall it end?', tone: 'strong' }]], rank: 0 },
      { rows: choices, rank: 0, gap: true },
      {
        rows: paragraph('ctrl+c', [{ text: 'once more leaves at once. Nothing is lost: the journal knows what was begun.' }], width),
        rank: 1,
        gap: true,
        mayBeCut: true,
      },
      { rows: activeRows(scene, width), rank: 2, gap: true, mayBeCut: true },
    ],
    height,
  ).rows;
}
