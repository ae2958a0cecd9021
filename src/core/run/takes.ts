import { spanOf } from './rest.ts';

/** The seconds in the middle of what a person says that something takes; a few seconds when nothing is said. */
export function secondsOf(takes = 'a few seconds'): number {
  const span = spanOf(takes) ?? { least: 0, most: 0 };
  return (span.least + span.most) / 2000;
}
