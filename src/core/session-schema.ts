import * as z from 'zod';
import type { Json } from './json.ts';

const json: z.ZodType<Json> = z.json() as z.ZodType<Json>;

/** One answer: its value, and where it came from. `at` is set for what was read from Azure. */
const answerSchema = z.strictObject({
  value: json,
  from: z.enum(['typed', 'default', 'file', 'azure']),
  at: z.string().optional(),
});

/** What a session file holds of the interview. */
export const sessionSchema = z.strictObject({
  answers: z.record(z.string(), answerSchema),
  aside: z.record(z.string(), answerSchema).describe('Answers whose question does not apply at present; they come back with it.'),
  cursor: z.string().optional().describe('The question that the person went back to.'),
});
