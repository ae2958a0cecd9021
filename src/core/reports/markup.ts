import { visible } from './report.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text as content of XML and HTML; everything that these do not allow is spelled as its code point. */
export function markup(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** A text as the value of an attribute between double quotes, with its lines and tabs. */
export function attribute(text: string): string {
  return markup(text).replace(/[\n\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}
