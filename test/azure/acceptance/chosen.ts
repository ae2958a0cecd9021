import { examples } from './planned.ts';

/** Tells whether everything is wanted: `npm run acceptance` sets it, CI takes examples that stand for the rest. */
export const wantsAll = process.env.MODE === 'acceptance';

/** All examples, or those of the given ones that stand for the rest. */
export function chosen(...some: readonly string[]): readonly string[] {
  const unknown = some.filter((name) => !examples.includes(name));
  if (unknown.length > 0) throw new Error(`there is no example ${unknown.join(', ')}`);
  return wantsAll ? examples : some;
}

/** All of a list, or every third entry where that stands for the rest. */
export function someOf<T>(list: readonly T[]): readonly T[] {
  return wantsAll ? list : list.filter((_, index) => index % 3 === 0);
}
