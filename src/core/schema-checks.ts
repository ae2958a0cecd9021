import * as z from 'zod';
import { apiVersion, expression, factId, facts, plainId, template } from './schema-words.ts';

/** Something to look at that is no resource of the plan. */
export const read = z.strictObject({
  id: plainId,
  what: template.describe('A few words for people, such as: locks on the network.'),
  when: expression.optional(),
  each: expression.optional().describe('One for every row of this list; the row is `row`.'),
  get: template.optional().describe('A path of Resource Manager, such as ${vnet.id}/subnets.'),
  post: template.optional().describe('A path for a POST that only reads; its ending has to stand in azure.read_posts of catalog.yaml.'),
  graph: template.optional().describe('A query of Resource Graph; values go between quotes: where id =~ "${vnet.id}".'),
  run: template.optional().describe('A command that only looks and prints JSON, in the form of a .az file.'),
  api: apiVersion.optional().describe('The api-version of get and post.'),
  body: z.unknown().optional().describe('What post sends; text may hold ${expression}.'),
  list: z.boolean().optional().describe('The answer comes in pages: {value: [...]}.'),
  wait: z.boolean().optional().describe('The POST starts work that takes a while; its result is the answer.'),
  text: z.boolean().optional().describe('What `run` prints is text and no JSON.'),
  cluster: z.boolean().optional().describe('`run` asks the Kubernetes cluster, so it is left out unless a context is named.'),
  permissions: z.array(z.string()).optional().describe('What one has to be allowed to read it.'),
});

/** How a thing that was read decides an item. */
export const check = z.strictObject({
  read: plainId.describe('What is read: a resource of the plan, one of `reads`, or `computer`, which is this computer.'),
  also: z
    .record(plainId, plainId)
    .optional()
    .describe('More that is read; the path sees each as also.<name>, and a list that is read as value then.'),
  path: expression.describe('JMESPath into the answer; text may hold ${expression}, and $name stands for an entry of `lets`.'),
  tells: expression
    .optional()
    .describe('JMESPath: where it is not true the answer tells nothing, and a person has to look, as `manual` says.'),
  absent: z.enum(['pass', 'fail', 'unknown']).optional().describe('What it means that the thing is not there; fail when absent.'),
  unread: z
    .array(
      z.enum(['forbidden', 'signed out', 'throttled', 'unreachable', 'partial', 'refused', 'not installed', 'timed out', 'unexpected']),
    )
    .optional()
    .describe('Why it cannot be read, where that makes it fail; for every other reason it is unknown.'),
  equals: z.unknown().optional().describe('The value, or text with ${expression}.'),
  includes: template.optional().describe('The list holds this.'),
  at_least: template.optional().describe('The number is this or more; so is a version of three parts, such as 2.70.0.'),
  at_most: template.optional().describe('The number is this or less.'),
});

/** A line of the checklist. */
export const item = z.strictObject({
  id: plainId,
  label: z.string().max(44).describe('A few words for the checklist.'),
  says: template.optional().describe("The requirement; the first fact's sentence when absent."),
  facts: facts.describe('Ids of the facts that this rests on; only a `local` item may have none.'),
  severity: z.enum(['high', 'medium', 'low']),
  when: expression.optional(),
  each: expression.optional().describe('One item for every row of this list.'),
  must: expression.optional().describe('Decides from the answers alone: true is met, false is contradicted.'),
  check: check.optional().describe('Decides from Azure.'),
  manual: template.optional().describe('What a person has to look at, because no machine can.'),
  local: z.boolean().optional().describe('It is about this computer alone: amlguide doctor looks at it, and it stands on no checklist.'),
  before: z.boolean().optional().describe('Looked at before a run too, as a run would fail without it.'),
  only_before: z.boolean().optional().describe('Looked at before a run alone: once the run is over it says nothing.'),
  fix: z
    .string()
    .optional()
    .describe('File with the az commands that mend it; when absent, the steps of the plan that make or change what is read.'),
  remake: z
    .array(plainId)
    .min(1)
    .optional()
    .describe(
      'Resources of the plan that are deleted and then made again to mend it, with what stands on them; of those that repeat, the one of the row.',
    ),
  redo: z
    .array(plainId)
    .min(1)
    .optional()
    .describe('Resources and actions of the plan that mend it where it reads something else; of those that repeat, the one of the row.'),
  fix_when: expression.optional().describe('`fix`, `redo` and `remake` count only when this is true.'),
  mend: template.optional().describe('What a person does about it when no command can.'),
});

/** What Azure answers when a check passes and when it fails: what the tests hold every check against. */
export const shown = z.strictObject({
  pass: z.unknown().describe('An answer with which it passes; text may hold ${expression}.'),
  fail: z.unknown().describe('An answer with which it fails.'),
  also: z.record(plainId, z.unknown()).optional().describe('What the other reads answer.'),
  row: z.number().int().optional().describe('The row for which this holds, from 0.'),
  set: z.record(z.string(), z.unknown()).optional().describe('Answers in place of those of the example, where no example has the item.'),
  example: factId.optional().describe('The example whose answers count; the first one that has the item when absent.'),
});

/** answers/<topic>.yaml: for every check of a topic, answers of Azure with which it passes and fails. */
export const shownSchema = z.record(plainId, shown);

export type Item = z.infer<typeof item>;
export type Check = z.infer<typeof check>;
export type Read = z.infer<typeof read>;
export type Shown = z.infer<typeof shown>;
