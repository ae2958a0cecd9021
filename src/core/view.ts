import { answerLabel, answerText } from './answer-text.ts';
import { extraOf, type Offered, offeredOf } from './answers.ts';
import type { Catalog } from './catalog.ts';
import { currentOf, defaultOf } from './interview.ts';
import { type ChecklistLine, checklistOf } from './items.ts';
import type { Json } from './json.ts';
import { type Drawn, pictureOf } from './picture.ts';
import { type Permission, plan } from './plan.ts';
import { type PreviewLine, previewOf } from './preview.ts';
import { type Problem, problemsOf, refusals } from './rules.ts';
import type { Fact, Field } from './schema.ts';
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
  /** The answer given earlier, when the person came back to it. */
  readonly value?: Json;
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
  readonly from: Answer['from'];
  readonly problems: readonly Problem[];
}

/** The plan in short, for the review. */
export interface Outcome {
  readonly picture: readonly Drawn[];
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
  /** Every fact of the catalog by id, for explanations. */
  readonly facts: Catalog['facts'];
}

/** The view of a session. */
export function viewOf(catalog: Catalog, session: Session): View {
  const situation = situationOf(catalog, valuesIn(session));
  const problems = problemsOf(situation);
  const current = currentOf(situation, session, problems);
  const end = current ? {} : endOf(situation);
  return {
    ask: current && askOf(situation, session, current, problems),
    title: current?.topic.title ?? '',
    number: current ? situation.asked.indexOf(current) + 1 : situation.asked.length,
    answered: situation.asked.filter(({ key }) => situation.answers[key] !== undefined).length,
    total: situation.asked.length,
    sections: sectionsOf(situation, current, problems),
    answers: answersOf(situation, session, problems),
    checklist: checklistOf(situation),
    problems: [...problems, ...(end.clashes ?? [])],
    preview: previewOf(supposing(situation, current), current),
    ...(end.outcome ? { outcome: end.outcome } : {}),
    facts: catalog.facts,
  };
}

/** What follows from the answers, or why nothing does: two steps that want different things of one resource. */
function endOf(situation: Situation): { readonly outcome?: Outcome; readonly clashes?: readonly Problem[] } {
  const made = plan(situation.catalog, situation.answers);
  if ('problems' in made) return { clashes: made.problems };
  const { steps, permissions } = made;
  const ensured = steps.filter(({ type }) => type !== 'require');
  return {
    outcome: {
      picture: pictureOf(made),
      creates: ensured.map(({ what, takes }) => ({ what, ...(takes ? { takes } : {}) })),
      uses: steps.filter(({ type }) => type === 'require').map(({ what, update }) => ({ what, changes: update.length > 0 })),
      costs: ensured.flatMap(({ what, costs }) => (costs ? [{ what, costs }] : [])),
      permissions,
    },
  };
}

/** The situation with what Enter would answer, so that the preview shows what comes of it. */
function supposing(situation: Situation, current: Asked | undefined): Situation {
  if (!current || situation.answers[current.key] !== undefined) return situation;
  const proposed = defaultOf(situation, current);
  return proposed === undefined ? situation : situationOf(situation.catalog, { ...situation.answers, [current.key]: proposed });
}

function askOf(situation: Situation, session: Session, asked: Asked, problems: readonly Problem[]): Ask {
  const { question, row, key } = asked;
  const extra = extraOf(situation, asked);
  const proposed = defaultOf(situation, asked);
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
    choices: offeredOf(situation, asked),
    ...(value === undefined ? {} : { value }),
    ...(proposed === undefined ? {} : { default: proposed }),
    ...(question.because && proposed !== undefined ? { because: say(situation, question.because, extra) } : {}),
    facts: known,
    problems: problems.filter((problem) => problem.key === key),
  };
}

function numberLimits({ unit, min, max }: Extract<Field, { kind: 'number' }>): Pick<Ask, 'unit' | 'min' | 'max'> {
  return { ...(unit === undefined ? {} : { unit }), ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

function exampleOf(situation: Situation, question: Field): string | undefined {
  return 'format' in question ? situation.catalog.formats[question.format]?.example : undefined;
}

function sectionsOf(situation: Situation, current: Asked | undefined, problems: readonly Problem[]): SectionView[] {
  const wrong = new Set(refusals(problems).map(({ key }) => key));
  return situation.catalog.topics
    .filter((topic) => (topic.questions ?? []).length > 0 && situation.applies(topic) !== false)
    .map((topic) => {
      const asked = situation.asked.filter((one) => one.topic === topic);
      const answered = asked.filter(({ key }) => situation.answers[key] !== undefined).length;
      const done =
        asked.length > 0 ? answered === asked.length : situation.applies(topic) === true && !waits(situation, topic.questions ?? []);
      const state = current?.topic === topic ? 'current' : asked.some(({ key }) => wrong.has(key)) ? 'problem' : done ? 'done' : 'open';
      return { topic: topic.topic, title: topic.title, state, answered, total: asked.length };
    });
}

/** Whether some question of a topic cannot yet be said to apply or not. */
function waits(situation: Situation, questions: readonly { readonly when?: string | undefined }[]): boolean {
  return questions.some(({ when }) => when !== undefined && situation.settle(when) === undefined);
}

function answersOf(situation: Situation, session: Session, problems: readonly Problem[]): AnswerView[] {
  return situation.asked.flatMap((asked) => {
    const answer = session.answers[asked.key];
    if (!answer) return [];
    return [
      {
        key: asked.key,
        topic: asked.topic.topic,
        title: asked.topic.title,
        label: answerLabel(asked),
        value: answer.value,
        text: answerText(situation, asked, answer.value),
        from: answer.from,
        problems: problems.filter(({ key }) => key === asked.key),
      },
    ];
  });
}
