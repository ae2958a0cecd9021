import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { amlguide, type Ran } from './run.ts';
import { goodAz, goodOthers, registered, type StandIns, standIns } from './stand-ins.ts';

const subscription = '6f1a2b3c-4d5e-4f60-8a71-92b3c4d5e6f7';
const plan = ['--example', 'arc-training'];
const signedOut = { stderr: "ERROR: Please run 'az login' to setup account.", code: 1 };

interface Diagnosed {
  readonly id: string;
  readonly verdict: string;
  readonly found?: string;
  readonly why?: string;
  readonly mend?: { readonly commands?: readonly string[][]; readonly say?: string };
}

/** The environment of a computer that has nothing but these programs. */
function computer(programs: StandIns, more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const nothing = Object.fromEntries(
    ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy', 'NO_PROXY', 'no_proxy', 'LC_ALL', 'LC_CTYPE']
      .concat(['REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS'])
      .map((name) => [name, undefined]),
  );
  return { ...nothing, PATH: standIns(programs), LANG: 'C.UTF-8', ...more };
}

async function doctor(programs: StandIns, words: readonly string[] = [], more: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return amlguide(['doctor', ...words], { env: computer(programs, more) });
}

/** What is not fine, by id. */
async function wrong(programs: StandIns, words: readonly string[] = [], more: Readonly<Record<string, string>> = {}) {
  const { code, stdout, stderr } = await doctor(programs, [...words, '--output', 'json'], more);
  const { findings, exit_code } = JSON.parse(stdout) as { findings: Diagnosed[]; exit_code: number };
  expect(exit_code).toBe(code);
  const by = Object.fromEntries(findings.filter(({ verdict }) => verdict !== 'pass').map((one) => [one.id, one]));
  return { code, by, ids: Object.keys(by), all: findings.map(({ id }) => id), stderr, stdout };
}

const right: StandIns = { ...goodOthers, az: goodAz(subscription) };
const withAz = (more: StandIns[string]): StandIns => ({ ...goodOthers, az: goodAz(subscription, more) });

describe('a computer that has everything', () => {
  test('is fine, with and without answers', async () => {
    const [plain, planned] = await Promise.all([doctor(right), doctor(right, plan)]);
    expect(plain).toMatchObject({ code: 0, stderr: '' });
    expect(planned).toMatchObject({ code: 0, stderr: '' });
    expect(plain.stdout).toMatch(/^✔ fine {5}Azure CLI is installed: 2\.89\.1$/m);
    expect(plain.stdout).toMatch(/\n\d+ fine, 0 wrong, 0 unknown\n$/);
    expect(plain.stdout).not.toContain('contoso-edge-admin');
    expect(planned.stdout).toContain('✔ fine     az has the extension connectedk8s: 1.10.6');
    expect(planned.stdout).toContain('✔ fine     kubectl has the context');
    expect(planned.stdout.split('\n').length).toBeGreaterThan(plain.stdout.split('\n').length + 8);
  });

  test('is the same JSON each time, but for what differs from computer to computer', async () => {
    const { stdout } = await doctor(right, ['--example', 'compute-cluster', '--output', 'json']);
    const same = stdout.replaceAll(/"at": "[^"]+"/g, '"at": "now"').replaceAll(process.version.slice(1), '26.0.0');
    expect(same).not.toContain(subscription);
    await expect(same.replaceAll(/"found": "26\.[^"]+"/g, '"found": "26.0.0"')).toMatchFileSnapshot(join('fixtures', 'doctor.json'));
  });

  test('asks no more than the plan needs', async () => {
    const { all } = await wrong(right, ['--example', 'compute-cluster']);
    expect(all).toContain('az_extension.0');
    expect(all.filter((id) => /kubectl|k8s|pem|ssh/.test(id))).toEqual([]);
  });
});

describe('what is wrong is told with what mends it', () => {
  test('no az', async () => {
    const { code, by, ids } = await wrong(goodOthers);
    expect(code).toBe(4);
    expect(by['az_found']).toMatchObject({ verdict: 'fail', mend: { say: expect.stringContaining('install-azure-cli') } });
    expect(by['az_found']?.why).toContain('az is not installed, or not on the PATH.');
    expect(ids.filter((id) => by[id]?.verdict === 'fail')).toEqual(['az_found']);
  });

  test('an old az', async () => {
    const old = withAz({ 'version ': { stdout: '{"azure-cli": "2.9.0", "extensions": {"ml": "2.0.0"}}' } });
    const { code, by } = await wrong(old, ['--example', 'compute-cluster']);
    expect(code).toBe(4);
    expect(by['az_found']).toMatchObject({ verdict: 'fail', found: '2.9.0' });
    expect(by['az_version']).toMatchObject({ verdict: 'fail', mend: { commands: [['az', 'upgrade', '--yes']] } });
    expect(by['az_extension.0']).toBeUndefined();
  });

  test('a missing extension, and one that must not be there', async () => {
    const without = withAz({ 'version ': { stdout: '{"azure-cli": "2.89.1", "extensions": {"azure-cli-ml": "1.41.0"}}' } });
    const { code, by, ids } = await wrong(without, ['--example', 'compute-cluster']);
    expect(code).toBe(4);
    expect(ids).toEqual(['az_extension.0', 'az_without_v1']);
    expect(by['az_extension.0']?.mend?.commands).toEqual([['az', 'extension', 'add', '--upgrade', '--yes', '--name', 'ml']]);
    expect(by['az_without_v1']?.mend?.commands).toEqual([['az', 'extension', 'remove', '--name', 'azure-cli-ml']]);
    const { stdout } = await doctor(without, ['--example', 'compute-cluster']);
    expect(stdout).toMatch(
      /✖ wrong {4}az has the extension ml \(high\)\n[\s\S]+?\n +Mend:\n +\$ az extension add --upgrade --yes --name ml\n/,
    );
  });

  test('nobody is signed in', async () => {
    const out = withAz({
      'account list ': { stdout: '[]', stderr: 'WARNING: Please run "az login"' },
      'rest ': signedOut,
      'group ': signedOut,
      'provider ': signedOut,
    });
    const { code, by, stderr } = await wrong(out, plan);
    expect(code).toBe(4);
    expect(by['signed_in']).toMatchObject({ verdict: 'fail', found: 'no account', mend: { commands: [['az', 'login']] } });
    expect(by['azure_answers']).toMatchObject({ verdict: 'fail', why: expect.stringContaining('Nobody is signed in.') });
    expect(by['group_here']).toMatchObject({ verdict: 'unknown', why: expect.stringContaining('Nobody is signed in.') });
    expect(stderr).toMatch(/^\d+ things to mend\.\n {2}Then run the same command again\.\n$/);
  });

  test('another cloud, another tenant, no group, another context', async () => {
    const account = { id: subscription, state: 'Enabled', tenantId: 'a', homeTenantId: 'b' };
    const { code, by, ids } = await wrong(
      {
        ...withAz({
          'cloud show ': { stdout: '{"name": "AzureUSGovernment"}' },
          'account list ': { stdout: JSON.stringify([account]) },
          'group show ': { stderr: "ERROR: (ResourceGroupNotFound) Resource group 'rg-contoso-ml' could not be found.", code: 3 },
        }),
        kubectl: { ...goodOthers['kubectl'], 'config get-contexts ': { stdout: 'kind-kind\n' } },
      },
      plan,
    );
    expect(code).toBe(4);
    expect(ids.filter((id) => by[id]?.verdict === 'fail')).toEqual(ids);
    expect(by['cloud_right']?.mend?.commands).toEqual([
      ['az', 'cloud', 'set', '--name', 'AzureCloud'],
      ['az', 'login'],
    ]);
    expect(by['own_tenant']?.found).toBe('another tenant');
    expect(by['group_here']?.found).toBe('it does not exist');
    expect(by['kubectl_context']?.found).toBe('kind-kind');
  });

  test('a resource provider that is not registered and may not be, and a group that may not be made', async () => {
    const words = ['--example', 'private-from-nothing'];
    const group = { stderr: 'ERROR: (ResourceGroupNotFound) There is none.', code: 3 };
    const providers = { stdout: JSON.stringify(registered(['machinelearningservices', 'Storage'])) };
    const may = withAz({ 'group show ': group, 'provider list ': providers });
    expect(await wrong(may, words)).toMatchObject({ code: 0, ids: [] });
    const reader = { stdout: '{"value": [{"actions": ["*/read"], "notActions": []}]}' };
    const mayNot = withAz({ 'group show ': group, 'provider list ': providers, 'rest --method get --url /subscriptions/': reader });
    const { code, by, ids } = await wrong(mayNot, words);
    expect(code).toBe(4);
    expect(by['group_makeable']?.verdict).toBe('fail');
    const providersWrong = ids.filter((id) => id.startsWith('provider_registered'));
    expect(providersWrong).toHaveLength(5);
    expect(by[providersWrong[0] ?? '']?.mend?.commands?.[0]?.slice(0, 4)).toEqual(['az', 'provider', 'register', '--namespace']);
  });

  test('a proxy that is no address, and files with certificates that are none', async () => {
    const { code, by, ids, stdout } = await wrong(right, [], {
      HTTPS_PROXY: 'anna:s3cretWord@proxy',
      REQUESTS_CA_BUNDLE: '/nowhere/ca.pem',
    });
    expect(code).toBe(4);
    expect(ids).toEqual(['proxy_address', 'certificate_files', 'certificates_agree']);
    expect(by['certificate_files']?.found).toBe('REQUESTS_CA_BUNDLE /nowhere/ca.pem there is no such file');
    expect(stdout).not.toContain('s3cretWord');
  });
});

describe('exit codes', () => {
  test('3 when something could not be looked at and nothing failed', async () => {
    const broken = withAz({ 'cloud show ': { stderr: 'ERROR: The cloud is upset.', code: 1 } });
    const { code, stdout, stderr } = await doctor(broken);
    expect({ code, stderr }).toEqual({ code: 3, stderr: 'Nothing is wrong, but 1 thing could not be looked at.\n' });
    expect(stdout).toMatch(/\? unknown {2}az works in a cloud that is known \(medium\)\n +the cloud of az: .*The cloud is upset\.\n/);
  });

  test('0 when what is wrong is of low severity', async () => {
    const { code, ids } = await wrong({ ...right, python3: { '-c ': { stdout: '{"azureml-core": "1.60.0"}' } } });
    expect({ code, ids }).toEqual({ code: 0, ids: ['python_sdk', 'python_without_v1'] });
  });

  test('2 for an answers file that is wrong', async () => {
    expect(await doctor(right, ['--example', 'nothing'])).toMatchObject({ code: 2, stdout: '' });
  });
});

test('where signs do not come out right, other signs and the same words are shown', async () => {
  const { stdout } = await doctor(right, [], { LANG: 'C' });
  expect(stdout).toMatch(/^\+ fine {5}Azure CLI is installed/m);
  expect(stdout).toMatch(/^x wrong {4}Terminal shows all signs \(low\)$/m);
  expect(stdout).not.toMatch(/^[✔✖]/m);
});
