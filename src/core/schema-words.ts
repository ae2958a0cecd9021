import * as z from 'zod';

/** Snake-case words joined by dots, so that JMESPath needs no quotes around them. */
export const dottedId = z
  .string()
  .regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$/, 'must be snake_case words joined by dots, such as subnet.prefix');
/** The id of a topic, resource, item, table or kind. */
export const plainId = z.string().regex(/^[a-z][a-z0-9_]*$/, 'must be snake_case, such as training_subnet');
/** The id of a fact, an example or a target. */
export const factId = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be the id of a fact, in kebab-case');
/** What something rests on. */
export const facts = z.array(factId).describe('Ids of the facts that this rests on; source, date, old and current rule come from them.');

/** A JMESPath expression over answers, values, tables and resources. */
export const expression = z.string().min(1).describe('JMESPath over answers, values, tables and resources.');
/** Text in which ${expression} is replaced. */
export const template = z.string().min(1).describe('Text; ${expression} is replaced by the value of the expression.');
/** A plain value. */
export const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** A version of a provider of Azure. */
export const apiVersion = z.string().regex(/^\d{4}-\d{2}-\d{2}(-preview)?$/);
