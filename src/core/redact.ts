import { keyBlocks } from './redact-keys.ts';
import { isPlain, secretName } from './redact-names.ts';

/** What may be shown, and what is known to be hidden. */
export interface Redaction {
  /** Hide the ids of subscriptions and tenants too. */
  readonly ids: boolean;
  /** Exact secrets of six characters or more; also where they are percent-encoded, in base64 or in JSON. */
  readonly known?: readonly string[];
  /** The ids of this plan, hidden wherever they stand when `ids` is true. */
  readonly subscription?: string;
  readonly tenant?: string;
}

const hidden = '‹hidden›';
const masks = /(‹(?:hidden|subscription|tenant)›)/;

/** Hides secrets in a text, and ids where they are not wanted; what was hidden once stays as it is. */
export function redact(text: string, redaction: Redaction): string {
  const steps = stepsOf(redaction);
  let now = text;
  // What one step hides can bring another to what stands beside it; twice is nearly always enough.
  for (let round = 0; round < 6; round++) {
    const next = steps.reduce((before, step) => step(before), now);
    if (next === now) return now;
    now = next;
  }
  return now;
}

type Step = (text: string) => string;

function stepsOf({ ids, known = [], subscription, tenant }: Redaction): Step[] {
  const given = known.flatMap(spellings).toSorted((a, b) => b.length - a.length);
  return [
    ...[...new Set(given)].map((value) => outsideMasks((piece) => piece.split(value).join(hidden))),
    keyBlocks,
    ...shapes.map(
      ([pattern, replacement]) =>
        (text: string) =>
          text.replace(pattern, replacement),
    ),
    assignments,
    options,
    ...(ids ? idSteps(subscription, tenant) : []),
  ];
}

/** A secret as it may be written: as it is, trimmed, each long line of it, and each of these encoded. */
function spellings(secret: string): string[] {
  const lines = secret.split(/\r?\n/).filter((line) => line.trim().length >= 20);
  return [secret, secret.trim(), ...lines].filter((text) => text.length >= 6).flatMap(encodings);
}

function encodings(text: string): string[] {
  const bytes = new TextEncoder().encode(text);
  const percent = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`);
  const base64 = btoa(String.fromCharCode(...bytes)).replace(/=+$/, '');
  const inUrl = encodeURIComponent(text.toWellFormed());
  return [
    text,
    inUrl,
    inUrl.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    inUrl.replaceAll('%20', '+'),
    percent.join(''),
    base64,
    base64.replaceAll('+', '-').replaceAll('/', '_'),
    JSON.stringify(text).slice(1, -1),
  ];
}

/** Changes only what is not hidden already. */
function outsideMasks(change: Step): Step {
  return (text) =>
    text
      .split(masks)
      .map((piece, index) => (index % 2 === 0 ? change(piece) : piece))
      .join('');
}

/** Secrets that their own form gives away, wherever they stand. None of the patterns goes back over more than a bounded stretch. */
const shapes: readonly (readonly [RegExp, string])[] = [
  // JSON web tokens, whole or cut, and refresh tokens of Microsoft Entra ID.
  [/(?<![\w-])eyJ[\w-]{10,}(?:\.[\w-]*){0,4}/g, hidden],
  [/(?<![\w.-])[01]\.A[\w-]{60,}(?:\.[\w-]*){0,4}/g, hidden],
  [/\b(bearer[ \t]{1,3})(?=[\w.~+/=-]{0,60}\d)[\w.~+/=-]{16,}/gi, `$1${hidden}`],
  // The signature of a shared access signature in an address that is encoded itself.
  [/(%26sig%3D)(?:(?!%26)[^\s&'"<>‹])+/gi, `$1${hidden}`],
  // Keys of storage accounts and of Log Analytics (64 bytes), passwords of registries, secrets of applications.
  [/(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{86}==(?![A-Za-z0-9+/=])/g, hidden],
  [/(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{42}\+ACR[A-Za-z0-9+/]{6}/g, hidden],
  [/(?<![\w.~-])[\w.~-]{3}[78]Q~[\w.~-]{31,34}(?![\w.~-])/g, hidden],
  // Databricks, GitHub, and a whole kubeconfig in base64.
  [/(?<![A-Za-z0-9])dapi[0-9a-f]{32}(?:-\d{1,2})?(?![A-Za-z0-9])/gi, hidden],
  [/(?<![A-Za-z0-9])gh[oprsu]_[A-Za-z0-9]{36,}/g, hidden],
  [/(?<![A-Za-z0-9+/])YXBpVmVyc2lvb[A-Za-z0-9+/]{60,}={0,2}/g, hidden],
  // The password in an address: https://name:password@host.
  [/(\/\/[^\s/:@'"‹]{0,80}:)(?!‹hidden›@)[^\s/@'"]{1,200}(?=@)/g, `$1${hidden}`],
  // A name before the host that is a token by itself.
  [/(:\/\/)[^\s/:@'"‹]{20,200}(?=@)/g, `$1${hidden}`],
  // What a key vault answers.
  [/(\/secrets\/[\w./-]{1,200}"(?:(?!"value")[\s\S]){0,1500}"value"\s{0,3}:\s{0,3}")(?!‹hidden›")(?:[^"\\\n]|\\.){1,4000}/g, `$1${hidden}`],
  [/("value"\s{0,3}:\s{0,3}")(?!‹hidden›")(?:[^"\\\n]|\\.){1,4000}(?="[^{}]{0,500}\/secrets\/)/g, `$1${hidden}`],
  // The short option for a password, and a secret on its way into a vault.
  [/((?:\blogin\b[^\n]{0,300}?\s-p|\bsecret set\b[^\n]{0,300}?\s--value)\s{1,3}["']?)(?![‹"'@$%<{[(])[^\s"'‹]{2,}/g, `$1${hidden}`],
  // A list of named values, such as the passwords of a registry.
  [
    /("name"\s{0,9}:\s{0,9}"[\w.-]{0,40}(?:password\d?|secret|token)"\s{0,9},\s{0,9}"value"\s{0,9}:\s{0,9}")(?!‹hidden›")(?:[^"\\\n]|\\.){1,4000}/gi,
    `$1${hidden}`,
  ],
];

const key = /(?<![\w.-])([\w.-]{1,80})(\\{0,3}["']?[ \t]{0,3}(?:=>|[:=])[ \t]{0,3})/g;

/** name=value, "name": "value", name: value, name=value; of a connection string: hides the value of a secret name. */
function assignments(text: string): string {
  return replaced(text, key, ([, name = '', sign = ''], at) => {
    const strength = secretName(name, sign);
    if (strength === undefined) return undefined;
    if (strength === 'header') return at(headerValue);
    return at(quotedValue) ?? at(objectValue) ?? at(strength === 'weak' ? weakValue : plainValue);
  });
}

const option = /(?<![\w-])--([a-z][a-z0-9-]{2,60})(?:[ \t]{1,3}|["'][ \t]{0,3},[ \t]{0,3}(?=["']))/gi;

/** --name value, also in a list of quoted words: hides the value of a secret name. */
function options(text: string): string {
  return replaced(text, option, ([, name = ''], at) => {
    if (secretName(name, ' ') === undefined) return undefined;
    return at(quotedValue) ?? at(optionValue);
  });
}

/** A value that was found: what is kept before and behind it, and where it ends. */
interface Value {
  readonly open: string;
  readonly value: string;
  readonly close: string;
}

type Reader = (text: string, at: number) => Value | undefined;

/** Looks for names from left to right and hides the value behind each for which one is found. */
function replaced(
  text: string,
  name: RegExp,
  valueAt: (match: RegExpExecArray, at: (reader: Reader) => Value | undefined) => Value | undefined,
): string {
  const pattern = new RegExp(name);
  let done = '';
  let from = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const start = match.index + match[0].length;
    const found = valueAt(match, (reader) => reader(text, start));
    if (!found) continue;
    const { open, value, close } = found;
    const end = start + open.length + value.length + close.length;
    done += text.slice(from, start) + (isPlain(value) ? open + value : open + hidden) + close;
    from = end;
    pattern.lastIndex = Math.max(end, match.index + 1);
  }
  return done + text.slice(from);
}

/** In quotes, also in those of JSON within JSON; a value that is cut has no closing quote. */
const quotedValue: Reader = (text, at) => {
  const open = sticky(/\\{0,3}["']/y, text, at);
  if (open === undefined) return undefined;
  const inside = at + open.length;
  const value =
    open.length > 1 ? before(text, inside, open) : (sticky(open === '"' ? /(?:[^"\\\n]|\\.)*/y : /(?:[^'\\\n]|\\.)*/y, text, inside) ?? '');
  return { open, value, close: text.startsWith(open, inside + value.length) ? open : '' };
};

/** In an object, as parameters of a template are: {"value": "…"}. */
const objectValue: Reader = (text, at) => {
  const open = sticky(/\{\s{0,20}\\{0,3}["']value\\{0,3}["']\s{0,3}:\s{0,3}/y, text, at);
  const found = open === undefined ? undefined : quotedValue(text, at + open.length);
  return found && { ...found, open: open + found.open };
};

/** What stands before the next of a text on the same line. */
function before(text: string, from: number, stop: string): string {
  const line = sticky(/[^\n]{0,8000}/y, text, from) ?? '';
  const end = line.indexOf(stop);
  return end < 0 ? line : line.slice(0, end);
}

const plainValue: Reader = (text, at) => bare(/(?!\$[({])[^\s,;&"'`<>(){}|[\]\\]+/y, text, at);
const optionValue: Reader = (text, at) => {
  const found = bare(/[^\s"'`]+/y, text, at);
  return found && (/^[-:|)\],.;[({=/]/.test(found.value) || proseWords.has(found.value.toLowerCase())) ? undefined : found;
};
/** Behind a name that is an English word too, only what does not look like one. */
const weakValue: Reader = (text, at) => {
  const found = plainValue(text, at);
  return found && ((found.value.length >= 8 && /\d/.test(found.value)) || found.value.length >= 24) ? found : undefined;
};
/** The rest of a header: a scheme, and what follows it. */
const headerValue: Reader = (text, at) => {
  const quoted = quotedValue(text, at);
  return quoted ?? bare(/(?:(?:bearer|basic|sharedkey|sharedkeylite|negotiate|digest|token)[ \t]{1,3})?[^\s'",;]+/iy, text, at);
};

const proseWords = new Set(
  'and or is are must to with for in cannot was should can has value option together was the a that from when'.split(' '),
);

function bare(pattern: RegExp, text: string, at: number): Value | undefined {
  const value = sticky(pattern, text, at);
  return value === undefined ? undefined : { open: '', value, close: '' };
}

/** What a sticky pattern matches at a place; undefined when it does not, or matches nothing. */
function sticky(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  const found = pattern.exec(text)?.[0];
  return found === '' ? undefined : found;
}

const guid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
/** What may stand between the word and its id: signs, also encoded ones, and a few small words. */
const between = '(?:[^A-Za-z0-9\\n‹›]|%2[0-9A-F]|%3A|\\b(?:of|is|ids?|with|name)\\b){1,12}';
const idPatterns: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`((?:subscriptions?(?:[ _-]?ids?)?|sub[_-]?id)${between})${guid}`, 'gi'), '$1‹subscription›'],
  [new RegExp(`((?:tenants?(?:[ _-]?ids?)?|(?<![a-z])tid|directory(?:[ _-]?id)?)${between})${guid}`, 'gi'), '$1‹tenant›'],
  [new RegExp(`((?:login\\.[a-z.]{3,40}|sts\\.[a-z.]{3,40})(?:/|%2F))${guid}`, 'gi'), '$1‹tenant›'],
  // The first column of the accounts, and the workspace that Azure makes for logs.
  [new RegExp(`("id"\\s{0,3}:\\s{0,3}")${guid}(?=",\\s{0,20}"isDefault")`, 'gi'), '$1‹subscription›'],
  [new RegExp(`(DefaultWorkspace-)${guid}`, 'gi'), '$1‹subscription›'],
  // A list of them.
  [new RegExp(`(‹(?:subscription|tenant)›)([^A-Za-z0-9\\n]{1,6})${guid}`, 'gi'), '$1$2$1'],
];

function idSteps(subscription: string | undefined, tenant: string | undefined): Step[] {
  const given = [
    [subscription, '‹subscription›'],
    [tenant, '‹tenant›'],
  ] as const;
  return [
    ...given.flatMap(([id, mask]) => {
      if (id === undefined || id.length < 6) return [];
      const exact = new RegExp(id.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi');
      return [outsideMasks((piece) => piece.replace(exact, mask))];
    }),
    ...idPatterns.map(
      ([pattern, replacement]) =>
        (text: string) =>
          text.replace(pattern, replacement),
    ),
  ];
}
