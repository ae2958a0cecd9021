import type { Offered } from '../../../src/core/answers.ts';
import type { Catalog } from '../../../src/core/catalog.ts';
import type { Move } from '../../../src/core/interview.ts';
import { type Json, sameJson } from '../../../src/core/json.ts';
import { emptySession, type Session } from '../../../src/core/session.ts';
import type { Ask } from '../../../src/core/view.ts';
import { choicesOf, takesText } from '../../../src/ui/ink/choosing.ts';
import { inkUi } from '../../../src/ui/ink/ink-ui.ts';
import { reviewEntries } from '../../../src/ui/ink/review-entries.ts';
import { draftText } from '../../../src/ui/ink/state.ts';
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
  const choices = choicesOf(ask, { typing: false });
  return choices === undefined || valuesOf(move.value).every((value) => choices.some((one) => sameJson(one.value, value)));
}

function valuesOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? (value as Json[]) : [value];
}

async function press(terminal: FakeTerminal, turn: Turn, move: Move): Promise<void> {
  const { ask } = turn.view;
  const typing = ask !== undefined && takesText(ask, { typing: false });
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
  const choices = ask && choicesOf(ask, { typing: false });
  if (!ask) return;
  if (choices && ask.kind === 'choices') mark(terminal, ask, choices, value);
  else if (choices) terminal.press(...down(choices.findIndex((one) => sameJson(one.value, value))), 'enter');
  else type(terminal, ask, draftText(value));
}

function type(terminal: FakeTerminal, ask: Ask, text: string): void {
  terminal.press('end', 'ctrl+u');
  if (text !== '') terminal.paste(text);
  const none = text === '' && (ask.default === undefined || draftText(ask.default) !== '');
  terminal.press(none ? 'ctrl+n' : 'enter');
}

function mark(terminal: FakeTerminal, ask: Ask, choices: readonly Offered[], value: Json): void {
  const present = valuesOf(ask.value ?? ask.default ?? []);
  const holds = (list: readonly Json[], one: Offered) => list.some((each) => sameJson(each, one.value));
  choices.forEach((choice, index) => {
    if (holds(present, choice) !== holds(valuesOf(value), choice)) terminal.press(...down(index), 'space');
  });
  terminal.press('enter');
}

function down(count: number): string[] {
  return ['home', ...Array.from({ length: count }, () => 'down')];
}

/** Waits for the next turn; a question whether to change other answers too is answered with yes. */
async function moved(terminal: FakeTerminal, talk: ReturnType<typeof startTalk>, before: Turn): Promise<void> {
  await terminal.until(() => talk.now() !== before || terminal.text().includes('Change it?'), 'the next turn');
  if (talk.now() !== before) return;
  terminal.press('y');
  await terminal.until(() => talk.now() !== before, 'the next turn');
}
