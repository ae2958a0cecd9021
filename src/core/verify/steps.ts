import type { Reading } from '../asks.ts';
import { evaluate } from '../expression.ts';
import type { Json } from '../json.ts';
import type { Plan, Step, Want } from '../plan.ts';
import { textOf, wordText } from '../words.ts';
import { type Finding, gapOf, type Look, shownValue } from './findings.ts';
import { type Ref, refOf } from './sources.ts';

/** What a run would stop at: things that have to be there and are not, or that are there and are not as wanted, without a command that changes them. */
export function stepLooks(plan: Plan): Look[] {
  const made = new Set(plan.steps.filter(({ type }) => type === 'ensure').map(({ id }) => id && wordText(id)?.toLowerCase()));
  return plan.steps.flatMap((step) => {
    const instance = plan.world.instances.find(({ key }) => key === step.key);
    const ref = instance && refOf(plan.world, instance.resource.id, instance.each);
    if (!ref || !step.id) return [];
    const mayBeAbsent = step.type === 'ensure' || made.has(wordText(step.id)?.toLowerCase());
    return [{ id: `step.${step.key}`, refs: [ref], judge: (readings) => judged(step, ref, readings.get(ref.key), mayBeAbsent) }];
  });
}

function judged(step: Step, ref: Ref, reading: Reading | undefined, mayBeAbsent: boolean): Finding {
  const { key, topic, what, facts } = step;
  return {
    id: `step.${key}`,
    topic,
    label: what,
    says: step.type === 'require' ? 'It has to be there, as the answers say.' : 'What is there already has to be as the answers say.',
    severity: 'high',
    facts,
    by: 'azure',
    what: ref.what,
    ...(ref.source.type === 'resource' ? { resource: ref.source.id } : {}),
    ...(reading ? { at: reading.at } : {}),
    ...outcomeOf(step, ref, reading, mayBeAbsent),
  };
}

type Outcome = Pick<Finding, 'verdict' | 'found' | 'expected' | 'why' | 'reason'>;

function outcomeOf(step: Step, ref: Ref, reading: Reading | undefined, mayBeAbsent: boolean): Outcome {
  if (!reading) return { verdict: 'unknown', why: 'It was not read.' };
  if (reading.ok) return step.update.length > 0 ? { verdict: 'pass', found: 'it is there' } : compared(step, reading.value);
  if (reading.why !== 'absent') return { verdict: 'unknown', ...gapOf(reading, ref) };
  if (mayBeAbsent) return { verdict: 'pass', found: 'it is not there yet' };
  const why = step.missing ?? step.say;
  return { verdict: 'fail', found: 'it does not exist', expected: 'it exists', ...(why === undefined ? {} : { why }) };
}

function compared({ wants, say }: Step, answer: Json): Outcome {
  const wrong = differencesOf(wants, answer);
  if (wrong.length === 0) return { verdict: 'pass', found: 'as wanted' };
  const found = wrong.map((one) => one.found).join('; ');
  const expected = wrong.map((one) => one.wanted).join('; ');
  return { verdict: 'fail', found, expected, ...(say === undefined ? {} : { why: say }) };
}

/** What is wanted of a resource and not so in an answer about it. */
export function differencesOf(wants: readonly Want[], answer: Json): { readonly found: string; readonly wanted: string }[] {
  return wants.flatMap((want) => differenceOf(want, answer));
}

/** A value that only a run will know is not compared. */
function differenceOf({ path, how, word }: Want, answer: Json): { readonly found: string; readonly wanted: string }[] {
  const wanted = wordText(word);
  if (wanted === undefined) return [];
  const have = evaluate(path, answer);
  const same = (one: Json) => textOf(one).toLowerCase() === wanted.toLowerCase();
  const holds = how === 'is' ? same(have ?? '') : Array.isArray(have) && (have as Json[]).some(same);
  return holds ? [] : [{ found: shownValue(have), wanted: how === 'is' ? wanted : `holds ${wanted}` }];
}
