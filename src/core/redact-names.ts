/** How sure a name says that a secret follows: `weak` names are English words too, `header` takes the whole line. */
export type SecretName = 'strong' | 'weak' | 'header';

const strong =
  /(?:password\d?|passwd|passphrase|(?:client|app|application|shared|webhook)secret|(?:access|refresh|id|sas|auth|bearer|session|oauth|identity)token|(?:account|access|sharedaccess|shared|primary|secondary|storage|master|instrumentation|api|subscription|private|functions?|host)key\d?|clientkeydata|sharedaccesssignature|connectionstring)$/;
const weak = /(?:token|secret|pwd|credential)$/;
const header = /^(?:(?:proxy)?authorization|xmsauthorizationauxiliary|(?:set)?cookie)$/;

/** Whether a secret follows a name, such as adminPassword, client-secret or AccountKey; the sign behind it decides for sig. */
export function secretName(name: string, sign: string): SecretName | undefined {
  const plain = name
    .replace(/[^A-Za-z0-9]/g, '')
    .toLowerCase()
    .replace(/^u0026/, '');
  if (header.test(plain)) return sign.trim() === '' ? undefined : 'header';
  if (strong.test(plain)) return 'strong';
  // The signature of a shared access signature stands in an address.
  if (plain === 'sig') return sign.includes('=') ? 'strong' : undefined;
  return weak.test(plain) ? 'weak' : undefined;
}

const literal = /^(?:‹hidden›|null|none|true|false|undefined|\*+|x{3,}|redacted|\.{3,}|>-?|\|-?)?$/i;
/** A variable or an expression of a shell or a template, in capitals where it has no brackets: $ecret may be a password. */
const variable = /^(?:\$\(.*\)$|\$\{.*\}$|\$(?:env:)?[A-Z_][A-Z0-9_]*$|%[A-Z_][A-Z0-9_]*%$|\{\{|<[\w -]{1,60}>$)/;
/** The path of a file, also behind the @ that makes az read it. Keys in base64 have a = or a + more often than two slashes alone. */
const path =
  /^@?(?:(?:~|\.{1,2}|[A-Za-z]:|\$\w{1,40})?[\\/](?:[\w. -]+[\\/])+[\w. -]+|@[\w -]+\.(?:txt|password|pem|key|json|ya?ml|pub|pfx|env))$/;

/** A value that tells nothing: empty, a literal, a variable, the path of a file, a placeholder, or hidden already. */
export function isPlain(value: string): boolean {
  return [literal, variable, path].some((pattern) => pattern.test(value.trim()));
}
