import { extraOf } from './answers.ts';
import { isTrue } from './expression.ts';
import type { Rule, Topic } from './schema.ts';
import { type Asked, type Situation, say } from './situation.ts';

/** Something wrong with an answer: what, and how to mend it. */
export interface Problem {
  /** The key of the answer that the message stands at. */
  readonly key: string;
  readonly say: string;
  readonly level: 'refuse' | 'warn';
  readonly facts: readonly string[];
}

const known = new WeakMap<Situation, readonly Problem[]>();

/** Every problem of the answers given so far; a rule waits until all that it refers to is answered. */
export function problemsOf(situation: Situation): readonly Problem[] {
  const problems = known.get(situation) ?? [...invalidAnswers(situation), ...brokenRules(situation)];
  known.set(situation, problems);
  return problems;
}

/** The problems that refuse an answer. */
export function refusals(problems: readonly Problem[], key?: string): Problem[] {
  return problems.filter((problem) => problem.level === 'refuse' && (key === undefined || problem.key === key));
}

function invalidAnswers(situation: Situation): Problem[] {
  return [...situation.wrong].map(([key, say]) => ({ key, say, level: 'refuse', facts: [] }));
}

function brokenRules(situation: Situation): Problem[] {
  return situation.catalog.topics
    .filter((topic) => situation.applies(topic))
    .flatMap((topic) => (topic.rules ?? []).flatMap((rule) => brokenBy(situation, topic, rule)));
}

function brokenBy(situation: Situation, _topic: Topic, rule: Rule): Problem[] {
  return askedOn(situation, rule.on).flatMap((asked) => {
    if (situation.answers[asked.key] === undefined) return [];
    const extra = extraOf(situation, asked);
    if (rule.when !== undefined && !isTrue(situation.settle(rule.when, extra) ?? null)) return [];
    const holds = situation.settle(rule.must, extra);
    if (holds === undefined || isTrue(holds)) return [];
    return [{ key: asked.key, say: say(situation, rule.say, extra), level: rule.level ?? 'refuse', facts: rule.facts }];
  });
}

/** The questions that a rule stands at: one, or one for each row of a group. */
function askedOn(situation: Situation, on: string): Asked[] {
  return situation.asked.filter((asked) => (asked.row ? `${asked.row.group.id}.${asked.question.id}` === on : asked.key === on));
}
