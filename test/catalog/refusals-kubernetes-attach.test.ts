import { expect, it } from 'vitest';
import { ownCatalog } from '../../scripts/golden.ts';
import { offeredOf } from '../../src/core/answers.ts';
import { answersGiven } from '../../src/core/given.ts';
import { attempt } from '../../src/core/interview.ts';
import type { Json } from '../../src/core/json.ts';
import { problemsOf } from '../../src/core/rules.ts';
import type { Session } from '../../src/core/session.ts';
import { situationOf } from '../../src/core/walk.ts';

const catalog = await ownCatalog();

/** The answers of an example with some others, as a person would have given them. */
function sessionOf(example: string, changes: Readonly<Record<string, Json>>): Session {
  const given = { ...(catalog.examples[example]?.answers as Record<string, Json>), ...changes };
  const { answers, problems } = answersGiven(catalog, given);
  expect(problems).toEqual([]);
  return {
    answers: Object.fromEntries(Object.entries(answers).map(([key, value]) => [key, { value, from: 'typed' as const }])),
    aside: {},
  };
}

function situationIn(session: Session) {
  return situationOf(catalog, Object.fromEntries(Object.entries(session.answers).map(([name, { value }]) => [name, value])));
}

interface Told {
  readonly says: string;
  readonly facts: readonly string[];
}

/** What a wizard says when a person gives an answer: the reasons, and the facts that they and the question rest on. */
function refusalOf(session: Session, key: string, value: Json): Told {
  const { refused } = attempt(catalog, session, { type: 'answer', key, value });
  const situation = situationIn(session);
  const asked = situation.asked.find((one) => one.key === key);
  const choice = asked ? offeredOf(situation, asked).find((one) => one.value === value && one.refused !== undefined) : undefined;
  const own = asked?.question.facts ?? [];
  return {
    says: refused.map(({ say }) => say).join(' '),
    facts: [...refused.flatMap(({ facts }) => facts), ...(choice?.facts ?? []), ...own],
  };
}

/** What a wizard warns of when a person gives an answer. */
function warningOf(session: Session, key: string, value: Json): Told {
  const { session: after, refused } = attempt(catalog, session, { type: 'answer', key, value });
  expect(refused).toEqual([]);
  const warnings = problemsOf(situationIn(after)).filter((problem) => problem.level === 'warn' && problem.key === key);
  return { says: warnings.map(({ say }) => say).join(' '), facts: warnings.flatMap(({ facts }) => facts) };
}

const arc = 'arc-instance-types';
const user = { 'attach.identity': 'user' };
const privately = { 'endpoints.origin': 'existing' };

/** Example, answers besides, the wrong answer, and words of the reason. */
const wrong: [what: string, example: string, besides: Record<string, Json>, key: string, value: Json, says: RegExp][] = [
  ['a namespace with capitals', arc, {}, 'attach.namespace', 'AmlArc-Testing', /Write amlarc-testing\./],
  ['a namespace with an underscore', arc, {}, 'attach.namespace', 'amlarc_testing', /Write amlarc-testing\./],
  ['a namespace with a dot', arc, {}, 'attach.namespace', 'team.vision', /Write team-vision\./],
  ['a namespace that ends in a hyphen', arc, {}, 'attach.namespace', 'team-', /end with a letter or digit/],
  ['a namespace with a blank', arc, {}, 'attach.namespace', 'team vision', /lower-case letters/],
  ['a namespace of 64 letters', arc, {}, 'attach.namespace', 'n'.repeat(64), /at most 63/],
  ['the gpu_instance of the documents', arc, {}, 'instance_types.0.name', 'gpu_instance', /no underscore.*Write gpu-instance\./],
  ['the big_cpu_sku of the documents', arc, {}, 'instance_types.1.name', 'big_cpu_sku', /Write big-cpu-sku\./],
  ['the defaultInstanceType of the documents', arc, {}, 'instance_types.1.name', 'defaultInstanceType', /Write defaultinstancetype\./],
  ['an instance type with a dot', arc, {}, 'instance_types.1.name', 'big.cpu', /Write big-cpu\./],
  ['two instance types of one name', arc, {}, 'instance_types.1.name', 'gpu-instance', /one name/],
  ['a part of a GPU', arc, {}, 'instance_types.0.gpu', 0.5, /whole number/],
  ['a GPU in words', arc, {}, 'instance_types.0.gpu', 'one', /whole number/],
  ['fewer GPUs than none', arc, {}, 'instance_types.0.gpu', -1, /0/],
  ['no CPU at all', arc, {}, 'instance_types.0.cpu', '0', /no CPU/],
  ['no thousandth of a CPU', arc, {}, 'instance_types.0.cpu', '0m', /no CPU/],
  ['CPU with a unit', arc, {}, 'instance_types.0.cpu', '2 cores', /Type cores/],
  ['no memory at all', arc, {}, 'instance_types.0.memory', '0Gi', /no memory/],
  ['the 4GB of the documents', arc, {}, 'instance_types.0.memory', '4GB', /does not read GB/],
  ['memory without a unit', arc, {}, 'instance_types.0.memory', '16', /Mi or Gi/],
  ['a CPU limit below the request', arc, {}, 'instance_types.0.cpu_limit', '1', /less than the request of 2/],
  ['a CPU limit in thousandths below the request', arc, {}, 'instance_types.0.cpu_limit', '1900m', /less than the request of 2/],
  ['a memory limit below the request', arc, {}, 'instance_types.0.memory_limit', '8Gi', /less than the request of 16Gi/],
  ['a memory limit in Mi below the request', arc, {}, 'instance_types.0.memory_limit', '16383Mi', /less than the request of 16Gi/],
  ['a label without a value', arc, {}, 'instance_types.0.labels', ['accelerator'], /key=value/],
  ['two values for one label', arc, {}, 'instance_types.0.labels', ['pool=a', 'pool=b'], /One key stands there twice/],
  ['a default type that is none of the types', arc, {}, 'attach.default_type', 'cpu-small', /cpu-small/],
  ['a default type with the name of the documents', arc, {}, 'attach.default_type', 'gpu_instance', /gpu_instance/],
  ['a workspace whose name ends in a hyphen', 'aks', {}, 'workspace.name', 'mlw-fabrikam-', /ends in a hyphen/],
  ['a group whose name ends in a hyphen', 'aks', {}, 'workspace.group', 'rg-fabrikam-', /ends in a hyphen/],
  ['a new workspace whose name ends in a hyphen', arc, {}, 'workspace.name', 'mlw-edge-', /ends in a hyphen/],
  [
    'AKS elsewhere with a private endpoint',
    'aks',
    privately,
    'arc.region',
    'westeurope',
    /only AKS clusters in its own region, francecentral/,
  ],
  ['a compute name that ends in a hyphen', arc, {}, 'attach.name', 'amlarc-', /After the last hyphen/],
  ['a compute name with an underscore', arc, {}, 'attach.name', 'amlarc_compute', /letters, digits and hyphens/],
  ['the secret of an identity for its name', arc, user, 'attach.identity_name', 'a/b', /letters, digits/],
  ['a managed network with Kubernetes', 'aks', {}, 'network.model', 'managed', /Kubernetes are not supported/],
];

/** What is taken, but not without a word. */
const warned: [what: string, example: string, besides: Record<string, Json>, key: string, value: Json, says: RegExp][] = [
  ['a namespace of the extension', arc, {}, 'attach.namespace', 'azureml', /belongs to Kubernetes or to an extension/],
  ['a namespace of Kubernetes', arc, {}, 'attach.namespace', 'kube-system', /belongs to Kubernetes/],
  ['an identity in a private workspace', arc, {}, 'attach.identity', 'system', /undated note/],
  ['the K80 of the documents on AKS', 'aks', aksTypes(), 'instance_types.0.labels', ['accelerator=nvidia-tesla-k80'], /retired/],
];

function aksTypes(): Record<string, Json> {
  return { 'attach.own_types': true, instance_types: [{ name: 'gpu', labels: ['pool=gpu'], cpu: '2', memory: '8Gi', gpu: 1 }] };
}

it.each(wrong)('%s is refused while answering, with reason and source', (_what, example, besides, key, value, says) => {
  const refusal = refusalOf(sessionOf(example, besides), key, value);
  expect(refusal.says).toMatch(says);
  const pages = refusal.facts.flatMap((id) => catalog.facts[id]?.sources ?? []);
  expect(pages.filter(({ page }) => page !== '')).not.toEqual([]);
});

it.each(warned)('%s is warned of, with source', (_what, example, besides, key, value, says) => {
  const warning = warningOf(sessionOf(example, besides), key, value);
  expect(warning.says).toMatch(says);
  expect(warning.facts.flatMap((id) => catalog.facts[id]?.sources ?? [])).not.toEqual([]);
});

it('and the answers of the examples themselves are refused nowhere', () => {
  for (const [, example, , key] of wrong) {
    const session = sessionOf(example, {});
    const answer = session.answers[key];
    if (answer) expect(attempt(catalog, session, { type: 'answer', key, value: answer.value }).refused).toEqual([]);
  }
});

it('a limit in other units is compared by its amount', () => {
  for (const [key, value] of [
    ['instance_types.0.cpu_limit', '2000m'],
    ['instance_types.0.cpu_limit', '2.5'],
    ['instance_types.0.memory_limit', '16384Mi'],
  ] as const)
    expect(attempt(catalog, sessionOf(arc, {}), { type: 'answer', key, value }).refused).toEqual([]);
});

it('AKS elsewhere is taken where the workspace is public, and an Arc cluster anywhere', () => {
  expect(attempt(catalog, sessionOf('aks', {}), { type: 'answer', key: 'arc.region', value: 'westeurope' }).refused).toEqual([]);
  expect(attempt(catalog, sessionOf(arc, {}), { type: 'answer', key: 'arc.region', value: 'westeurope' }).refused).toEqual([]);
});
