/** A function whose last result is kept for each object: what does not depend on keys is laid out once a turn and size, not once a key. */
export function remembered<Of extends object, Sizes extends readonly (number | string)[], Result>(
  make: (of: Of, ...sizes: Sizes) => Result,
): (of: Of, ...sizes: Sizes) => Result {
  const last = new WeakMap<Of, { readonly sizes: string; readonly result: Result }>();
  return (of, ...sizes) => {
    const known = last.get(of);
    if (known?.sizes === sizes.join()) return known.result;
    const result = make(of, ...sizes);
    last.set(of, { sizes: sizes.join(), result });
    return result;
  };
}
