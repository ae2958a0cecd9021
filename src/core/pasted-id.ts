import { type Accepted, accept } from './answers.ts';
import type { Catalog } from './catalog.ts';
import type { Json } from './json.ts';
import { messages } from './messages.ts';
import { parseResourceId } from './resource-id.ts';
import type { Field } from './schema.ts';
import type { Asked, Situation } from './situation.ts';

/** What a resource id in place of a name answers: the name, and the keys of `id_fills`. */
export type PastedId = { readonly name: string; readonly others: Readonly<Record<string, string>> } | { readonly problem: string };

/** Reads a resource id given in place of a name; undefined when the text is a plain name. */
export function readPastedId(catalog: Catalog, question: Field, raw: Json): PastedId | undefined {
  if (question.kind !== 'resource' || typeof raw !== 'string' || !/^\s*\/subscriptions\//i.test(raw)) return undefined;
  const id = parseResourceId(raw);
  const kind = catalog.kinds[question.of];
  if (!id || (kind && id.type.toLowerCase() !== kind.type.toLowerCase()))
    return { problem: messages.notAnIdOf(kind?.label ?? question.of) };
  return { name: id.name, others: Object.fromEntries(Object.entries(question.id_fills ?? {}).map(([key, part]) => [key, id[part]])) };
}

/** Accepts a value, or a resource id in place of a name, which answers other questions too; so do `fills`, as far as they are accepted. */
export function acceptWithId(
  situation: Situation,
  asked: Asked,
  raw: Json,
  fills: Readonly<Record<string, Json>> = {},
): { readonly value: Json; readonly others: Readonly<Record<string, Json>> } | { readonly problem: string } {
  const pasted = readPastedId(situation.catalog, asked.question, raw);
  if (pasted && 'problem' in pasted) return pasted;
  const accepted = accept(situation, asked, pasted ? pasted.name : raw);
  if ('problem' in accepted) return accepted;
  const others: Record<string, Json> = {};
  for (const [key, value] of Object.entries(fills)) {
    const filled = acceptFor(situation, key, value);
    if ('value' in filled) others[key] = filled.value;
  }
  for (const [key, value] of Object.entries(pasted?.others ?? {})) {
    const filled = acceptFor(situation, key, value);
    if ('problem' in filled) return { problem: `${key}: ${filled.problem}` };
    others[key] = filled.value;
  }
  return { value: accepted.value, others };
}

/** A question that is not asked yet looks at the value when it is. */
function acceptFor(situation: Situation, key: string, value: Json): Accepted {
  const other = situation.asked.find((one) => one.key === key);
  return other ? accept(situation, other, value) : { value };
}
