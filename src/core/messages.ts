import type { Reading, Why } from './asks.ts';
import { nearest } from './errors.ts';

const withoutList: Readonly<Record<Why, string>> = {
  absent: 'There is no such list in Azure',
  forbidden: 'You may not list what there is',
  'signed out': 'Nobody is signed in to Azure',
  throttled: 'Azure takes no further requests for now',
  unreachable: 'Azure cannot be reached',
  partial: 'Part of the list was lost',
  refused: 'Azure refused to list what there is',
  unexpected: 'Azure answered something unexpected',
  'not installed': 'A program that hands out the sign-in is not installed',
  'timed out': 'Azure did not answer in time',
};

function lowerFirst(text: string): string {
  return text.startsWith('Azure') ? text : text.charAt(0).toLowerCase() + text.slice(1);
}

function reasonOf(reading: Reading): string {
  if (reading.ok) return '';
  return `${withoutList[reading.why]}${reading.message === '' ? '.' : `: ${reading.message}`}`;
}

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
  noList: (reading: Reading) => `No list: ${lowerFirst(reasonOf(reading))}`,
  noWholeList: (reading: Reading) => `Not the whole list: ${lowerFirst(reasonOf(reading))}`,
  oddList: 'No list: Azure answered something unexpected.',
  onlyFit: 'It is the only one there that fits.',
  tagForm: (raw: string) => `${raw}: write a tag as name=value.`,
} as const;
