/** What may be shown. */
export interface Redaction {
  /** Hide the ids of subscriptions and tenants too. */
  readonly ids: boolean;
}

const hidden = '‹hidden›';
const guid = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';

/** Names after which a secret stands, in JSON, YAML, headers, connection strings and options; what comes before them does not matter. */
const names = [
  'passwords?\\d?',
  'passwd',
  'pwd',
  'passphrase',
  'secret',
  'token',
  '(?:account|access|shared|primary|secondary|storage|instrumentation|api|subscription|functions|master|host)[-_]?(?:shared[-_]?|access[-_]?)?key',
  'connection[-_]?string',
  // Unless what follows is the path of its file.
  `private[-_]?key(?!["']?\\s{0,3}[:=]\\s{0,3}["']?(?:~|\\.{0,2}/|[A-Za-z]:))`,
  'client[-_]?key[-_]?data',
].join('|');

/** A value between quotes, or to the end of its line when they are never closed. The quote is the last group before it. */
const quoted = (quote: number, not = '') =>
  `(["'])(?!${hidden}|\\${quote}${not && `|${not}`})(?:\\\\.|(?!\\${quote})[^\\\\\\n]){1,4000}(?:\\${quote}|(?=\\n)|$|)`;
/** What is no secret but says where one is: a variable, a file. */
const elsewhere = '[@$%<{\\[(]';
/** A value without quotes. An & ends it where another name follows. */
const bare = `(?!${hidden[0]}|${elsewhere})(?:[^\\s;,&"'\\\\${hidden[0]}]|&(?!\\w{1,40}=)){4,}`;

/** Each with what stays of it. Order matters: whole blocks first. */
const secrets: readonly (readonly [RegExp, string])[] = [
  // A private key, also one that breaks off or has its line breaks written as \n.
  [/-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?:(?!-----END)[\s\S]){0,20000}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g, hidden],
  // The rest of one whose beginning is not there.
  [
    /(?:^[ \t]{0,40}|(?<=\\n))(?:[A-Za-z0-9+/=]{1,100}(?:[ \t]{0,9}\r?\n[ \t]{0,40}|\\n)){1,100}-----END [A-Z ]{0,30}PRIVATE KEY-----/gm,
    hidden,
  ],
  [/-----END [A-Z ]{0,30}PRIVATE KEY-----/g, hidden],
  // What Authorization headers and cookies hold, and bearer tokens anywhere.
  [
    new RegExp(
      `(authorization\\\\{0,3}['"]?\\s{0,3}[:=]\\s{0,3}\\\\{0,3}['"]?(?:(?:bearer|basic|sharedkey|sharedkeylite|token|negotiate)\\s{1,3})?)(?!${hidden[0]})[^\\s'",;\\\\${hidden[0]}]{4,}`,
      'gi',
    ),
    `$1${hidden}`,
  ],
  [new RegExp(`(\\bcookie['"]?\\s{0,3}:\\s{0,3}['"]?)(?!${hidden[0]})[^\\n'"${hidden[0]}]{4,}`, 'gi'), `$1${hidden}`],
  [/\b(bearer\s{1,3})[A-Za-z0-9._~+/=-]{16,}/gi, `$1${hidden}`],
  // JSON web tokens.
  [/eyJ[A-Za-z0-9_-]{6,}(?:\.[A-Za-z0-9_-]{2,}){1,4}/g, hidden],
  // The signature of a shared access signature.
  [new RegExp(`((?:\\b|%26|_)(?:sig|signature)(?:=|%3D))(?!${hidden[0]})[^&\\s'"${hidden[0]}]{8,}`, 'gi'), `$1${hidden}`],
  // Tokens of Databricks and GitHub.
  [/dapi[0-9a-f]{32}(?:-\d{1,2})?/g, hidden],
  [/\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})/g, hidden],
  // Keys of storage accounts and of Cosmos DB: 64 bytes in base64.
  [/(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{86}==/g, hidden],
  // https://name:password@host, and a long name, which is a token.
  [/(:\/\/[^\s/:@'"‹]{0,100}:)[^\s/@'"‹]{1,200}(?=@)/g, `$1${hidden}`],
  [/(:\/\/)[^\s/:@'"‹]{20,200}(?=@)/g, `$1${hidden}`],
  // "name": "value", also as {"value": …}, and in a list of words.
  [
    new RegExp(`((?:${names}|kubeconfig)["']?\\s{0,3}[:=]\\s{0,3}(?:\\{\\s{0,20}["']value["']\\s{0,3}:\\s{0,3})?)${quoted(2)}`, 'gi'),
    `$1$2${hidden}$2`,
  ],
  [new RegExp(`(--[a-z-]{0,24}(?:${names})(?:["']\\s{0,3},\\s{0,3}|\\s{1,3}))${quoted(2, elsewhere)}`, 'gi'), `$1$2${hidden}$2`],
  // The same in JSON that is a string of JSON.
  [
    new RegExp(
      `((?:${names})\\\\{1,7}["']\\s{0,3}:\\s{0,3}(?:\\{\\s{0,20}\\\\{1,7}"value\\\\{1,7}"\\s{0,3}:\\s{0,3})?)(\\\\{1,7}["'])(?!${hidden}|\\2)(?:(?!\\2)[^\\n]){1,4000}`,
      'gi',
    ),
    `$1$2${hidden}`,
  ],
  // {"name": "password", "value": …}; secrets of a key vault.
  [
    new RegExp(
      `("name"\\s{0,3}:\\s{0,3}"[\\w.-]{0,40}(?:${names})[\\w.-]{0,40}"\\s{0,3},\\s{0,40}"value"\\s{0,3}:\\s{0,3})${quoted(2)}`,
      'gi',
    ),
    `$1$2${hidden}$2`,
  ],
  [new RegExp(`(/secrets/[\\w./-]{1,200}"(?:(?!"value")[\\s\\S]){0,1500}"value"\\s{0,3}:\\s{0,3})${quoted(2)}`, 'g'), `$1$2${hidden}$2`],
  [new RegExp(`("value"\\s{0,3}:\\s{0,3})${quoted(2)}(?=[^{}]{0,500}/secrets/)`, 'g'), `$1$2${hidden}$2`],
  // name=value; and --name value.
  [new RegExp(`((?:${names})\\s{0,3}[:=]\\s{0,3})${bare}`, 'gi'), `$1${hidden}`],
  [new RegExp(`(--[a-z-]{0,24}(?:${names})\\s{1,3})(?!${hidden[0]}|["'-]|${elsewhere})[^\\s${hidden[0]}]{2,}`, 'gi'), `$1${hidden}`],
  // The short option for a password, and a secret on its way into a vault.
  [
    new RegExp(
      `((?:\\blogin\\b[^\\n]{0,300}?\\s-p|\\bsecret set\\b[^\\n]{0,300}?\\s--value)\\s{1,3}["']?)(?!${hidden[0]}|["']|${elsewhere})[^\\s"'${hidden[0]}]{2,}`,
      'g',
    ),
    `$1${hidden}`,
  ],
];

/** What may stand between a word and its id: quotes, also escaped ones or those of an address, and a few words. */
const between = '(?:[^A-Za-z0-9\\n‹›]|%2[0-9A-F]|\\bof\\b|\\bis\\b){1,12}';

const ids: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`((?:subscriptions?(?:[ _-]?ids?)?|sub[_-]?id)${between})${guid}`, 'gi'), '$1‹subscription›'],
  [new RegExp(`((?:tenants?(?:[ _-]?ids?)?|(?<![a-z])tid|directory(?:[ _-]?id)?)${between})${guid}`, 'gi'), '$1‹tenant›'],
  [new RegExp(`((?:login\\.[a-z.]{3,40}|sts\\.[a-z.]{3,40})/)${guid}`, 'gi'), '$1‹tenant›'],
  // The first column of the accounts, and the workspace that Azure makes for logs.
  [new RegExp(`("id"\\s{0,3}:\\s{0,3}")${guid}(?=",\\s{0,20}"isDefault")`, 'g'), '$1‹subscription›'],
  [new RegExp(`(DefaultWorkspace-)${guid}`, 'gi'), '$1‹subscription›'],
  // A list of them.
  [new RegExp(`(‹(?:subscription|tenant)›)([^A-Za-z0-9\\n]{1,6})${guid}`, 'g'), '$1$2$1'],
];

/** What one replacement leaves may be what another looks for; more rounds than this change nothing any more. */
const rounds = 6;

/** Hides secrets in a text, and ids where they are not wanted; what was hidden once stays as it is. */
export function redact(text: string, { ids: hideIds }: Redaction): string {
  const patterns = hideIds ? [...secrets, ...ids] : secrets;
  let now = text;
  for (let round = 0; round < rounds; round++) {
    const next = patterns.reduce((before, [pattern, replacement]) => before.replace(pattern, replacement), now);
    if (next === now) return now;
    now = next;
  }
  return now;
}
