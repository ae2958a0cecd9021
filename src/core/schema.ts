import * as z from 'zod';
import { item, read } from './schema-checks.ts';
import { live } from './schema-live.ts';
import { pictured, topicPicture } from './schema-picture.ts';
import { apiVersion, dottedId, expression, factId, facts, plainId, scalar, template } from './schema-words.ts';

const choice = z.strictObject({
  value: scalar.describe('What is stored in the answers.'),
  label: z.string().describe('What a person reads.'),
  hint: template.optional().describe('A few words beside the label.'),
  when: expression.optional().describe('Offered only when true.'),
  unless: z
    .strictObject({ when: expression, say: template, facts: facts.optional() })
    .optional()
    .describe('Shown but refused when true, with the reason.'),
});

const choicesFrom = z.strictObject({
  table: plainId.describe('The table whose rows are the choices; `targets_offered` lists the topics that are targets.'),
  value: plainId.describe('The column that is stored.'),
  label: plainId.describe('The column that a person reads.'),
  hint: plainId.optional().describe('The column shown beside the label.'),
  when: expression.optional().describe('Keeps the rows for which this is true; the row is `row`.'),
});

const common = {
  id: dottedId,
  ask: template.describe("The question, in a person's words."),
  label: z.string().max(32).describe('Two or three words for lists and the review.'),
  why: template.optional().describe('Why it is asked, in one or two sentences.'),
  when: expression.optional().describe('Asked only when true.'),
  default: expression.optional().describe('The value that Enter accepts.'),
  because: template.optional().describe('The reason for the default.'),
  quiet: expression.optional().describe('Not asked when true: the default is taken, and the review lists it.'),
  optional: z.boolean().optional().describe('May be left empty.'),
  facts: facts.optional(),
  example: z.string().optional().describe('An example of a valid answer.'),
};

const single = { ...common, live: live.optional() };

const field = z.discriminatedUnion('kind', [
  z.strictObject({ ...single, kind: z.literal('choice'), choices: z.union([z.array(choice).min(1), choicesFrom]) }),
  z.strictObject({ ...single, kind: z.literal('choices'), choices: z.union([z.array(choice).min(1), choicesFrom]) }),
  z.strictObject({ ...single, kind: z.literal('yes_no') }),
  z.strictObject({ ...single, kind: z.literal('text'), format: plainId.describe('A row of the table of formats.') }),
  z.strictObject({ ...single, kind: z.literal('texts'), format: plainId.describe('The format of each entry.') }),
  z.strictObject({
    ...single,
    kind: z.literal('number'),
    min: z.number().optional(),
    max: z.number().optional(),
    unit: z.string().optional(),
  }),
  z.strictObject({ ...single, kind: z.literal('cidr') }),
  z.strictObject({ ...single, kind: z.literal('cidrs') }),
  z.strictObject({ ...single, kind: z.literal('tags') }),
  z.strictObject({
    ...single,
    kind: z.literal('resource'),
    of: plainId.describe('The kind of resource, of kinds.yaml.'),
    format: plainId.describe('The format of a typed name.'),
    id_fills: z
      .record(dottedId, z.enum(['subscription', 'group', 'parent', 'name']))
      .optional()
      .describe('Answers that a pasted resource id gives too.'),
  }),
]);

const group = z.strictObject({
  ...common,
  kind: z.literal('group'),
  noun: z.string().describe('What one row is, such as cluster.'),
  max: z.number().int().positive().describe('The most rows.'),
  fields: z.array(field).min(1).describe('Asked for each row; expressions see the row as `row`.'),
});

const rule = z.strictObject({
  on: dottedId.describe('The question that the message stands at; a field of a group as group.field.'),
  when: expression.optional(),
  must: expression.describe('Has to be true; waits until all that it refers to is answered.'),
  say: template.describe('What is wrong and how to mend it.'),
  level: z.enum(['refuse', 'warn']).optional().describe('refuse is the default; warn lets the answer stand.'),
  facts: facts.min(1),
});

const sameMap = z
  .record(z.string(), z.unknown())
  .describe('JMESPath into the resource, and the wanted value; text may hold ${expression}.');

const resource = z.strictObject({
  id: plainId,
  kind: plainId,
  what: template.describe('A few words for lists, such as: subnet ${subnet.name}.'),
  when: expression.optional(),
  each: expression.optional().describe('One resource for every row of this list; the row is `row`.'),
  parent: plainId.optional(),
  scope: template
    .optional()
    .describe('For an extension resource on something that is no resource of the plan: the id of that, in place of parent.'),
  name: template,
  make: expression.optional().describe('false: it must exist already; it is looked up and never created.'),
  same: sameMap.optional(),
  say: template.optional().describe('What to do when it is missing, or different and without an update.'),
  missing: template.optional().describe('What to say when it does not exist, in place of «It does not exist» and `say`.'),
  create: z.string().optional().describe('File below templates/<topic>/ with the az commands.'),
  update: z.string().optional(),
  outputs: z
    .record(plainId, expression)
    .optional()
    .describe('Values that only Azure knows, read after the step, for the commands of later ones.'),
  after: z.array(plainId).optional().describe('Resources and actions that come first though no word names them.'),
  joins: z.array(plainId).optional().describe('Resources that this one is put into; their join permission is needed.'),
  kept: template.optional().describe('Why undo does not take it back, or does not write back what it was; nothing is tried then.'),
  why: template.optional(),
  picture: pictured.optional().describe('How it stands in the picture of the network.'),
  facts: facts.min(1),
});

/** Looked at before something is removed, as others may have put something into it. */
const empty = z
  .strictObject({
    run: template.describe('One command that looks, with its output as text; it sees what `undo` sees.'),
    is: z.string().describe('The text that it prints when nothing else is left.'),
    say: template.describe('What is said when it prints anything else; then nothing is removed.'),
  })
  .describe('Looked at before the removal: with another answer nothing is removed.');

const action = z.strictObject({
  id: plainId,
  what: template,
  when: expression.optional(),
  each: expression.optional().describe('One action for every row of this list; the row is `row`.'),
  probe: z.string().describe('File with the az command that looks.'),
  done: z.unknown().describe('The text that the probe prints when there is nothing to do.'),
  run: z.string().describe('File with the az commands.'),
  say: template.optional().describe('What the script says before it runs them.'),
  takes: z.string().optional().describe('How long it takes, as a person would say it.'),
  undo: z.string().optional().describe('File with the commands that take back what `run` did; every action has this or `kept`.'),
  kept: template.optional().describe('Why undo does not take it back; `Nothing was made.` for an action that only waits or stops.'),
  empty: empty.optional(),
  after: z.array(plainId).optional(),
  why: template.optional(),
  facts: facts.min(1),
});

const file = z.strictObject({
  path: template,
  format: z.enum(['python', 'python-v1', 'yml', 'json']),
  when: expression.optional(),
  each: expression.optional(),
  template: z.string().optional().describe('Mustache file below templates/<topic>/.'),
  data: z.unknown().optional().describe('A tree that is written as YAML or JSON.'),
  values: z.record(plainId, z.unknown()).optional().describe('What the Mustache template may name.'),
  what: template.describe('One line for the guide.'),
  facts: facts.min(1),
});

const note = z.strictObject({ id: plainId, says: template, facts: facts.min(1), when: expression.optional() });

const row = z.record(z.string(), z.unknown());

/** One topic: a file of checklists/. */
export const topicSchema = z.strictObject({
  topic: plainId,
  title: z.string(),
  order: z.number().describe('Topics are asked in this order.'),
  about: z.string().optional(),
  when: expression.optional().describe('The whole topic applies only when true.'),
  target: z
    .strictObject({ id: factId, label: z.string(), hint: z.string() })
    .optional()
    .describe('Makes this topic a training target that a person can choose.'),
  questions: z.array(z.union([field, group])).optional(),
  values: z.record(dottedId, expression).optional(),
  tables: z.record(plainId, z.array(row)).optional(),
  rules: z.array(rule).optional(),
  items: z.array(item).optional(),
  reads: z.array(read).optional(),
  lets: z
    .record(z.string().regex(/^[a-z_]+$/), expression)
    .optional()
    .describe('JMESPath that several checks share; a path that names $id gets it. It never comes to null.'),
  resources: z.array(resource).optional(),
  actions: z.array(action).optional(),
  files: z.array(file).optional(),
  notes: z.array(note).optional(),
  picture: topicPicture.optional().describe('What stands in the picture of the network besides resources.'),
});

/** kinds.yaml: every kind of resource, once. */
export const kindsSchema = z.record(
  plainId,
  z.strictObject({
    type: z
      .string()
      .regex(/^[A-Za-z.]+\/[A-Za-z/]+$/)
      .describe('The Resource Manager type.'),
    api: apiVersion.describe('The api-version for reading.'),
    label: z.string(),
    parent: plainId.optional().describe('The kind that its id continues; a resource group when absent.'),
    id: template.optional().describe('For the root only: the whole id, with ${name}.'),
    extension: z.boolean().optional().describe('An extension resource, such as a role assignment: it lives on any resource.'),
    child: z.string().optional().describe('The segment of the id that a child adds.'),
    serial: plainId.optional().describe('Changes below one resource of this kind go one after another.'),
    draw: z.enum(['box', 'inside', 'line', 'none']).optional(),
    read: z.array(z.string()).describe('Permissions to look it up.'),
    join: z.array(z.string()).optional().describe('Permissions to put something into it.'),
    write: z.array(z.string()).optional().describe('Permissions to create or change it.'),
    takes: z.string().optional().describe('How long it takes, as a person would say it.'),
    costs: z.string().optional().describe('What it costs, as a person would say it.'),
    soft_deleted: z.boolean().optional(),
    undo: template
      .optional()
      .describe(
        'The commands that remove one that was made, in place of `remove` of catalog.yaml, in the form of a .az file. They see ${id}, ${name}, ${group}, ${api}, ${parent.name} and ${parent.group} of the resource and whatever every expression sees.',
      ),
    purge: template
      .optional()
      .describe('The commands in place of `undo` when it shall be gone for good: all of them, so deletion and purge where Azure has two.'),
    softly: template.optional().describe('What stays after `undo`, for how long, and that its name stays taken; a sentence for people.'),
    empty: empty.optional(),
    kept: template.optional().describe('Why none of this kind is ever taken back.'),
    undo_facts: facts.optional(),
    graph: z
      .string()
      .regex(/^[a-z]+$/)
      .optional()
      .describe('The table of Resource Graph that shows it whole; only where Resource Graph has every property that a check reads.'),
    within: expression.optional().describe('Where the answer of its parent holds it: JMESPath to a list with ids.'),
    listed: z.boolean().optional().describe('Read through the list of all of its kind below its parent.'),
    whole: apiVersion.optional().describe('The api-version for `read` and `restore`, where `api` leaves parts out.'),
  }),
);

/** formats.yaml: what a typed text must look like. */
export const formatsSchema = z.record(
  plainId,
  z.strictObject({
    pattern: z.string().describe('A regular expression for the whole text.'),
    max: z.number().int().optional(),
    say: z.string().describe('What is allowed, in words.'),
    example: z.string(),
    file: z.boolean().optional().describe('It names a file that has to be there before anything runs.'),
  }),
);

/** Where something is written. */
export const source = z.strictObject({
  page: z.string(),
  repo: z.string().optional(),
  path: z.string().optional(),
  date: z.string().optional(),
  note: z.string().optional(),
});

/** facts/*.yaml: what the documents say and what is true today. */
export const factsSchema = z.array(
  z.strictObject({
    id: factId,
    kind: z.enum(['requirement', 'default', 'limit', 'step', 'warning', 'setting', 'tip', 'concept']),
    status: z.enum(['valid', 'changed', 'retired', 'unknown']),
    says: z.string(),
    was: z.string().optional(),
    since: z.string().optional(),
    editions: z.record(z.string(), z.string()).optional(),
    disagree: z.boolean().optional(),
    disagreement: z.string().optional(),
    sources: z.array(source).min(1),
    applies_to: z.array(z.string()),
    verify_by: z.enum(['resource', 'cluster', 'computer', 'answers', 'job', 'reading']),
    check: z.string().optional(),
    fix: z.string().optional(),
    unused: z.string().optional().describe('Why the catalog does not use it.'),
  }),
);

/** known-errors.yaml: what a failure says, what it means and what mends it. */
export const knownErrorsSchema = z.array(
  z.strictObject({
    id: factId,
    match: z.array(z.string().min(4)).min(1).describe('Texts of the message; one of them is enough, and capitals do not matter.'),
    where: z.string().describe('A few words: at what it happens.'),
    cause: z.string().min(1).describe('What is behind it, in one or two sentences.'),
    fix: z.string().min(1).describe('What mends it.'),
    retry: z
      .number()
      .int()
      .positive()
      .optional()
      .describe('Seconds after which the same call may be tried again; absent when that is of no use.'),
    tries: z.number().int().positive().optional().describe('How often it may be tried again; six times when absent.'),
    sign_in: z.boolean().optional().describe('Only a new sign-in mends it.'),
    link: z.url().optional(),
    sources: z.array(source).min(1),
    facts: facts.optional(),
  }),
);

/** tables/*.yaml: rows that several topics read. */
export const tablesSchema = z.record(plainId, z.array(row));

/** catalog.yaml: what the whole catalog has in common. */
export const manifestSchema = z.strictObject({
  version: z.string().describe('Written into sessions and answers files.'),
  checked: z.string().describe('The date on which the statements were last held against their sources.'),
  programs: z.array(z.string()).min(1).describe('What a command may begin with; the words of every_call go to the first alone.'),
  tools: z
    .record(z.string(), z.array(z.string()).min(1))
    .optional()
    .describe('What else a read may begin with, and the names under which it is looked for; the first that is found counts.'),
  every_call: z
    .strictObject({ words: z.string(), except: z.array(z.string()) })
    .describe('Words that every command of the first program carries.'),
  probe: z.string().describe('The az command that looks a resource up; sees id, api, query and output.'),
  remove: z.string().describe('The az command that removes a resource whose kind says nothing else; sees id and api.'),
  read: z
    .string()
    .describe(
      'The az command that prints a resource whole, to be written back later; sees id and api. The probe adds parts that Azure would refuse.',
    ),
  restore: z.string().describe('The az command that writes back what `read` printed; sees id, api and file, which holds it.'),
  run: z
    .strictObject({
      environment: z.record(z.string(), z.string()).describe('Variables that every program of a run gets.'),
      sign_in: z.string().describe('Words that sign a person in, in the terminal.'),
      extensions: z.strictObject({
        needed: expression.describe('The names of the extensions that the plan needs.'),
        list: z.string().describe('Words that print the names of those that are installed, one a line.'),
        add: z.string().describe('Words that install one; sees name.'),
      }),
    })
    .optional()
    .describe('What a run needs besides the commands of its steps.'),
  azure: z
    .strictObject({
      token: z.string().describe('The command that prints a token for Resource Manager, as JSON; sees subscription.'),
      endpoint: expression.describe('Where Resource Manager is for these answers, such as https://host.'),
      subscription: expression.describe('The subscription of these answers.'),
      usually: z.url().optional().describe('The endpoint while that waits for an answer.'),
      graph: z.strictObject({ path: z.string(), api: apiVersion }).describe('Where Resource Graph takes queries, below Resource Manager.'),
      read_posts: z
        .array(z.string().regex(/^(\/[A-Za-z][A-Za-z.]*)+$/, 'must be the last segments of a path, such as /checkNameAvailability'))
        .min(1)
        .describe('How the paths end to which a POST only reads; no other POST is ever sent.'),
    })
    .optional()
    .describe('How Azure is read without az.'),
  name_from: dottedId.describe('The question whose answer names a session.'),
  heading: template.describe('The first line of every script and of the guide.'),
  before: z.array(template).describe('What has to be in place before the scripts run; below the heading.'),
  checks_not: z.array(z.string()).describe('What the scripts do not check; printed in the guide.'),
});

/** examples/*.yaml: complete answers. */
export const exampleSchema = z.strictObject({ about: z.string(), answers: z.record(z.string(), z.unknown()) });

export type Topic = z.infer<typeof topicSchema>;
export type Field = z.infer<typeof field>;
export type Group = z.infer<typeof group>;
export type Question = Field | Group;
export type Rule = z.infer<typeof rule>;
export type Resource = z.infer<typeof resource>;
export type Action = z.infer<typeof action>;
export type FileTemplate = z.infer<typeof file>;
export type Note = z.infer<typeof note>;
export type Choice = z.infer<typeof choice>;
export type Kinds = z.infer<typeof kindsSchema>;
export type Formats = z.infer<typeof formatsSchema>;
export type Fact = z.infer<typeof factsSchema>[number];
export type KnownError = z.infer<typeof knownErrorsSchema>[number];
export type Manifest = z.infer<typeof manifestSchema>;
export type Example = z.infer<typeof exampleSchema>;
export type Row = z.infer<typeof row>;
