import { UserError } from '../core/errors.ts';
import type { Move } from '../core/interview.ts';
import type { Json } from '../core/json.ts';
import { asksForAnother } from '../core/situation.ts';
import type { Turn, Ui } from './ui.ts';

/** Where an answer was given, such as answers.yaml:12:3, for messages. */
export type Place = (key: string) => string;

/** Answers by a file and --set instead of a person: never guesses, and takes a default only when told to. */
export function headlessUi(given: Readonly<Record<string, Json>>, place: Place, takeDefaults: boolean): Ui {
  const ask = async ({ view, attempt }: Turn): Promise<Move> => {
    const { ask: question } = view;
    // What is quiet is answered too where an answer is given.
    const untold = view.answers.find(({ key, from }) => from === 'quiet' && given[key] !== undefined);
    const value = question && given[question.key];
    if (untold && value === undefined) return { type: 'jump', key: untold.key };
    if (!question) return { type: 'write' };
    if (value === undefined) {
      const proposed = takeDefaults || asksForAnother(question) ? question.default : undefined;
      return proposed === undefined ? { type: 'leave' } : checked({ type: 'answer', key: question.key, value: proposed, from: 'default' });
    }
    return checked({ type: 'answer', key: question.key, value, from: 'file' });

    function checked(move: Extract<Move, { type: 'answer' }>): Move {
      const { refused } = attempt(move);
      const [earlier] = question?.problems ?? [];
      const problem = refused[0] ?? (earlier && question?.value !== undefined ? earlier : undefined);
      if (!problem) return move;
      throw new UserError({
        what: problem.say,
        where: `${place(move.key)}: ${move.key}`,
        hint: 'Mend the answer and run the same command again.',
      });
    }
  };
  return { ask, close: () => undefined };
}
