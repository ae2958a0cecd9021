/** A piece of a template: fixed text, or an expression with how it is put in. */
export type TemplatePart = { readonly text: string } | { readonly expression: string; readonly how: 'value' | 'spread' | 'switch' };

const parsed = new Map<string, readonly TemplatePart[]>();

/**
 * Splits text at `${expression}`, `${expression...}` and `${expression?}`.
 * Throws an Error with the offset of a `${` that is not closed.
 */
export function parseTemplate(text: string): readonly TemplatePart[] {
  const known = parsed.get(text);
  if (known) return known;
  const parts: TemplatePart[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('${', at);
    if (open < 0) break;
    if (open > at) parts.push({ text: text.slice(at, open) });
    const close = closingBrace(text, open + 2);
    parts.push(holeOf(text.slice(open + 2, close).trim()));
    at = close + 1;
  }
  if (at < text.length) parts.push({ text: text.slice(at) });
  parsed.set(text, parts);
  return parts;
}

/** The expressions of a template. */
export function templateExpressions(text: string): string[] {
  return parseTemplate(text).flatMap((part) => ('expression' in part ? [part.expression] : []));
}

/** Fills a template by a function that gives the text for each expression. */
export function fillTemplate(text: string, textFor: (expression: string) => string): string {
  return parseTemplate(text)
    .map((part) => ('text' in part ? part.text : textFor(part.expression)))
    .join('');
}

function holeOf(body: string): TemplatePart {
  if (body.endsWith('...')) return { expression: body.slice(0, -3).trim(), how: 'spread' };
  if (body.endsWith('?')) return { expression: body.slice(0, -1).trim(), how: 'switch' };
  return { expression: body, how: 'value' };
}

/** Finds the brace that ends an expression, past nested braces, quotes and backticks. */
export function closingBrace(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === "'" || character === '`' || character === '"') at = endOfQuote(text, at);
    else if (character === '{') depth++;
    else if (character === '}' && depth-- === 0) return at;
  }
  throw new Error(`\${ at character ${from - 1} is not closed`);
}

function endOfQuote(text: string, open: number): number {
  const close = text.indexOf(text[open] ?? '', open + 1);
  if (close < 0) throw new Error(`the quote at character ${open + 1} is not closed`);
  return close;
}
