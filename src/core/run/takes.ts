const units: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3600 };
const words: Readonly<Record<string, string>> = {
  half: '0.5',
  a: '1',
  an: '1',
  one: '1',
  two: '2',
  three: '3',
  few: '4',
  five: '5',
  ten: '10',
};

/** The seconds that a person means with words such as 1 to 3 minutes; a few seconds when nothing is said. */
export function secondsOf(takes: string | undefined): number {
  const text = (takes ?? 'a few seconds')
    .toLowerCase()
    .replace(/\bhalf an?\b/, 'half')
    .replace(/\ba few\b/, 'few');
  const unit = Object.entries(units).find(([name]) => text.includes(name))?.[1] ?? 1;
  const numbers = text
    .split(/\s+/)
    .map((word) => Number(words[word] ?? word))
    .filter((number) => number > 0);
  const most = numbers.at(-1) ?? 1;
  const least = text.startsWith('up to') ? 0 : (numbers[0] ?? most);
  return ((least + most) / 2) * unit;
}
