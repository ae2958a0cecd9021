import * as z from 'zod';
import { expression, plainId } from './schema-words.ts';

/** A list that is made of the resources of the sample, so that nothing is written twice. */
const listed = z.strictObject({
  of: z.array(z.string()).min(1).describe('Resource Manager types of the resources that it lists.'),
  row: expression.describe('A row of it; sees the resource, with resourceGroup and subscriptionId beside its properties.'),
});

/** sample/*.yaml: a part of a subscription that does not exist, for people who have none at hand. */
export const sampleSchema = z.strictObject({
  about: z.string(),
  resources: z
    .array(z.looseObject({ id: z.string().startsWith('/subscriptions/'), name: z.string(), type: z.string() }))
    .optional()
    .describe('Resources as a GET of Resource Manager answers them.'),
  lists: z.record(plainId, listed).optional().describe('Reads that list resources of the sample, by their id.'),
  forbidden: z.record(plainId, z.string()).optional().describe('Reads that are not allowed, by their id, with what Azure says.'),
  reads: z.record(plainId, z.unknown()).optional().describe('What other reads answer, by their id.'),
});

export type Sample = z.infer<typeof sampleSchema>;
