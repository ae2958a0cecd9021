import { type Catalog, questionsOf } from './catalog.ts';
import type { Json } from './json.ts';
import type { Field, Question } from './schema.ts';

/** The JSON schema of an answers file, for editors and for programs that write one. */
export function answersSchema(catalog: Catalog): Json {
  const properties = Object.fromEntries(
    [...questionsOf(catalog).values()].map(({ question }) => [question.id, schemaOf(catalog, question)]),
  );
  const answers = { type: 'object', properties, additionalProperties: false };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Answers for amlguide',
    type: 'object',
    properties: { amlguide: { const: 1 }, catalog: { type: 'string' }, answers },
    required: ['answers'],
    additionalProperties: false,
  } as unknown as Json;
}

/** A question whose words depend on answers, as all that it may be. */
export function askedOf({ ask, label }: Pick<Question, 'ask' | 'label'>): string {
  if (!ask.includes('${')) return ask;
  const forms = [...ask.matchAll(/[?:] '([^']+)'/g)].map(([, form]) => form);
  return forms.length > 0 ? forms.join(' / ') : label;
}

function schemaOf(catalog: Catalog, question: Question): Json {
  const text = { title: question.label, description: askedOf(question) };
  if (question.kind !== 'group') return { ...text, ...(fieldSchema(catalog, question) as object) } as Json;
  const rows = Object.fromEntries(question.fields.map((field) => [field.id, schemaOf(catalog, field)]));
  return {
    ...text,
    type: 'array',
    minItems: 1,
    maxItems: question.max,
    items: { type: 'object', properties: rows, additionalProperties: false },
  } as unknown as Json;
}

function fieldSchema(catalog: Catalog, field: Field): Json {
  const nullable = (type: string): Json => (field.optional ? [type, 'null'] : type);
  switch (field.kind) {
    case 'yes_no':
      return { type: 'boolean' };
    case 'number':
      return {
        type: nullable('integer'),
        ...(field.min === undefined ? {} : { minimum: field.min }),
        ...(field.max === undefined ? {} : { maximum: field.max }),
      };
    case 'choice':
      return { enum: choicesOf(catalog, field) };
    case 'choices':
      return { type: 'array', items: { enum: choicesOf(catalog, field) } };
    case 'texts':
    case 'cidrs':
      return { type: 'array', items: { type: 'string' } };
    case 'tags':
      return { type: 'object', additionalProperties: { type: 'string' } };
    case 'text':
    case 'resource':
    case 'cidr':
      return { type: nullable('string') };
  }
}

function choicesOf(catalog: Catalog, field: Extract<Field, { kind: 'choice' | 'choices' }>): Json[] {
  if (Array.isArray(field.choices)) return field.choices.map(({ value }) => value);
  const { table, value } = field.choices;
  if (table === 'targets_offered') return catalog.topics.flatMap(({ target }) => (target ? [target.id] : []));
  return (catalog.tables[table] ?? []).map((row) => row[value] as Json);
}
