import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '../../src/core/redact.ts';

const golden = join(import.meta.dirname, '../golden');
const guid = '5f852b13-2cb1-4335-a646-2d4a5b95db30';
// Put together here, so that no scanner takes them for real.
const accountKey = `${'Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFiY2RlZmdo'.repeat(3).slice(0, 86)}==`;
const jwt = `${'eyJ'}0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJodHRwczovL21hbmFnZW1lbnQifQ.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg`;
const signature = 'aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5zA7bC9%3D';
const databricks = `${'dapi'}0123456789abcdef0123456789abcdef`;
const begin = `-----BEGIN ${'RSA PRIVATE'} KEY-----`;
const end = `-----END ${'RSA PRIVATE'} KEY-----`;
const word = 'Tr0ub4dor&3';

/** A secret and a text that holds it in a realistic place. */
const secrets: readonly (readonly [string, string])[] = [
  [jwt, `{"accessToken": "${jwt}", "expiresOn": "2026-01-01 00:00:00.000000"}`],
  [jwt, `Authorization: Bearer ${jwt}`],
  [jwt, `'Authorization': 'Bearer ${jwt}'`],
  [jwt, `DEBUG: token is ${jwt}, as it came`],
  ['QWxhZGRpbjpvcGVuIHNlc2FtZQ', 'Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=='],
  ['hmacHmacHmac1234', 'authorization: SharedKey contoso:hmacHmacHmac1234='],
  ['c2VjcmV0LW9wYXF1ZQ', 'curl -H "Authorization: token c2VjcmV0LW9wYXF1ZQ" https://example.com'],
  ['abcdefghijklmnop1234', 'x-auth: bearer abcdefghijklmnop1234'],
  ['1.AXoAshortRefresh_token-value', '"refresh_token": "1.AXoAshortRefresh_token-value"'],
  ['opaque~access.token', 'access_token=opaque~access.token&token_type=Bearer'],
  [signature, `https://contoso.blob.core.windows.net/c/b?sv=2022-11-02&sr=b&sig=${signature}`],
  [signature, `https://contoso.blob.core.windows.net/c?sig=${signature}&se=2026-01-01T00%3A00%3A00Z`],
  [signature, `"sasToken": "se=2026-01-01&sp=r&sv=2022-11-02&sig=${signature}"`],
  [signature, `SharedAccessSignature=sv=2022-11-02&sig=${signature}`],
  ['aB3dE5fG7hI9', 'u=https%3A%2F%2Fc.blob.core.windows.net%2Fb%3Fsv%3D2022%26sig%3DaB3dE5fG7hI9jK1lM3nO5pQ7rS9t'],
  [accountKey, `DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=${accountKey};EndpointSuffix=core.windows.net`],
  [accountKey, `[{"keyName": "key1", "permissions": "FULL", "value": "${accountKey}"}]`],
  [accountKey, `key1  FULL  ${accountKey}`],
  [accountKey, `az storage blob upload --account-name contoso --account-key ${accountKey} --file x`],
  [accountKey, `az storage blob upload --account-key=${accountKey}`],
  [
    'ShortKeyOfAnEventHub123456=',
    'Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=ShortKeyOfAnEventHub123456=',
  ],
  [word, `Server=tcp:x.database.windows.net;User ID=jane;Password=${word};Encrypt=true`],
  [word, `{"adminPassword": {"value": "${word}"}}`],
  [word, `{"adminPassword": "${word}"}`],
  [word, `{\\"adminPassword\\": \\"${word}\\"}`],
  [word, `{"appId": "x", "displayName": "sp", "password": "${word}", "tenant": "t"}`],
  ['Tr0ub\\"quoted\\"end', '{"password": "Tr0ub\\"quoted\\"end", "x": 1}'],
  [word, `admin_password: ${word}`],
  [word, `admin_password: "${word}"`],
  ['correct horse battery', "ssh_password: 'correct horse battery'"],
  [word, `az vm create --name x --admin-password ${word} --no-wait`],
  [word, `az vm create --admin-password '${word}' --no-wait`],
  ['correct horse battery', 'az vm create --admin-password "correct horse battery" --no-wait'],
  [word, `['az', 'hdinsight', 'create', '--http-password', '${word}', '--no-wait']`],
  [word, `["--ssh-password","${word}"]`],
  ['a1b~Q2c3d4e5f6g7h8i9', 'az login --service-principal --username x --client-secret a1b~Q2c3d4e5f6g7h8i9 --tenant t'],
  ['a1b~Q2c3d4e5f6g7h8i9', 'az login --service-principal -u x -p a1b~Q2c3d4e5f6g7h8i9 --tenant t'],
  ['a1b~Q2c3d4e5f6g7h8i9', 'AZURE_CLIENT_SECRET=a1b~Q2c3d4e5f6g7h8i9'],
  ['a1b~Q2c3d4e5f6g7h8i9', '"client_secret":"a1b~Q2c3d4e5f6g7h8i9"'],
  ['a1b~Q2c3d4e5f6g7h8i9', 'grant_type=client_credentials&client_secret=a1b~Q2c3d4e5f6g7h8i9&scope=x'],
  [databricks, `{"databricks_access_token": "${databricks}"}`],
  [databricks, `The token ${databricks} is not valid`],
  [`${databricks}-2`, `DATABRICKS_TOKEN=${databricks}-2`],
  ['MIIEowIBAAKCAQEA', `${begin}\nMIIEowIBAAKCAQEA\nabcdef\n${end}`],
  ['MIIEowIBAAKCAQEA', `${begin}\nMIIEowIBAAKCAQEA\nabc and then it breaks off`],
  ['MIIEowIBAAKCAQEA', `{"key": "${begin}\\nMIIEowIBAAKCAQEA\\nabcdef\\n${end}\\n"}`],
  ['c3NoLWtleQ', `-----BEGIN ${'OPENSSH PRIVATE'} KEY-----\nc3NoLWtleQ\n-----END OPENSSH PRIVATE KEY-----`],
  ['MIIEowIBAAKCAQEA', `      MIIEowIBAAKCAQEA\n      abcdef\n      ${end}`],
  [
    'LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQ',
    'users:\n- name: clusterAdmin\n  user:\n    client-key-data: LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQo=\n',
  ],
  ['0123456789abcdef0123456789abcdef', 'users:\n- user:\n    token: 0123456789abcdef0123456789abcdef\n'],
  ['hunter2hunter2', 'https://jane:hunter2hunter2@proxy.contoso.com:8080'],
  ['hunter2', "ProxyError('Cannot connect to http://jane:hunter2@10.0.0.4:3128')"],
  ['ghp', `git clone https://${'ghp'}_0123456789abcdefghijABCDEFGHIJ012345@github.com/x/y`],
  ['11112222-3333-4444-5555-666677778888', 'InstrumentationKey=11112222-3333-4444-5555-666677778888;IngestionEndpoint=https://x'],
  ['primaryprimaryprimary', '"primarySharedKey": "primaryprimaryprimary"'],
  ['acrpassacrpassacrpass', '{"passwords": [{"name": "password", "value": "acrpassacrpassacrpass"}], "username": "contoso"}'],
  ['kvvaluekvvalue', `{"id": "https://kv-ml.vault.azure.net/secrets/db/0123", "value": "kvvaluekvvalue"}`],
  ['kvvaluekvvalue', `{"value": "kvvaluekvvalue", "id": "https://kv-ml.vault.azure.net/secrets/db/0123"}`],
  ['x1y2z3x1y2z3x1y2z3', 'Ocp-Apim-Subscription-Key: x1y2z3x1y2z3x1y2z3'],
  ['x1y2z3x1y2z3x1y2z3', 'x-functions-key: x1y2z3x1y2z3x1y2z3'],
  ['MIIEowIBAAKCAQEA', '"private_key": "MIIEowIBAAKCAQEA"'],
  ['cut off in the mid', '{"password": "cut off in the mid'],
  ['kvvaluekvvalue', 'az keyvault secret set --vault-name kv --name db --value kvvaluekvvalue'],
  ['sessioncookievalue', 'Set-Cookie: ESTSAUTH=sessioncookievalue; path=/'],
];

/** Texts without a secret. */
const harmless: readonly string[] = [
  'MACHINE_PRIVATE_KEY=/home/anna/.ssh/aml_vm',
  "$MACHINE_PRIVATE_KEY = 'C:\\keys\\aml_vm'",
  'machine.private_key: ~/.ssh/aml_vm',
  'az vm create --name vm-1 --ssh-key-values @~/.ssh/id_rsa.pub --generate-ssh-keys',
  'az ml compute create --name ci1 --type computeinstance --ssh-public-key-value "ssh-rsa AAAAB3NzaC1yc2E jane@contoso"',
  'az hdinsight create --ssh-public-key @~/.ssh/id_rsa.pub',
  'az hdinsight create --http-password @~/secrets/file --no-wait',
  'az vm create --admin-password "$VM_PASSWORD"',
  'az vm create --admin-password "$env:VM_PASSWORD"',
  'az vm create --admin-password @$HOME/secrets/vm',
  'az keyvault secret list --vault-name kv-secret-store --query "[].name"',
  'az keyvault secret show --vault-name kv --name db-password',
  'az keyvault create --name kv-tokens-prod --resource-group rg-secrets',
  'az storage account keys list --account-name contosokeys',
  'az storage account update --name contoso --allow-shared-key-access true',
  'az acr update --name contoso --admin-enabled true',
  'az account get-access-token --query expiresOn',
  'az group create --name rg-password-reset --location westeurope',
  'https://kv-ml.vault.azure.net/secrets/db-password/0123456789abcdef0123456789abcdef',
  'https://login.microsoftonline.com/common/oauth2/v2.0/token',
  'git@github.com:contoso/amlguide.git',
  'https://github.com/Azure/azure-cli/issues/33756#issuecomment-1',
  'ssh azureuser@10.0.0.4 -p 50000',
  'kubectl get secret --namespace azureml',
  'kubectl get pods -n azure-arc',
  'ERROR: (KeyBasedAuthenticationNotPermitted) Key based authentication is not permitted on this storage account.',
  'ERROR: AADSTS700082: The refresh token has expired due to inactivity.',
  'ERROR: AADSTS7000215: Invalid client secret provided.',
  'The access token is from the wrong issuer.',
  'The token expired.',
  'Password must be between 12 and 72 characters.',
  'failed to list: secrets is forbidden: User "jane" cannot list resource "secrets" in API group ""',
  `/subscriptions/${guid}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/contoso`,
  `-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0B\n-----END PUBLIC KEY-----`,
  `-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIE\n-----END CERTIFICATE-----`,
  'sha256:1c5d3966fb538f9c08b1fa92e41c82371b9e24525cf9807e47fb08b2a01df76f',
  'curl -fsSL https://example.com/install.sh | bash -s -- -p 8080',
  '10.0.0.0/24 10.240.0.0/16 2001:db8::/32',
  'design=modern&assign=12345678',
  '/pages/rg-sig/signature-page.html?assignment=12345678',
];

/** Texts with the id of a subscription or tenant, as az prints them. */
const withIds: readonly string[] = [
  `/subscriptions/${guid}/resourceGroups/rg`,
  `%2Fsubscriptions%2F${guid}%2FresourceGroups%2Frg`,
  `az vm list --subscription ${guid}`,
  `az vm list --subscription=${guid}`,
  `az vm list --subscription "${guid}"`,
  `az login --tenant ${guid}`,
  `["--tenant","${guid}"]`,
  `{"subscriptionId": "${guid}"}`,
  `{\\"subscriptionId\\":\\"${guid}\\"}`,
  `{"tenantId": "${guid}"}`,
  `{"homeTenantId": "${guid}"}`,
  `{"tenant": "${guid}"}`,
  `{"tid": "${guid}"}`,
  `{"environmentName": "AzureCloud", "id": "${guid}", "isDefault": true}`,
  `ERROR: The subscription of '${guid}' doesn't exist in cloud 'AzureCloud'.`,
  `ERROR: (SubscriptionNotFound) The subscription '${guid}' could not be found.`,
  `Number of requests for subscription '${guid}' exceeded.`,
  `https://sts.windows.net/${guid}/`,
  `https://login.microsoftonline.com/${guid}/oauth2/v2.0/token`,
  `https://login.chinacloudapi.cn/${guid}`,
  `AADSTS50020: User account does not exist in tenant '${guid}'.`,
  `does not exist in the directory ${guid}.`,
  `Directory ID: ${guid}`,
  `AZURE_SUBSCRIPTION_ID=${guid}`,
  `ARM_TENANT_ID=${guid}`,
  `/Parameters/%7B%22subscriptionId%22:%22${guid}%22,%22command%22`,
  `{"subId":"${guid}","pesId":"15621"}`,
  `/tenants/${guid}`,
  `DefaultWorkspace-${guid}-WEU`,
  `tenants: ${guid}, ${guid}`,
];

describe('a secret vanishes', () => {
  it.each(secrets)('%s in %j', (secret, text) => {
    for (const ids of [false, true]) {
      const shown = redact(text, { ids });
      expect(shown).not.toContain(secret);
      expect(shown).toContain('‹hidden›');
    }
  });

  it.each(secrets)('%s in %j in the middle of others', (secret, text) => {
    const shown = redact(`WARNING: one\n${text}\nERROR: (ScopeLocked) two`, { ids: false });
    expect(shown).not.toContain(secret);
    expect(shown).toMatch(/^WARNING: one\n[\s\S]*‹hidden›/);
  });

  it('and what stands around it stays', () => {
    expect(redact(`AccountName=contoso;AccountKey=${accountKey};EndpointSuffix=core.windows.net`, { ids: false })).toBe(
      'AccountName=contoso;AccountKey=‹hidden›;EndpointSuffix=core.windows.net',
    );
    expect(redact(`{"password": "${word}", "tenant": "t"}`, { ids: false })).toBe('{"password": "‹hidden›", "tenant": "t"}');
    expect(redact(`az vm create --admin-password ${word} --no-wait`, { ids: false })).toBe(
      'az vm create --admin-password ‹hidden› --no-wait',
    );
    expect(redact(`https://jane:${'hunter2'}@proxy:8080/x`, { ids: false })).toBe('https://jane:‹hidden›@proxy:8080/x');
  });
});

describe('what is no secret', () => {
  it.each(harmless)('stays: %s', (text) => expect(redact(text, { ids: false })).toBe(text));

  it('stays in the scripts of every example, byte for byte', () => {
    const scripts = readdirSync(golden)
      .flatMap((name) => ['run.sh', 'run.ps1'].map((file) => join(golden, name, file)))
      .filter((path) => existsSync(path));
    expect(scripts.length).toBeGreaterThan(20);
    for (const path of scripts) expect(redact(readFileSync(path, 'utf8'), { ids: false })).toBe(readFileSync(path, 'utf8'));
  });
});

describe('the ids of subscriptions and tenants', () => {
  it.each(withIds)('are masked when that is wanted: %s', (text) => {
    expect(redact(text, { ids: true })).not.toContain(guid);
    expect(redact(text, { ids: true })).toMatch(/‹(?:subscription|tenant)›/);
    expect(redact(text, { ids: false })).toBe(text);
  });

  it('are not those of roles and objects', () => {
    const text = `roleDefinitions/${guid} and principalId: ${guid}`;
    expect(redact(text, { ids: true })).toBe(text);
  });
});

describe('redaction', () => {
  const piece = fc.oneof(
    fc.constantFrom(...secrets.map(([, text]) => text), ...harmless, ...withIds),
    fc.constantFrom(
      'password=',
      '"token": "',
      "'",
      '"',
      '\\',
      '\n',
      '; ',
      'Bearer ',
      '--admin-password ',
      'sig=',
      '‹hidden›',
      '://a:',
      '@',
      begin,
      end,
      '‹',
    ),
    fc.string({ maxLength: 12 }),
  );
  const text = fc.array(piece, { maxLength: 8 }).map((parts) => parts.join(''));

  it('of what was redacted changes nothing', () => {
    fc.assert(
      fc.property(text, fc.boolean(), (one, ids) => {
        const once = redact(one, { ids });
        expect(redact(once, { ids })).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['quotes', '"password": "'],
    ['escapes', '"password": "\\'],
    ['keys', begin],
    ['names', 'password'],
    ['dashes', '--a-b-c-password '],
    ['letters', 'a'],
    ['blanks', ' '],
    ['base64', 'QUJD'],
    ['tokens', 'eyJabcdef.'],
    ['addresses', 'https://a:b'],
    ['signatures', '&sig='],
    ['values', '"value": "x", '],
    ['slashes', '/'],
  ])('of 200 kB of %s takes no time to speak of', (_, unit) => {
    const hostile = unit.repeat(Math.ceil(200_000 / unit.length));
    const begun = performance.now();
    redact(hostile, { ids: true });
    expect(performance.now() - begun).toBeLessThan(3000);
  });
});
