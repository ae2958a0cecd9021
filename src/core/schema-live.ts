import * as z from 'zod';
import { dottedId, expression, facts, plainId, template } from './schema-words.ts';

/** Where a question finds what it may be answered with: things that exist in Azure. `row` is one of them. */
export const live = z
  .strictObject({
    read: plainId.describe('The read that tells what there is; it waits for the answers that it names.'),
    also: z
      .record(plainId, plainId)
      .optional()
      .describe('More that is read; expressions see each as also.<name>, null when it cannot be read.'),
    when: expression.optional().describe('Offered only when true, such as: that an existing one is wanted.'),
    rows: expression.optional().describe('The list of things, out of the answer, which is `read`; the answer itself when absent.'),
    where: expression.optional().describe('Keeps the rows for which this is true.'),
    with: z.record(plainId, expression).optional().describe('Names for what is said of a row more than once; each sees those before it.'),
    value: expression.describe('What is answered; for kind resource the id, which answers what `id_fills` names too.'),
    label: expression.optional().describe('What a person reads; the value when absent.'),
    hint: template.optional().describe('A few words beside the label.'),
    unless: z
      .array(z.strictObject({ when: expression, say: template, facts: facts.optional() }))
      .optional()
      .describe('Why one is shown and cannot be chosen: the first that is true.'),
    fills: z.record(dottedId, expression).optional().describe('Questions that the choice answers too; null answers none.'),
    nothing: template.describe('What is said when there is none, such as: There is no virtual network in ${region}.'),
  })
  .describe('Offers what exists in Azure; without a sign-in the question is asked as if this were not here.');

export type Live = z.infer<typeof live>;
