import * as z from 'zod';
import type { Json } from '../json.ts';

const json: z.ZodType<Json> = z.json();
const words = z.array(z.string()).readonly();
const call = z.strictObject({ words, files: z.record(z.string(), z.string()).optional() });
const undoing = z.strictObject({
  object: z.string(),
  look: words,
  there: z.string().optional(),
  serial: z.string().optional(),
  remove: z.array(call).readonly(),
  purge: z.array(call).readonly().optional(),
  empty: z.strictObject({ words, is: z.string(), say: z.string() }).optional(),
  restore: z.strictObject({ words, file: z.string() }).optional(),
  softly: z.string().optional(),
  kept: z.string().optional(),
});
const step = z.string();

/** A process as it can be found again: its id alone is given to others later. */
export const childSchema = z.strictObject({ pid: z.number().int(), started: z.string() });

/** Everything that is written into a journal; `at` and `seq` are added on writing. */
export const eventSchema = z.discriminatedUnion('type', [
  /** A run begins, or goes on in a new program. */
  z.strictObject({
    type: z.literal('run'),
    kind: z.enum(['apply', 'undo']),
    rehearsal: z.boolean(),
    program: z.string(),
    catalog: z.string(),
    steps: z.array(z.strictObject({ key: z.string(), what: z.string(), digest: z.string(), after: z.array(z.string()) })),
  }),
  z.strictObject({ type: z.literal('start'), step, digest: z.string() }),
  /** A change is about to be made; written before its program starts. */
  z.strictObject({
    type: z.literal('change'),
    step,
    what: z.enum(['create', 'update', 'act', 'remove', 'restore']),
    call: z.number().int(),
    of: z.number().int(),
    words,
    undo: undoing.optional(),
    before: json.optional(),
  }),
  z.strictObject({ type: z.literal('child'), step, child: childSchema }),
  z.strictObject({ type: z.literal('ended'), step, code: z.number().optional(), message: z.string().optional() }),
  /** What was found after a change of which nobody knows whether it was made: whether what is there is ours. */
  z.strictObject({ type: z.literal('seen'), step, ours: z.boolean() }),
  z.strictObject({ type: z.literal('retry'), step, after: z.number().describe('milliseconds'), message: z.string() }),
  z.strictObject({
    type: z.literal('done'),
    step,
    how: z.enum(['there', 'made', 'changed', 'acted', 'removed', 'gone', 'restored', 'kept']),
    outputs: z.record(z.string(), z.string()).optional(),
    body: json.optional(),
  }),
  z.strictObject({ type: z.literal('failed'), step, message: z.string(), error: z.string().optional() }),
  z.strictObject({ type: z.literal('skipped'), step, because: z.string() }),
  /** The program goes on, or Azure does, without anybody who waits for it. */
  z.strictObject({ type: z.literal('left'), step }),
  z.strictObject({ type: z.literal('end'), outcome: z.enum(['complete', 'failed', 'stopped', 'interrupted']) }),
]);

/** One event of a run. */
export type RunEvent = z.infer<typeof eventSchema>;
/** A process that was started for a step. */
export type Child = z.infer<typeof childSchema>;

/** An event as it stands in a journal. */
export const entrySchema = z.strictObject({ seq: z.number().int(), at: z.string(), event: eventSchema });
export type JournalEntry = z.infer<typeof entrySchema>;

/** What is only shown and never written: how a step waits. */
export interface Progress {
  readonly type: 'progress';
  readonly step: string;
  readonly doing: 'looking' | 'queued' | 'changing' | 'waiting' | 'retrying' | 'surviving';
  /** Azure's word for what it does, or why it waits. */
  readonly note?: string;
}
