/** What may be shown. */
export interface Redaction {
  /** Hide the ids of subscriptions and tenants too. */
  readonly ids: boolean;
}

const hidden = '‹hidden›';
const guid = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';

/** Names after which a secret stands, in JSON, YAML, headers, connection strings and options. */
const names = [
  'password',
  'passwd',
  'pwd',
  'admin[-_ ]?password',
  'client[-_]?secret',
  'secret',
  'access[-_]?token',
  'refresh[-_]?token',
  'id[-_]?token',
  'token',
  'account[-_]?key',
  'access[-_]?key',
  'shared[-_]?access[-_]?key',
  'primary[-_]?key',
  'secondary[-_]?key',
  'storage[-_]?key',
  'instrumentation[-_]?key',
  'connection[-_]?string',
  'api[-_]?key',
  'private[-_]?key',
  'client[-_]?key[-_]?data',
  'kubeconfig',
].join('|');

/** Each with what stays of it. Order matters: whole blocks first. */
const secrets: readonly (readonly [RegExp, string])[] = [
  // A private key, also one that breaks off or has its line breaks written as \n.
  [/-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?:(?!-----END)[\s\S]){0,20000}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g, hidden],
  // Bearer tokens and what an Authorization header holds.
  [/\b(authorization['"]?\s{0,3}[:=]\s{0,3}['"]?(?:bearer|basic|sharedkey)?\s{0,3})[^\s'",;]{6,}/gi, `$1${hidden}`],
  [/\b(bearer\s{1,3})[A-Za-z0-9._~+/=-]{16,}/gi, `$1${hidden}`],
  // JSON web tokens.
  [/\beyJ[A-Za-z0-9_-]{6,}(?:\.[A-Za-z0-9_-]{2,}){1,4}/g, hidden],
  // The signature of a shared access signature.
  [/((?:[?&]|\b|%26)(?:sig|se_sig|signature)(?:=|%3D))[^&\s'"]{8,}/gi, `$1${hidden}`],
  // Databricks tokens.
  [/\bdapi[0-9a-f]{32}(?:-\d)?\b/g, hidden],
  // Keys of storage accounts and of Cosmos DB: 64 bytes in base64.
  [/(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{86}==/g, hidden],
  // "name": "value", name=value;, --name value.
  [
    new RegExp(
      `(["']?\\b[A-Za-z_-]{0,24}(?:${names})["']?\\s{0,3}(?::|=)\\s{0,3})(["'])(?!${hidden})(?:(?!\\2)[^\\\\\\n]|\\\\.){1,4000}\\2`,
      'gi',
    ),
    `$1$2${hidden}$2`,
  ],
  [new RegExp(`(\\b[A-Za-z]{0,24}(?:${names})\\s{0,3}(?::|=)\\s{0,3})(?![@"'${hidden[0]}$])[^\\s;,&"'}]{4,}`, 'gi'), `$1${hidden}`],
  [/(--[a-z-]{0,24}(?:password|secret|token|account-key)\s{1,3})(?!['"]?[@$-])[^\s]{2,}/gi, `$1${hidden}`],
];

const ids: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`(/subscriptions/)${guid}`, 'gi'), '$1‹subscription›'],
  [new RegExp(`(subscription(?:[ _-]?id)?['"]?\\s{0,3}[:=]?\\s{0,3}['"(]?)${guid}`, 'gi'), '$1‹subscription›'],
  [new RegExp(`(/tenants/)${guid}`, 'gi'), '$1‹tenant›'],
  [new RegExp(`(tenant(?:[ _-]?id)?['"]?\\s{0,3}[:=]?\\s{0,3}['"(]?)${guid}`, 'gi'), '$1‹tenant›'],
  [
    new RegExp(`((?:login\\.microsoftonline\\.(?:com|us)|login\\.partner\\.microsoftonline\\.cn|sts\\.windows\\.net)/)${guid}`, 'gi'),
    '$1‹tenant›',
  ],
];

/** Hides secrets in a text, and ids where they are not wanted; what was hidden once stays as it is. */
export function redact(text: string, { ids: hideIds }: Redaction): string {
  return (hideIds ? [...secrets, ...ids] : secrets).reduce((now, [pattern, replacement]) => now.replace(pattern, replacement), text);
}
