import type { Catalog } from '../../../src/core/catalog.ts';
import type { Field, Topic } from '../../../src/core/schema.ts';
import { catalogOf } from '../contract-catalog.ts';

/** A catalog with one long list, and one text with a default that may stay empty. */
export function listCatalog(count: number, kind: 'choice' | 'choices' = 'choice'): Catalog {
  const choices = Array.from({ length: count }, (_, index) => ({
    value: `size-${index}`,
    label: `Size ${index}`,
    hint: index % 2 === 0 ? 'even' : 'odd',
  }));
  const questions: Field[] = [
    { id: 'size', kind, choices, ask: 'Which size?', label: 'size', facts: ['sdk-v1-snippet', 'subnet-inside-vnet'] },
    { id: 'note', kind: 'text', format: 'free', optional: true, default: "'nothing special'", ask: 'A note?', label: 'note' },
  ];
  const topic: Topic = { topic: 'start', title: 'Sizes', order: 1, questions };
  return catalogOf([topic]);
}

/** A catalog of any questions in one topic. */
export function questionsCatalog(questions: readonly Field[]): Catalog {
  return catalogOf([{ topic: 'start', title: 'Start', order: 1, questions: [...questions] }]);
}
