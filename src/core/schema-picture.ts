import * as z from 'zod';
import { expression, plainId, template } from './schema-words.ts';

const notes = z
  .array(template)
  .describe('A few words each, such as a size or a delegation; one that is empty or waits for an answer is left out.');

const inThing = plainId.describe('The resource or thing of a `picture` that it stands in, where neither joins nor parent say so.');

/** How a resource stands in the picture of the network. */
export const pictured = z.strictObject({
  name: template.optional().describe('What stands in the picture in place of `what`.'),
  notes: notes.optional(),
  in: inThing.optional(),
  to: z.array(plainId).optional().describe('What it leads to besides what it joins, such as the machine behind an attachment.'),
});

const thing = z.strictObject({
  id: plainId,
  draw: z.enum(['box', 'inside', 'line']),
  what: template.describe('A few words, such as: managed network of the workspace.'),
  when: expression.optional(),
  each: expression.optional().describe('One for every row of this list; the row is `row`.'),
  notes: notes.optional(),
  in: inThing.optional(),
});

const flow = z.strictObject({
  id: plainId,
  of: z.array(plainId).min(1).describe('The resources or things that it leaves or enters; those that are not drawn are passed over.'),
  way: z.enum(['out', 'in']).describe('out: they may reach `who`; in: `who` may reach them.'),
  denied: z.boolean().optional().describe('They may not.'),
  who: template.describe('Who is at the other end: a service tag, a host, or how many hosts.'),
  on: template.optional().describe('Ports, and the protocol where it matters.'),
  why: template.optional().describe('What for, in a few words.'),
  when: expression.optional(),
  each: expression.optional().describe('One for every row of this list; the row is `row`.'),
});

/** What of a topic stands in the picture of the network besides its resources, and what may talk to what. */
export const topicPicture = z.strictObject({ things: z.array(thing).optional(), flows: z.array(flow).optional() });

export type Thing = z.infer<typeof thing>;
export type FlowRule = z.infer<typeof flow>;
