import { expect, it } from 'vitest';
import { ownCatalog } from '../../scripts/golden.ts';
import { answersGiven } from '../../src/core/given.ts';
import { attempt } from '../../src/core/interview.ts';
import type { Json } from '../../src/core/json.ts';
import type { Session } from '../../src/core/session.ts';
import { situationOf } from '../../src/core/walk.ts';

const catalog = await ownCatalog();
const settings = 'instance-settings';
const nothing = 'private-from-nothing';

/** The answers of an example, as a person would have given them. */
function sessionOf(example: string): Session {
  const { answers, problems } = answersGiven(catalog, catalog.examples[example]?.answers as Record<string, Json>);
  expect(problems).toEqual([]);
  return {
    answers: Object.fromEntries(Object.entries(answers).map(([key, value]) => [key, { value, from: 'typed' as const }])),
    aside: {},
  };
}

const four = ['start 08:00 mon', 'stop 12:00 mon', 'start 14:00 mon', 'stop 19:00 mon'];

/** Example, question, the wrong answer, and words of the reason. */
const wrong: [what: string, example: string, key: string, value: Json, says: RegExp][] = [
  ['idle shutdown under 15 minutes', nothing, 'instances.0.idle_minutes', 14, /15 minutes to 3 days/],
  ['idle shutdown over 3 days', nothing, 'instances.0.idle_minutes', 4321, /15 minutes to 3 days/],
  ['five schedules', settings, 'instances.0.schedules', [...four, 'start 09:00 sat'], /four schedules at most, and these are 5/],
  ['a start and a stop at one time', settings, 'instances.0.schedules', ['start 08:00 mon-fri', 'stop 08:00 mon-fri'], /same time/],
  ['a start and a stop at one time of one day', settings, 'instances.0.schedules', ['start 08:00 mon-fri', 'stop 08:00 fri'], /same time/],
  ['SSH from private addresses', settings, 'instances.0.ssh_from', ['10.0.0.0/24'], /private addresses/],
  ['SSH from the whole internet', settings, 'instances.0.ssh_from', ['0.0.0.0/0'], /private addresses|large block/],
  ['SSH from a large block', settings, 'instances.0.ssh_from', ['128.0.0.0/2'], /large block/],
  ['a setup script outside of the share', settings, 'instances.0.setup_script', '/home/anna/setup.sh', /from Users on/],
  ['a setup script in a new workspace', nothing, 'instances.0.setup_script', 'Users/anna/setup.sh', /new workspace is empty/],
  ['a retired VM size', nothing, 'instances.0.size', 'Standard_NC6', /retired/],
  ['the name of the cluster', nothing, 'instances.0.name', 'contosoprod-cluster', /one name/],
];

it.each(wrong)('%s is refused while answering, with reason and source', (_what, example, key, value, says) => {
  const { refused } = attempt(catalog, sessionOf(example), { type: 'answer', key, value });
  expect(refused.map(({ say }) => say).join(' ')).toMatch(says);
  const pages = refused.flatMap(({ facts }) => facts).flatMap((id) => catalog.facts[id]?.sources ?? []);
  expect(pages.filter(({ page }) => page !== '')).not.toEqual([]);
});

/** What the format of an answer refuses already. */
const malformed: [what: string, key: string, value: Json, says: RegExp][] = [
  ['the private half of a key', 'instances.0.ssh_key', '~/.ssh/id_rsa', /ends in \.pub/],
  ['a key named without its folder', 'instances.0.ssh_key', 'id_rsa.pub', /whole path/],
  ['a schedule without days', 'instances.0.schedules', ['stop 19:00'], /stop 19:00 mon-fri/],
  ['a schedule at no time', 'instances.0.schedules', ['stop 25:00 mon-fri'], /stop 19:00 mon-fri/],
  ['a setup script that is no shell script', 'instances.0.setup_script', 'Users/anna/setup.py', /ends in \.sh/],
  ['a time zone that Azure does not know', 'instances.0.time_zone', 'Europe/Berlin', /./],
];

it.each(malformed)('%s is not accepted', (_what, key, value, says) => {
  const { refused } = attempt(catalog, sessionOf(settings), { type: 'answer', key, value });
  expect(refused.map(({ say }) => say).join(' ')).toMatch(says);
});

it('SSH asks for the public key, and never without', () => {
  const { session } = attempt(catalog, sessionOf(nothing), { type: 'answer', key: 'instances.0.ssh', value: true });
  const values = Object.fromEntries(Object.entries(session.answers).map(([key, { value }]) => [key, value]));
  const asked = situationOf(catalog, values).asked.map(({ key }) => key);
  expect(asked).toContain('instances.0.ssh_key');
  expect(values['instances.0.ssh_key']).toBeUndefined();
});

it('and the answers of the examples themselves are refused nowhere', () => {
  for (const [, example, key] of wrong) {
    const session = sessionOf(example);
    const answer = session.answers[key];
    if (answer) expect(attempt(catalog, session, { type: 'answer', key, value: answer.value }).refused).toEqual([]);
  }
});
