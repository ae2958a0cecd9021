import { nearest } from './errors.ts';

/** Sentences for people that do not come from the catalog; one place, so that other languages can follow. */
export const messages = {
  needed: 'An answer is needed.',
  yesOrNo: 'Answer yes or no.',
  wholeNumber: 'Type a whole number.',
  between: (min: number | undefined, max: number | undefined) =>
    min === undefined
      ? `Type a number up to ${max}.`
      : max === undefined
        ? `Type a number from ${min} on.`
        : `Type a number from ${min} to ${max}.`,
  notAChoice: (raw: string, choices: readonly string[]) => {
    const near = nearest(raw.replace(/[«»]/g, '').toLowerCase(), choices);
    const meant = near ? `Did you mean ${near}? ` : '';
    return `${raw} is not offered. ${meant}Choose one of: ${choices.slice(0, 12).join(', ')}${choices.length > 12 ? ', …' : ''}.`;
  },
  notText: (raw: string) => `${raw} is not a text.`,
  tooLong: (raw: string, max: number, rule: string) => `${raw} is longer than ${max} characters. ${rule}`,
  notAnIdOf: (kind: string) => `This is not the resource id of a ${kind}. Type its name, or paste the whole id.`,
  tagForm: (raw: string) => `${raw}: write a tag as name=value.`,
} as const;
