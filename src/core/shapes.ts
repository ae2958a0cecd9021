import { isObject } from './json.ts';

/** What is known of a value before there is one: its form, and which names it holds. */
export type Shape = AnyShape | ScalarShape | ListShape | ObjectShape;

interface AnyShape {
  readonly is: 'any';
}
interface ScalarShape {
  readonly is: 'scalar';
}
/** A list whose entries all have one shape. */
export interface ListShape {
  readonly is: 'list';
  readonly of: Shape;
}
/** An object with exactly these names; `label` is how a person would write it, such as `subnet`. */
export interface ObjectShape {
  readonly is: 'object';
  readonly label: string;
  readonly slots: Map<string, Slot>;
}
/** One name of an object. */
export interface Slot {
  readonly shape: () => Shape;
  /** The question, value or table that is read with it. */
  readonly id?: string;
}

export const anything: Shape = { is: 'any' };
export const scalar: Shape = { is: 'scalar' };

/** A list of a shape. */
export function listOf(of: Shape): ListShape {
  return { is: 'list', of };
}

/** An object that is still empty. */
export function emptyObject(label: string): ObjectShape {
  return { is: 'object', label, slots: new Map() };
}

/** The shape of a value of JSON. */
export function shapeOfJson(value: unknown, label = ''): Shape {
  if (Array.isArray(value)) return listOf(value.length === 0 ? anything : value.map((one) => shapeOfJson(one, label)).reduce(eitherShape));
  if (!isObject(value)) return scalar;
  const object = emptyObject(label);
  for (const [name, part] of Object.entries(value)) object.slots.set(name, { shape: () => shapeOfJson(part, dotted(label, name)) });
  return object;
}

/** The shape of one entry of a list. */
export function entryOf(shape: Shape): Shape {
  if (shape.is === 'list') return shape.of;
  return shape.is === 'any' ? anything : scalar;
}

/** The shape of something that is one or the other; a text or null gives way to what has names. */
export function eitherShape(a: Shape, b: Shape): Shape {
  if (a === b || b.is === 'scalar') return a;
  if (a.is === 'scalar') return b;
  if (a.is === 'list' && b.is === 'list') return listOf(eitherShape(a.of, b.of));
  if (a.is !== 'object' || b.is !== 'object') return anything;
  const both: ObjectShape = { is: 'object', label: a.label, slots: new Map(a.slots) };
  for (const [name, slot] of b.slots) {
    const mine = a.slots.get(name);
    both.slots.set(name, mine ? { ...mine, shape: () => eitherShape(mine.shape(), slot.shape()) } : slot);
  }
  return both;
}

/** Puts a slot at a dotted id, making objects on the way; what already stands there stays. */
export function putSlot(root: ObjectShape, id: string, slot: Slot): void {
  const steps = id.split('.');
  let at = root;
  for (const step of steps.slice(0, -1)) {
    const next = at.slots.get(step)?.shape();
    if (next?.is === 'object') at = next;
    else {
      if (next) return;
      const made = emptyObject(dotted(at.label, step));
      at.slots.set(step, { shape: () => made });
      at = made;
    }
  }
  const last = steps[steps.length - 1] ?? id;
  if (!at.slots.has(last)) at.slots.set(last, slot);
}

/** A name behind its object, as a person would write it. */
export function dotted(label: string, name: string): string {
  return label === '' ? name : `${label}.${name}`;
}

/** Calls back with every question, value and table that a shape holds. */
export function readAll(shape: Shape, read: (id: string) => void, depth = 0): void {
  if (depth > 8) return;
  if (shape.is === 'list') readAll(shape.of, read, depth + 1);
  if (shape.is !== 'object') return;
  for (const slot of shape.slots.values()) {
    if (slot.id !== undefined) read(slot.id);
    readAll(slot.shape(), read, depth + 1);
  }
}
