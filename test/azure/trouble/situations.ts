import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Instead } from '../emulator/conduct.ts';
import { addCluster, closedPort, refusingProxy, type Stage, until } from './stage.ts';

/** Variables that are changed; an undefined one is not set. */
type Changed = Readonly<Record<string, string | undefined>>;

/** Something that goes wrong between amlguide and Azure, and what has to come of it. */
export interface Situation {
  readonly name: string;
  readonly plant: (stage: Stage) => Changed | Promise<Changed>;
  readonly exit: 0 | 3;
  /** How many items nobody can tell: none, all that Azure decides, or this many. */
  readonly unknown: 'none' | 'all' | number;
  /** What the error output has to say. */
  readonly says: RegExp;
  /** The most seconds that it may take on a busy machine. */
  readonly within?: number;
}

const everything = /./;
const graph = /^\/providers\/microsoft\.resourcegraph\/resources$/i;
const workspace = /\/workspaces\/mlw-contoso-prod$/i;
const computes = /\/computes$/i;

const forbidden: Instead = {
  status: 403,
  code: 'AuthorizationFailed',
  message: "The client 'anna' does not have authorization to read it.",
};
const throttled = (seconds: number): Instead => ({
  status: 429,
  code: 'TooManyRequests',
  message: 'Too many requests.',
  headers: { 'retry-after': String(seconds) },
});

/** Answers like this from now on. */
function answering(method: string | undefined, path: RegExp, instead: Instead): Situation['plant'] {
  return ({ emulator }) => {
    emulator.always(method, path, instead);
    return {};
  };
}

/** Rewrites a file of az's settings. */
function settings({ environment }: Stage, name: string, change: (text: string) => string): void {
  const file = join(environment['AZURE_CONFIG_DIR'] ?? '', name);
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

function tokenExpires({ emulator }: Stage): Changed {
  emulator.delay(300);
  void until(() => emulator.busiest() > 0).then(() => {
    emulator.issueToken();
    emulator.expireTokens();
  });
  return {};
}

function stormPasses({ emulator }: Stage): Changed {
  const stop = emulator.always(undefined, everything, throttled(1));
  void until(() => emulator.log.length > 0).then(() => setTimeout(stop, 1500));
  return {};
}

/** The first page of the list comes, the second one does not. */
function halfOfAList(stage: Stage): Changed {
  const { emulator } = stage;
  addCluster(stage);
  emulator.settings.pageSize = 1;
  emulator.delay(200);
  void until(() => emulator.calls('GET', computes).length > 0).then(() => emulator.always('GET', computes, forbidden));
  return {};
}

const plainly = { NO_PROXY: undefined, HTTP_PROXY: undefined };

/** Everything that is tried, those that take longest first. */
export const situations: readonly Situation[] = [
  {
    name: '429 on everything, Retry-After 1, and it stays',
    plant: answering(undefined, everything, throttled(1)),
    exit: 3,
    unknown: 'all',
    says: /refused further requests.*Too many requests.*Wait a few minutes/,
    within: 50,
  },
  {
    name: '500 on everything',
    plant: answering(undefined, everything, { status: 500, code: 'InternalServerError', message: 'Oops.' }),
    exit: 3,
    unknown: 'all',
    says: /fault of Azure \(500\), which often passes: try again/,
    within: 60,
  },
  { name: 'nothing is wrong', plant: () => ({}), exit: 0, unknown: 'none', says: /^$/ },
  {
    name: 'nobody is signed in',
    plant: (stage) => {
      settings(stage, 'azureProfile.json', () => '{"subscriptions": []}');
      return {};
    },
    exit: 3,
    unknown: 'all',
    says: /Nobody is signed in\. Please run 'az login'/,
  },
  {
    name: 'az is not on the PATH',
    plant: ({ folder }) => ({ PATH: join(folder, 'nothing') }),
    exit: 3,
    unknown: 'all',
    says: /A program is missing\. az is not installed, or not on the PATH.*install it/,
  },
  { name: 'the token expires on its way', plant: tokenExpires, exit: 0, unknown: 'none', says: /^$/ },
  {
    name: 'the token stays refused',
    plant: answering(undefined, everything, { status: 401, code: 'InvalidAuthenticationToken', message: 'The access token is invalid.' }),
    exit: 3,
    unknown: 'all',
    says: /Nobody is signed in.*Sign in again; see that az is set to the right cloud/,
  },
  {
    name: '403 on the workspace',
    plant: answering('GET', workspace, forbidden),
    exit: 3,
    unknown: 3,
    says: /You may not read it\. It takes Microsoft\.MachineLearningServices\/workspaces\/read/,
  },
  { name: '403 on Resource Graph', plant: answering('POST', graph, forbidden), exit: 0, unknown: 'none', says: /^$/ },
  {
    name: '403 on everything',
    plant: answering(undefined, everything, forbidden),
    exit: 3,
    unknown: 'all',
    says: /You may not read it\. It takes/,
  },
  { name: '429 on Resource Graph, Retry-After 120', plant: answering('POST', graph, throttled(120)), exit: 0, unknown: 'none', says: /^$/ },
  { name: '429 on everything for 1.5 s', plant: stormPasses, exit: 0, unknown: 'none', says: /^$/ },
  {
    name: '429 on everything, Retry-After 300',
    plant: answering(undefined, everything, throttled(300)),
    exit: 3,
    unknown: 'all',
    says: /refused further requests.*Wait a few minutes/,
  },
  {
    name: 'the second page of a list is lost',
    plant: halfOfAList,
    exit: 3,
    unknown: 3,
    says: /Part of the answer was lost\. Not all came\. After 1: \(AuthorizationFailed\)/,
  },
  {
    name: 'nobody listens at the proxy',
    plant: async () => ({ ...plainly, HTTPS_PROXY: await closedPort() }),
    exit: 3,
    unknown: 'all',
    says: /through the proxy http:\S+ is refused.*Check HTTPS_PROXY and NO_PROXY/,
  },
  {
    name: 'the proxy answers 407',
    plant: async () => ({ ...plainly, HTTPS_PROXY: await refusingProxy('407 Proxy Authentication Required') }),
    exit: 3,
    unknown: 'all',
    says: /does not let 127\.0\.0\.1 through \(407.*put user and password before the host in HTTPS_PROXY/,
  },
  {
    name: 'the proxy answers 403',
    plant: async () => ({ ...plainly, HTTPS_PROXY: await refusingProxy('403 Forbidden') }),
    exit: 3,
    unknown: 'all',
    says: /does not let 127\.0\.0\.1 through \(403.*Ask who runs it/,
  },
  {
    name: 'the private authority is not named',
    plant: () => ({ SSL_CERT_FILE: undefined, REQUESTS_CA_BUNDLE: undefined }),
    exit: 3,
    unknown: 'all',
    says: /authority that this computer does not know.*REQUESTS_CA_BUNDLE/,
  },
  {
    name: 'the file of the authority is not there',
    plant: () => ({ SSL_CERT_FILE: '/nowhere/ca.pem', REQUESTS_CA_BUNDLE: undefined }),
    exit: 3,
    unknown: 'all',
    says: /SSL_CERT_FILE names «\/nowhere\/ca\.pem», where no certificates can be read/,
  },
  {
    name: 'the name of the host is not found',
    plant: (stage) => {
      settings(stage, 'clouds.config', (text) => text.replace(/(endpoint_resource_manager = ).*/, '$1https://management.nowhere.invalid'));
      return { ...plainly, HTTPS_PROXY: undefined };
    },
    exit: 3,
    unknown: 'all',
    says: /A name is not found.*management\.nowhere\.invalid.*HTTPS_PROXY/,
    within: 45,
  },
  {
    name: 'a page of a guest network answers',
    plant: answering(undefined, everything, { status: 200, text: '<html>Welcome!</html>', headers: { 'content-type': 'text/html' } }),
    exit: 3,
    unknown: 'all',
    says: /no object of JSON \(text\/html\)\. It may be a proxy, or the sign-in page of a network/,
  },
  {
    name: 'the workspace that answers is another one',
    plant: answering('GET', workspace, { status: 200, body: { id: '/subscriptions/another', name: 'mlw-contoso-prod', properties: {} } }),
    exit: 3,
    unknown: 3,
    says: /The answer is about something else/,
  },
  {
    name: 'Resource Graph knows nothing yet',
    plant: answering('POST', graph, { status: 200, body: { totalRecords: 0, count: 0, data: [], resultTruncated: 'false' } }),
    exit: 0,
    unknown: 'none',
    says: /^$/,
  },
];
