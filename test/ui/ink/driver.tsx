import type { Catalog } from '../../../src/core/catalog.ts';
import type { Move } from '../../../src/core/interview.ts';
import { type Json, sameJson } from '../../../src/core/json.ts';
import { emptySession, type Session } from '../../../src/core/session.ts';
import { inkUi } from '../../../src/ui/ink/ink-ui.tsx';
import { reviewEntries } from '../../../src/ui/ink/review.ts';
import { choicesOf, draftText } from '../../../src/ui/ink/state.ts';
import { converse } from '../../../src/ui/loop.ts';
import type { Turn, Ui } from '../../../src/ui/ui.ts';
import { FakeTerminal } from './fake-terminal.ts';

/** Makes moves by keys in the Ink wizard, from an empty session, and gives the session at the end. */
export async function driveInk(catalog: Catalog, moves: readonly Move[]): Promise<Session> {
  const terminal = new FakeTerminal(100, 30);
  const talk = startTalk(catalog, terminal);
  for (const move of moves) {
    const turn = await talk.turn();
    if (!canBePressed(turn, move)) continue;
    const refused = move.type === 'answer' && turn.attempt(move).refused.length > 0;
    await press(terminal, turn, move);
    if (refused) await terminal.see('✖ ');
    else await moved(terminal, talk, turn);
  }
  await talk.turn();
  terminal.press('ctrl+c');
  return (await talk.end).session;
}

/** A conversation in a terminal, with a look at its turns. */
export function startTalk(catalog: Catalog, terminal: FakeTerminal, start: Session = emptySession) {
  const ui = inkUi({ stdin: terminal.stdin, stdout: terminal.stdout });
  let last: Turn | undefined;
  const watched: Ui = {
    ask: (turn) => {
      last = turn;
      return ui.ask(turn);
    },
    close: ui.close,
  };
  const save = async (): Promise<void> => undefined;
  const end = converse(catalog, start, watched, () => 'contract', save).finally(() => ui.close());
  end.catch(() => undefined);
  const turn = async (): Promise<Turn> => {
    await terminal.until(() => last !== undefined, 'a turn');
    return last as Turn;
  };
  return { end, turn, now: () => last };
}

/** What a screen offers no way to say, such as a choice that is not in the list, cannot go wrong there. */
function canBePressed({ view: { ask } }: Turn, move: Move): boolean {
  if (move.type !== 'answer' || !ask) return true;
  const choices = choicesOf(ask);
  return choices === undefined || valuesOf(move.value).every((value) => choices.some((one) => sameJson(one.value, value)));
}

function valuesOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? (value as Json[]) : [value];
}

async function press(terminal: FakeTerminal, turn: Turn, move: Move): Promise<void> {
  const { ask } = turn.view;
  const typing = ask !== undefined && choicesOf(ask) === undefined;
  if (move.type === 'back') return terminal.press('esc');
  if (move.type === 'defaults') return terminal.press(typing ? 'ctrl+d' : 'd');
  if (move.type === 'jump') {
    if (ask) terminal.press(typing ? 'ctrl+r' : 'r');
    await terminal.see('Review · ');
    const to = reviewEntries(turn.view).findIndex((one) => 'answer' in one && one.answer.key === move.key);
    return terminal.press('home', ...Array.from({ length: to }, () => 'down'), 'enter');
  }
  if (move.type === 'answer' && ask) answer(terminal, turn, move.value);
}

function answer(terminal: FakeTerminal, { view: { ask } }: Turn, value: Json): void {
  const choices = ask && choicesOf(ask);
  if (!ask) return;
  if (!choices) {
    const text = draftText(value);
    terminal.press('end', 'ctrl+u');
    if (text === '') return terminal.press(ask.default === undefined || draftText(ask.default) !== '' ? 'ctrl+n' : 'enter');
    terminal.paste(text);
    return terminal.press('enter');
  }
  const down = (count: number) => ['home', ...Array.from({ length: count }, () => 'down')];
  if (ask.kind !== 'choices') return terminal.press(...down(choices.findIndex((one) => sameJson(one.value, value))), 'enter');
  const present = valuesOf(ask.value ?? ask.default ?? []);
  choices.forEach((choice, index) => {
    const [is, wanted] = [present, valuesOf(value)].map((list) => list.some((one) => sameJson(one, choice.value)));
    if (is !== wanted) terminal.press(...down(index), 'space');
  });
  terminal.press('enter');
}

/** Waits for the next turn; a question whether to change other answers too is answered with yes. */
async function moved(terminal: FakeTerminal, talk: ReturnType<typeof startTalk>, before: Turn): Promise<void> {
  await terminal.until(() => talk.now() !== before || terminal.text().includes('Change it?'), 'the next turn');
  if (talk.now() !== before) return;
  terminal.press('y');
  await terminal.until(() => talk.now() !== before, 'the next turn');
}
