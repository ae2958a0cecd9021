import { nearest } from '../../core/errors.ts';
import type { Attempt, Move } from '../../core/interview.ts';
import { answerOf } from '../../core/inventory.ts';
import type { Ask, View } from '../../core/view.ts';
import { takenBack } from '../review-words.ts';
import type { Turn } from '../ui.ts';
import { askYes } from './asking.ts';
import { glossaryLines, wordLines, wordsHere } from './glossary.ts';
import type { Lines } from './lines.ts';
import { choiceLines, explainLines, keeps, MANY_CHOICES, numberedLines, questionLines, shortQuestion } from './question.ts';
import { changeLines, checklistLines, endLines, networkLines, permissionLines, planLines, reviewLines, takenLines } from './review.ts';
import { type Command, choicesWith, entryMeant, hasList, isCommand, meantBy, numbered, offeredAt, type Typed, typedOf } from './typed.ts';

const help = [
  'Type an answer and press Enter, or one of these words:',
  '  again: says the whole question once more',
  '  list: says every choice',
  '  explain: says what the documents say, and what is true today',
  '  preview: says the commands that this answer changes',
  '  back: goes to the question before',
  '  undo: takes back the last answer',
  '  defaults: takes the defaults of the rest of this section',
  '  defaults all: says what is proposed for everything that remains, and takes it after your yes',
  '  refresh: asks Azure again what there is; take takes over what it says by now',
  '  review: lists every answer with its number and key',
  '  edit KEY: goes to a question, by its key or its number in the review',
  '  checklist: says how the checklist stands',
  '  network: says what is in the network and what may talk to what; plan says what is made and what costs money; permissions says what you need',
  '  write: writes the files; rehearse plays the run, and run makes it, when every question is answered',
  '  glossary WORD: says what a word means; glossary says which words there are',
  '  leave: saves and stops; so do ctrl+c and the end of the input',
  'An answer that is one of these words, or begins with =, gets = in front, such as =back.',
];
/** How long a question waits for its list, in milliseconds: then it is asked without. */
const MOST_WAIT = 2000;
const MOST_REFRESH = 10_000;
/** What can be done when every question is answered; numbers stand for them. */
const endings = [
  { type: 'write', says: 'write the scripts' },
  { type: 'rehearse', says: 'rehearse them; nothing reaches Azure' },
  { type: 'run', says: 'run them; it asks once more' },
  { type: 'leave', says: 'leave; the answers are saved' },
] as const;
const atTheEnd = [
  'What now?',
  ...endings.map(({ type, says }, index) => `  ${index + 1}) ${type} - ${says}`),
  'Type the number or the word, or edit KEY to change an answer. Type ? for help.',
];

const shortEnd = `What now? Type a number from 1 to ${endings.length}, one of the words, or ? for help.`;

/** One conversation in plain mode; kept as a class because what was said last decides what has to be said next. */
export class Conversation {
  private readonly lines: Lines;
  private section: string | undefined;
  private greeted = false;
  private saidAll = false;
  private confirmed = false;
  private before: { readonly type: Move['type']; readonly answers: View['answers'] } | undefined;

  constructor(lines: Lines) {
    this.lines = lines;
  }

  close(): void {
    this.lines.close();
  }

  async ask(first: Turn): Promise<Move> {
    const waits = first.live && first.view.ask?.live?.state === 'waiting';
    const turn = waits && first.live ? await first.live.later(MOST_WAIT) : first;
    this.greet(turn);
    this.tellWhatHappened(turn);
    this.present(turn);
    const move = await this.untilMove(turn);
    this.before = { type: move.type, answers: turn.view.answers };
    return move;
  }

  private greet({ name, view, live }: Turn): void {
    if (this.greeted) return;
    this.greeted = true;
    const progress = view.answered > 0 ? [`${name}: ${questionsAnswered(view)}`] : [];
    const sample = live?.sample ? ['This is a made-up subscription; nothing of it exists.'] : [];
    this.lines.tell(...sample, ...progress, 'Type ? for help. Type leave to save and stop.');
  }

  private tellWhatHappened({ view, changes }: Turn): void {
    if (changes.length > 0 && !this.confirmed) this.lines.tell('', 'This changed too:', ...changeLines(changes));
    if (this.before?.type === 'defaults' && !this.confirmed) this.tellDefaults(view, this.before.answers);
    if (this.before?.type === 'undo') this.tellTakenBack(view, this.before.answers);
    this.confirmed = false;
    this.before = undefined;
  }

  private tellDefaults(view: View, earlier: View['answers']): void {
    const keys = new Set(earlier.map(({ key }) => key));
    const taken = view.answers.filter(({ key, from }) => !keys.has(key) && from !== 'quiet');
    if (taken.length === 0) this.lines.tell('', 'No default was taken: this question needs your answer.');
    else this.lines.tell('', 'Defaults taken:', ...taken.map(({ label, text }) => `  ${label}: ${text}`));
  }

  private tellTakenBack(view: View, earlier: View['answers']): void {
    const gone = takenBack(earlier, view.answers);
    this.lines.tell('', 'Taken back:', ...gone.map(({ label, text }) => `  ${label}: ${text}`));
  }

  private present({ view, now }: Turn): void {
    if (!view.ask) {
      this.lines.tell('', ...endLines(view), ...atTheEnd);
      this.section = undefined;
      return;
    }
    if (view.title !== this.section) this.lines.tell('', `Section ${sectionNumber(view)} of ${view.sections.length}: ${view.title}`);
    this.section = view.title;
    this.lines.tell('', ...questionLines(view, view.ask, now));
  }

  /** Asks until a line means a move; everything else is answered here, and the question comes again. */
  private async untilMove(first: Turn): Promise<Move> {
    let turn = first;
    for (;;) {
      const line = await this.lines.next('> ');
      if (line === undefined) return { type: 'leave' };
      if (turn.live && isCommand(line, 'refresh')) {
        turn = await turn.live.refresh(MOST_REFRESH);
        this.present(turn);
        continue;
      }
      const move = await this.moveOf(turn, line);
      if (move) return move;
      if (!this.saidAll) this.lines.tell('', ...(turn.view.ask ? shortQuestion(turn.view, turn.view.ask) : [shortEnd]));
      this.saidAll = false;
    }
  }

  private async moveOf(turn: Turn, line: string): Promise<Move | undefined> {
    const typed = typedOf(line);
    const { ask } = turn.view;
    if (typed.type === 'command') return this.command(turn, typed.name);
    if (typed.type === 'all') return this.all(turn);
    if (typed.type === 'edit') return this.edit(turn, typed.what);
    if (typed.type === 'word') return this.refuse(...wordLines(turn.view, typed.text));
    if (typed.type === 'find')
      return ask && offeredAt(ask).length > 0 ? this.found(ask, typed.text) : this.refuse('There is no list to look through here.');
    if (!ask) return this.atEnd(typed);
    if (typed.type === 'nothing') return this.enter(turn, ask);
    if (!hasList(ask) && ask.choices.length > MANY_CHOICES && !typed.literal && this.find(ask, typed.text)) return undefined;
    const entry = entryMeant(ask, typed);
    return this.answer(turn, ask, entry ? answerOf(ask, entry) : { type: 'answer', key: ask.key, value: meantBy(ask, typed) });
  }

  /** Says everything that is proposed and asks once; lists that are on their way are waited for, so that a transcript gives the same every time. */
  private async all(turn: Turn): Promise<Move | undefined> {
    if (!turn.view.ask) return this.refuse('Every question is answered.');
    await turn.live?.settled(MOST_WAIT);
    const { taken = [], stops } = turn.attempt({ type: 'defaults', all: true });
    if (taken.length === 0) return this.refuse('Nothing is proposed here: this question needs your answer.');
    this.lines.tell('', ...takenLines(taken), stops ? `Then you are asked: ${stops.ask}` : 'Then every question is answered.');
    this.confirmed = await askYes(this.lines, taken.length === 1 ? 'Take it? Type yes or no.' : 'Take them? Type yes or no.');
    const move = { type: 'defaults', all: true, ...(stops ? { until: stops.key } : {}) } as const;
    return this.confirmed ? move : this.refuse('Nothing is taken.');
  }

  private atEnd(typed: Typed): Move | undefined {
    const ending = typed.type === 'answer' && !typed.literal ? endings[Number(typed.text) - 1] : undefined;
    if (ending) return { type: ending.type };
    return this.refuse(typed.type === 'nothing' ? undefined : 'Every question is answered, and this is none of the words.');
  }

  private enter(turn: Turn, ask: Ask): Promise<Move | undefined> | undefined {
    if (ask.value === undefined && ask.only) return this.answer(turn, ask, answerOf(ask, ask.only));
    const value = keeps(ask) ? ask.value : ask.default;
    if (value === undefined) return this.refuse('An answer is needed.');
    return this.answer(turn, ask, { type: 'answer', key: ask.key, value });
  }

  /** A part of a name in a long list finds choices and takes none. */
  private find(ask: Ask, text: string): boolean {
    if (/^[\d,\s]+$/.test(text) || text.includes(',')) return false;
    const value = meantBy(ask, { text, literal: false });
    const open = numbered(ask);
    if (open.some((choice) => choice.value === value || (Array.isArray(value) && choice.value === value[0]))) return false;
    const found = choicesWith(ask, text);
    if (found.length > 0) this.lines.tell(`${found.length} of ${open.length} choices hold ${text}:`, ...numberedLines(ask, found));
    return found.length > 0;
  }

  private found(ask: Ask, text: string): undefined {
    const found = choicesWith(ask, text);
    return this.refuse(...(found.length > 0 ? numberedLines(ask, found) : [`Nothing in the list holds ${text}.`]));
  }

  private async answer(turn: Turn, ask: Ask, move: Move): Promise<Move | undefined> {
    const { refused, changes } = turn.attempt(move);
    if (refused.length > 0) return this.refuse(...refused.map(({ say }) => say));
    if ((ask.value === undefined && !ask.quiet) || changes.length === 0) return move;
    this.lines.tell('This would change other answers:', ...changeLines(changes));
    this.confirmed = await askYes(this.lines, 'Do it? Type yes or no.');
    return this.confirmed ? move : this.refuse('Nothing is changed.');
  }

  private edit(turn: Turn, what: string): Move | undefined {
    const { answers } = turn.view;
    const key = /^\d+$/.test(what) ? answers[Number(what) - 1]?.key : what;
    if (what === '' || key === undefined) return this.refuse('Type edit and a key or a number of the review. Type review to hear them.');
    const move: Move = { type: 'jump', key };
    const { refused } = turn.attempt(move);
    if (refused.length === 0) return move;
    const near = nearest(
      key,
      answers.map((answer) => answer.key),
    );
    return this.refuse(...refused.map(({ say }) => say), near ? `Did you mean ${near}?` : 'Type review to hear the keys.');
  }

  private command(turn: Turn, name: Command): Move | Promise<Move | undefined> | undefined {
    const { view, attempt } = turn;
    switch (name) {
      case 'refresh':
        return this.refuse('Nothing is read from Azure here.');
      case 'take':
        return this.take(turn);
      case 'leave':
        return { type: 'leave' };
      case 'write':
      case 'rehearse':
      case 'run':
        return view.ask ? this.refuse(`${questionsAnswered(view)} ${whenAll[name]} when all are.`) : { type: name };
      case 'undo':
        return turn.undoes ? { type: 'undo' } : this.refuse('There is no answer here that can be taken back.');
      case 'back':
        return view.ask && isFirst(view, attempt) ? this.refuse('This is the first question.') : { type: 'back' };
      case 'defaults':
        return view.ask ? { type: 'defaults' } : this.refuse('Every question is answered.');
      default:
        this.saidAll = name === 'again';
        this.lines.tell('', ...informationLines(name, turn));
        return undefined;
    }
  }

  private async take({ view, attempt }: Turn): Promise<Move | undefined> {
    const move = { type: 'take', answers: view.fresh?.answers ?? {} } as const;
    if (Object.keys(move.answers).length === 0) return this.refuse('There is nothing to take over from Azure.');
    this.lines.tell('This would change:', ...changeLines(attempt(move).changes));
    this.confirmed = await askYes(this.lines, 'Do it? Type yes or no.');
    return this.confirmed ? move : this.refuse('Nothing is changed.');
  }

  private refuse(...messages: readonly (string | undefined)[]): undefined {
    this.lines.tell(...messages.filter((message) => message !== undefined));
    return undefined;
  }
}

const whenAll = { write: 'Files are written', rehearse: 'A rehearsal begins', run: 'A run begins' } as const;

function questionsAnswered({ answered }: View): string {
  return answered === 1 ? '1 question is answered.' : `${answered} questions are answered.`;
}

function sectionNumber({ sections, ask }: View): number {
  return sections.findIndex(({ topic }) => topic === ask?.topic) + 1;
}

function isFirst(view: View, attempt: (move: Move) => Attempt): boolean {
  const cursor = attempt({ type: 'back' }).session.cursor;
  return cursor === undefined || cursor === view.ask?.key;
}

/** What a word says that changes nothing. */
function informationLines(
  name: Exclude<Command, 'leave' | 'write' | 'rehearse' | 'run' | 'back' | 'undo' | 'defaults' | 'refresh' | 'take'>,
  { view, now }: Turn,
): string[] {
  const { ask } = view;
  switch (name) {
    case 'help':
      return [...help, ...wordsHere(view)];
    case 'glossary':
      return glossaryLines(view);
    case 'again':
      return ask ? questionLines(view, ask, now) : [...endLines(view), ...atTheEnd];
    case 'list':
      return ask && offeredAt(ask).length > 0 ? choiceLines(ask) : ['There are no choices here.'];
    case 'explain':
      return ask ? explainLines(ask, view.facts) : ['Every question is answered.'];
    case 'preview':
      return previewLines(view);
    case 'review':
      return reviewLines(view, now);
    case 'checklist':
      return checklistLines(view);
    case 'network':
      return networkLines(view);
    case 'plan':
      return planLines(view);
    case 'permissions':
      return permissionLines(view);
  }
}

function previewLines(view: View): string[] {
  if (view.preview.length === 0) return ['No command holds this answer directly.'];
  return view.preview.flatMap(({ step, words }) => [`${step}:`, `  ${words.map(({ text }) => text).join(' ')}`]);
}
