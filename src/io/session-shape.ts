import * as z from 'zod';
import { sessionSchema } from '../core/session-schema.ts';
import { type Found, sessionFormat } from './stored-session.ts';

const storedSchema = z.strictObject({
  format: z.literal(sessionFormat),
  name: z.string(),
  catalog: z.string(),
  created: z.iso.datetime(),
  updated: z.iso.datetime(),
  program: z.string(),
  session: sessionSchema,
});

const anyFormat = z.looseObject({ format: z.number(), program: z.string().max(40).catch('unknown') });

/** Tells whether JSON is a session file, one of a newer program, or none. */
export function shapeOf(json: unknown): Found {
  const format = anyFormat.safeParse(json);
  if (format.success && format.data.format > sessionFormat) {
    const by = format.data.program.replace(/\p{C}/gu, '');
    return {
      state: 'newer',
      reason: `it was written by a newer amlguide (version ${by}, format ${format.data.format}; this one reads format ${sessionFormat})`,
    };
  }
  const stored = storedSchema.safeParse(json);
  if (stored.success) return { state: 'sound', stored: stored.data };
  const [issue] = stored.error.issues;
  const place = issue?.path.join('.').replace(/\p{C}/gu, '').slice(0, 80);
  return { state: 'damaged', reason: `it does not have the shape of a session${place ? `, see ${place}` : ''}` };
}
