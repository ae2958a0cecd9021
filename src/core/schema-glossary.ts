import * as z from 'zod';
import { source } from './schema.ts';
import { facts } from './schema-words.ts';

/** glossary.yaml: the words that a person meets and may want to have explained. */
export const glossarySchema = z.array(
  z.strictObject({
    term: z.string().min(2).describe('The word as the screens write it; a plural is found too.'),
    also: z.array(z.string().min(2)).optional().describe('Other spellings, and words that lead to this one.'),
    says: z.string().min(1).max(280).describe('What it means, in one or two plain sentences.'),
    own: z.literal(true).optional().describe('A word of the program itself: it says nothing of Azure, so it needs no source.'),
    facts: facts.min(1).optional(),
    sources: z.array(source).min(1).optional().describe('Where it is written when no fact says it.'),
  }),
);

export type Term = z.infer<typeof glossarySchema>[number];
