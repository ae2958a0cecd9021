const hidden = '‹hidden›';
const begin = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY-----/g;
const end = /-----END (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY-----/g;
/** The longest key that is looked for; one of 8192 bits has 6.4 kB. */
const longest = 20_000;
/** The body of a key that breaks off: headers, then lines of base64, with line breaks as they are or as \n. */
const cutBody =
  /(?:(?:\s|\\{1,3}[nr]){1,4}[A-Za-z-]{3,20}: [^\n\\]{1,100}){0,4}(?:(?:\s|\\{1,3}[nr]){0,8}[A-Za-z0-9+/=]{1,}){0,1}(?:(?:\s|\\{1,3}[nr]){1,8}[A-Za-z0-9+/=]{20,}){0,400}(?:(?:\s|\\{1,3}[nr]){1,8}[A-Za-z0-9+/]{0,80}={1,2}|(?:\s|\\{1,3}[nr]){1,8}[A-Za-z0-9+/]{1,80}(?=$|…|"|'))?/y;

/** Hides private keys in PEM form: whole, without their end, and without their beginning. */
export function keyBlocks(text: string): string {
  if (!text.includes('PRIVATE KEY-----')) return text;
  let done = '';
  let from = 0;
  for (const match of text.matchAll(begin)) {
    if (match.index < from) continue;
    done += withoutTail(text.slice(from, match.index)) + hidden;
    from = endOf(text, match.index + match[0].length);
  }
  return done + withoutTail(text.slice(from));
}

/** Where a key ends that begins before a place. */
function endOf(text: string, at: number): number {
  const next = text.indexOf('-----BEGIN ', at);
  const near = text.slice(at, Math.min(at + longest, next < 0 ? text.length : next));
  const close = new RegExp(end.source).exec(near);
  if (close) return at + close.index + close[0].length;
  cutBody.lastIndex = 0;
  return at + (cutBody.exec(near)?.[0].length ?? 0);
}

/** Hides what stands before an END that has no BEGIN, as far back as it looks like a key. */
function withoutTail(text: string): string {
  let done = '';
  let from = 0;
  for (const match of text.matchAll(end)) {
    done += withoutBody(text.slice(from, match.index)) + hidden;
    from = match.index + match[0].length;
  }
  return done + text.slice(from);
}

/** Takes the lines of base64 away that stand at the end of a text, and what of one stands behind something else. */
function withoutBody(text: string): string {
  let at = text.length;
  let cut = at;
  for (const piece of text
    .slice(-longest)
    .split(/(\r?\n|\\{1,3}[nr])/)
    .reverse()) {
    if (!/^(?:[ \t]{0,40}[A-Za-z0-9+/=]{0,100}|\r?\n|\\{1,3}[nr])$/.test(piece)) break;
    at -= piece.length;
    if (/[A-Za-z0-9]{2}/.test(piece) && !/^\\/.test(piece)) cut = at;
  }
  let run = cut;
  while (run > 0 && /[A-Za-z0-9+/=]/.test(text[run - 1] ?? '')) run--;
  return text.slice(0, cut - run >= 16 ? run : cut);
}
