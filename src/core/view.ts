import { answerLabel, answerText } from './answer-text.ts';
import { extraOf, type Offered, offeredOf } from './answers.ts';
import type { Catalog } from './catalog.ts';
import { defaultOf } from './defaults.ts';
import type { Entry } from './entries.ts';
import { type Fresh, freshOf } from './fresh.ts';
import { type Word, wordsIn } from './glossary.ts';
import { answeredOf, currentOf, metOf } from './interview.ts';
import { choicesWith, type Inventory, type Offer, offerOf, onlyFit } from './inventory.ts';
import { type ChecklistLine, checklistOf } from './items.ts';
import type { Json } from './json.ts';
import { messages } from './messages.ts';
import { type Drawn, pictureOf } from './picture.ts';
import { type Permission, plan } from './plan.ts';
import { type PreviewLine, previewOf } from './preview.ts';
import { worldOf } from './resources.ts';
import { type Problem, problemsOf, refusals } from './rules.ts';
import type { Fact, Field, Topic } from './schema.ts';
import { type Answer, type Session, valuesIn } from './session.ts';
import { type Asked, type Situation, say } from './situation.ts';
import { situationOf } from './walk.ts';

/** A question as a user interface shows it. */
export interface Ask {
  readonly key: string;
  readonly kind: Field['kind'];
  readonly topic: string;
  /** For a field of a group: the row it belongs to, such as "cluster 2". */
  readonly row?: string;
  readonly ask: string;
  readonly label: string;
  readonly why?: string;
  readonly optional: boolean;
  readonly example?: string;
  readonly unit?: string;
  /** The limits of a number. */
  readonly min?: number;
  readonly max?: number;
  readonly choices: readonly Offered[];
  /** What exists in Azure and may be answered; absent where nothing is looked up. */
  readonly live?: Offer;
  /** What exists and is proposed, as nothing else there fits. */
  readonly only?: Entry;
  /** The answer given earlier, when the person came back to it. */
  readonly value?: Json;
  /** Nobody was asked so far: the default counts as the answer. */
  readonly quiet?: true;
  readonly default?: Json;
  readonly because?: string;
  readonly facts: readonly Fact[];
  /** What is wrong with the answer given earlier. */
  readonly problems: readonly Problem[];
}

/** A section of the interview: a topic and how far it is. */
export interface SectionView {
  readonly topic: string;
  readonly title: string;
  readonly state: 'done' | 'current' | 'open' | 'problem';
  readonly answered: number;
  readonly total: number;
}

/** One line of the review. */
export interface AnswerView {
  readonly key: string;
  readonly topic: string;
  readonly title: string;
  readonly label: string;
  readonly value: Json;
  readonly text: string;
  /** `quiet` for a default that was taken without asking. */
  readonly from: Answer['from'] | 'quiet';
  /** When it was read from Azure, ISO 8601. */
  readonly at?: string;
  readonly problems: readonly Problem[];
  readonly ask: string;
  readonly why?: string;
  /** The ids of the facts that the question rests on. */
  readonly facts: readonly string[];
}

/** The plan in short, for the review. */
export interface Outcome {
  /** What is made, with how long it takes. */
  readonly creates: readonly { readonly what: string; readonly takes?: string }[];
  /** What has to exist already and may be changed. */
  readonly uses: readonly { readonly what: string; readonly changes: boolean }[];
  readonly costs: readonly { readonly what: string; readonly costs: string }[];
  readonly permissions: readonly Permission[];
}

/** Everything that a user interface shows; derived from the answers alone. */
export interface View {
  /** Undefined when every question is answered: then comes the review. */
  readonly ask: Ask | undefined;
  readonly title: string;
  readonly number: number;
  readonly answered: number;
  readonly total: number;
  readonly sections: readonly SectionView[];
  readonly answers: readonly AnswerView[];
  readonly checklist: readonly ChecklistLine[];
  readonly problems: readonly Problem[];
  readonly preview: readonly PreviewLine[];
  /** What follows from the answers, once every question is answered and nothing is refused. */
  readonly outcome?: Outcome;
  /** The network as far as it is known; worked out when it is first asked for. */
  readonly picture: () => readonly Drawn[];
  /** What Azure says by now otherwise than the answers; absent when it says nothing else. */
  readonly fresh?: Fresh;
  /** Every fact of the catalog by id, for explanations. */
  readonly facts: Catalog['facts'];
  /** The glossary of the catalog; read when it is first asked for. */
  readonly words: () => readonly Word[];
}

/** The view of a session; with what was read of Azure, where that is looked up. */
export function viewOf(catalog: Catalog, session: Session, inventory?: Inventory): View {
  const situation = situationOf(catalog, valuesIn(session));
  const problems = problemsOf(situation);
  const current = currentOf(situation, session, problems);
  const end = current ? {} : endOf(situation);
  const met = metOf(situation, current);
  const supposed = supposing(situation, session, current);
  return {
    ask: current && askOf(situation, session, current, problems, inventory),
    title: current?.topic.title ?? '',
    number: current ? met.indexOf(current) + 1 : met.length,
    answered: answeredOf(situation, met),
    total: met.length,
    sections: sectionsOf(situation, supposed, current, met),
    answers: answersOf(situation, session, problems),
    checklist: checklistOf(situation),
    problems: [...problems, ...(end.clashes ?? [])],
    preview: previewOf(supposed, current),
    ...(end.outcome ? { outcome: end.outcome } : {}),
    picture: pictureIn(situation),
    ...freshIn(situation, session, inventory),
    facts: catalog.facts,
    words: () => wordsIn(catalog),
  };
}

function freshIn(situation: Situation, session: Session, inventory: Inventory | undefined): Pick<View, 'fresh'> {
  const fresh = inventory && freshOf(situation, session, inventory);
  return fresh && fresh.differences.length > 0 ? { fresh } : {};
}

/** What follows from the answers, or why nothing does: two steps that want different things of one resource. */
function endOf(situation: Situation): { readonly outcome?: Outcome; readonly clashes?: readonly Problem[] } {
  const made = plan(situation.catalog, situation.answers);
  if ('problems' in made) return { clashes: made.problems };
  const { steps, permissions } = made;
  const ensured = steps.filter(({ type }) => type !== 'require');
  return {
    outcome: {
      creates: ensured.map(({ what, takes }) => ({ what, ...(takes ? { takes } : {}) })),
      uses: steps.filter(({ type }) => type === 'require').map(({ what, update }) => ({ what, changes: update.length > 0 })),
      costs: ensured.flatMap(({ what, costs }) => (costs ? [{ what, costs }] : [])),
      permissions,
    },
  };
}

function pictureIn(situation: Situation): View['picture'] {
  let known: readonly Drawn[] | undefined;
  return () => {
    known ??= pictureOf(worldOf(situation));
    return known;
  };
}

/** The situation with what Enter would answer, so that the preview shows what comes of it. */
function supposing(situation: Situation, session: Session, current: Asked | undefined): Situation {
  if (!current || situation.answers[current.key] !== undefined) return situation;
  const proposed = defaultOf(situation, current);
  return proposed === undefined ? situation : situationOf(situation.catalog, { ...valuesIn(session), [current.key]: proposed });
}

function askOf(situation: Situation, session: Session, asked: Asked, problems: readonly Problem[], inventory: Inventory | undefined): Ask {
  const { question, row, key } = asked;
  const extra = extraOf(situation, asked);
  const own = problems.filter((problem) => problem.key === key);
  // A default that was taken and is refused is no proposal any more.
  const proposed = asked.quiet && refusals(own).length > 0 ? undefined : defaultOf(situation, asked);
  const value = session.answers[key]?.value;
  const { facts } = situation.catalog;
  const known = (question.facts ?? []).flatMap((id) => (facts[id] ? [facts[id]] : []));
  return {
    key,
    kind: question.kind,
    topic: asked.topic.topic,
    ...(row ? { row: `${row.group.noun} ${row.index + 1}` } : {}),
    ask: say(situation, question.ask, extra),
    label: question.label,
    ...(question.why ? { why: say(situation, question.why, extra) } : {}),
    optional: question.optional ?? false,
    ...((question.example ?? exampleOf(situation, question)) ? { example: question.example ?? exampleOf(situation, question) } : {}),
    ...(question.kind === 'number' ? numberLimits(question) : {}),
    ...choicesFor(situation, asked, inventory),
    ...(value === undefined ? {} : { value }),
    ...(asked.quiet ? { quiet: true } : {}),
    ...(proposed === undefined ? {} : { default: proposed }),
    ...(question.because && proposed !== undefined ? { because: say(situation, question.because, extra) } : {}),
    facts: known,
    problems: own,
  };
}

/** The choices of the catalog, and what exists in Azure. */
function choicesFor(
  situation: Situation,
  asked: Asked,
  inventory: Inventory | undefined,
): Pick<Ask, 'choices' | 'live' | 'only' | 'because'> {
  const choices = offeredOf(situation, asked);
  const live = offerOf(situation, asked, inventory);
  const only = onlyFit(situation, asked, live);
  return {
    choices: live ? choicesWith(choices, live) : choices,
    ...(live ? { live } : {}),
    ...(only ? { only, because: messages.onlyFit } : {}),
  };
}

function numberLimits({ unit, min, max }: Extract<Field, { kind: 'number' }>): Pick<Ask, 'unit' | 'min' | 'max'> {
  return { ...(unit === undefined ? {} : { unit }), ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

function exampleOf(situation: Situation, question: Field): string | undefined {
  return 'format' in question ? situation.catalog.formats[question.format]?.example : undefined;
}

/** The sections that apply, or may: with what Enter would answer, so that nobody sees sections of targets that are not even proposed. */
function sectionsOf(situation: Situation, supposed: Situation, current: Asked | undefined, met: readonly Asked[]): SectionView[] {
  const wrong = new Set(refusals(problemsOf(situation)).map(({ key }) => key));
  const { topics } = situation.catalog;
  const open = situation.asked.find(({ key }) => situation.answers[key] === undefined);
  const reached = open ? topics.indexOf(open.topic) : topics.length;
  return topics
    .filter((topic) => (topic.questions ?? []).length > 0 && supposed.applies(topic) !== false)
    .map((topic) => {
      const asked = met.filter((one) => one.topic === topic);
      const answered = answeredOf(situation, asked);
      const done = asked.length > 0 ? answered === asked.length : isDecided(situation, topic) && topics.indexOf(topic) <= reached;
      const state = current?.topic === topic ? 'current' : asked.some(({ key }) => wrong.has(key)) ? 'problem' : done ? 'done' : 'open';
      return { topic: topic.topic, title: topic.title, state, answered, total: asked.length };
    });
}

/** Whether it can be said of every question of a topic that it applies or not. */
function isDecided(situation: Situation, topic: Topic): boolean {
  return (
    situation.applies(topic) === true &&
    (topic.questions ?? []).every(({ when }) => when === undefined || situation.settle(when) !== undefined)
  );
}

function answersOf(situation: Situation, session: Session, problems: readonly Problem[]): AnswerView[] {
  return situation.asked.flatMap((asked) => {
    const value = asked.quiet ? situation.answers[asked.key] : session.answers[asked.key]?.value;
    if (value === undefined) return [];
    return [
      {
        key: asked.key,
        topic: asked.topic.topic,
        title: asked.topic.title,
        label: answerLabel(asked),
        value,
        text: answerText(situation, asked, value),
        from: session.answers[asked.key]?.from ?? 'quiet',
        ...(session.answers[asked.key]?.at === undefined ? {} : { at: session.answers[asked.key]?.at }),
        problems: problems.filter(({ key }) => key === asked.key),
        ...questionOf(situation, asked),
      },
    ];
  });
}

/** What a question says, for an answer that is looked at again. */
function questionOf(situation: Situation, asked: Asked): Pick<AnswerView, 'ask' | 'why' | 'facts'> {
  const { question } = asked;
  const extra = extraOf(situation, asked);
  return {
    ask: say(situation, question.ask, extra),
    ...(question.why ? { why: say(situation, question.why, extra) } : {}),
    facts: question.facts ?? [],
  };
}
