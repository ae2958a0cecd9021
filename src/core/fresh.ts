import { answerLabel, answerText } from './answer-text.ts';
import type { Entry } from './entries.ts';
import { type Inventory, type Offer, offerOf } from './inventory.ts';
import { type Json, sameJson } from './json.ts';
import { acceptWithId } from './pasted-id.ts';
import type { Answer, Session } from './session.ts';
import type { Asked, Situation } from './situation.ts';

/** Something that Azure says otherwise than the answers that were read from it. */
export interface Difference {
  readonly key: string;
  readonly label: string;
  readonly before: string;
  /** What Azure says now, or what became of the thing. */
  readonly after: string;
}

/** What Azure says by now about answers that were read from it. */
export interface Fresh {
  readonly differences: readonly Difference[];
  /** The answers that would be taken over. */
  readonly answers: Readonly<Record<string, Answer>>;
  /** The answers that are the same still, with the time of the last look. */
  readonly same: Readonly<Record<string, Answer>>;
}

/** Holds answers that came from Azure against what was read since. */
export function freshOf(situation: Situation, session: Session, inventory: Inventory): Fresh {
  const looks = situation.asked.flatMap((asked) => {
    const answer = session.answers[asked.key];
    const offer = answer?.from === 'azure' ? offerOf(situation, asked, inventory) : undefined;
    const newer = offer?.at !== undefined && offer.at > (answer?.at ?? '');
    return offer && newer && (offer.state === 'there' || offer.whole) ? [lookAt(situation, session, asked, offer)] : [];
  });
  return {
    differences: looks.flatMap(({ differences }) => differences),
    answers: Object.assign({}, ...looks.map(({ answers }) => answers)) as Fresh['answers'],
    same: Object.assign({}, ...looks.map(({ same }) => same)) as Fresh['same'],
  };
}

function lookAt(situation: Situation, session: Session, asked: Asked, { entries, at = '' }: Offer): Fresh {
  const entry = entries.find(({ current }) => current);
  const told = (after: string): Fresh => ({
    differences: [
      { key: asked.key, label: answerLabel(asked), before: answerText(situation, asked, situation.answers[asked.key] ?? null), after },
    ],
    answers: {},
    same: {},
  });
  if (!entry) return told('it is not there any more');
  const now = Object.entries(valuesOf(situation, asked, entry)).filter(([key]) => session.answers[key]?.from === 'azure');
  const moved = now.filter(([key, value]) => !sameJson(value, session.answers[key]?.value ?? null));
  const dated = (list: readonly (readonly [string, Json])[]) =>
    Object.fromEntries(list.map(([key, value]): [string, Answer] => [key, { value, from: 'azure', at }]));
  const differences = [
    ...moved.map(([key, value]) => difference(situation, key, value)),
    ...(entry.refused === undefined ? [] : told(entry.refused).differences),
  ];
  // What differs keeps the time of the old look, until a person takes it over.
  return { differences, answers: moved.length > 0 ? dated(now) : {}, same: differences.length > 0 ? {} : dated(now) };
}

function valuesOf(situation: Situation, asked: Asked, entry: Entry): Readonly<Record<string, Json>> {
  const accepted = acceptWithId(situation, asked, entry.value, entry.fills);
  return 'problem' in accepted ? {} : { ...accepted.others, [asked.key]: situation.answers[asked.key] ?? accepted.value };
}

function difference(situation: Situation, key: string, value: Json): Difference {
  const asked = situation.asked.find((one) => one.key === key);
  const text = (one: Json) => (asked ? answerText(situation, asked, one) : String(one));
  return { key, label: asked ? answerLabel(asked) : key, before: text(situation.answers[key] ?? null), after: text(value) };
}
