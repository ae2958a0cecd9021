import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownCatalog } from '../../scripts/golden.ts';
import { type LiveInventory, wantedFor } from '../../src/core/inventory.ts';
import type { Session } from '../../src/core/session.ts';
import type { Answers } from '../../src/core/situation.ts';
import { viewOf } from '../../src/core/view.ts';
import { situationOf } from '../../src/core/walk.ts';
import { azureReader, type Reader } from '../../src/io/azure/reader.ts';
import { liveInventory } from '../../src/io/inventory.ts';
import { azureReads } from '../../src/io/verify/azure-reads.ts';
import { before, inNetwork } from '../core/live-catalog.ts';
import { tokens } from '../io/azure/loopback-azure.ts';
import { type Emulator, startEmulator } from './emulator/emulator.ts';

const catalog = await ownCatalog();
const { azure } = catalog.manifest;
let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ groups: { 'rg-net': 'koreacentral' } });
  const group = `/subscriptions/${emulator.subscription}/resourceGroups/rg-net`;
  for (let number = 0; number < 200; number++) {
    const id = `${group}/providers/Microsoft.Network/virtualNetworks/vnet-${number}`;
    const subnets = Array.from({ length: 25 }, (_, at) => ({
      id: `${id}/subnets/snet-${at}`,
      name: `snet-${at}`,
      properties: { addressPrefix: `10.${number}.${at}.0/24`, delegations: [], ipConfigurations: [] },
    }));
    const properties = { addressSpace: { addressPrefixes: [`10.${number}.0.0/16`] }, subnets };
    emulator.plant(id, { id, name: `vnet-${number}`, type: 'Microsoft.Network/virtualNetworks', location: 'koreacentral', properties });
  }
});
afterAll(() => emulator.stop());

function answersWith(more: Answers): Answers {
  return { ...more, subscription: emulator.subscription };
}

function sessionOf(answers: Answers): Session {
  return { answers: Object.fromEntries(Object.entries(answers).map(([key, value]) => [key, { value, from: 'typed' }])), aside: {} };
}

function wanted(answers: Answers) {
  const situation = situationOf(catalog, answers);
  return wantedFor(situation, situation.asked);
}

/** An inventory over the emulator, and the reader behind it. */
function over(options: { readonly endpoint?: string; readonly token?: string } = {}): { inventory: LiveInventory; reader: Reader } {
  if (!azure) throw new Error('the catalog does not say how Azure is read');
  const reader = azureReader({
    token: tokens(options.token ?? emulator.issueToken()),
    endpoint: options.endpoint ?? emulator.url,
    subscriptions: [emulator.subscription],
    environment: { REQUESTS_CA_BUNDLE: emulator.authority },
    azure,
    version: '1.2.3',
    limits: { attempt: 20_000, patience: 1000, pause: 20, later: 2000 },
  });
  return { reader, inventory: liveInventory({ readsFor: async () => azureReads(reader.ask), delay: 0 }) };
}

async function offered(answers: Answers, options?: Parameters<typeof over>[0]) {
  const { inventory, reader } = over(options);
  const session = sessionOf(answers);
  expect(viewOf(catalog, session, inventory.readings()).ask?.live?.state).toBe('waiting');
  await inventory.want(wanted(answers));
  return { live: viewOf(catalog, session, inventory.readings()).ask?.live, inventory, reader };
}

describe('lists of a large subscription', () => {
  test('5,000 subnets in 200 networks take at most eight requests, and another region or group costs none but for its sizes', async () => {
    const answers = answersWith({ ...inNetwork, 'names.vnet': 'vnet-7', 'vnet.prefixes': ['10.7.0.0/16'] });
    const { live, inventory, reader } = await offered(answers);
    expect(live?.why).toBeUndefined();
    expect(live?.entries.map(({ label }) => label)).toHaveLength(25);
    expect(reader.requests()).toBeLessThanOrEqual(8);
    const count = reader.requests();
    await inventory.want(wanted({ ...answers, 'names.vnet': 'vnet-8' }));
    expect(reader.requests()).toBe(count);
    await inventory.want(wanted({ ...answers, region: 'westeurope' }));
    expect(reader.requests()).toBeLessThanOrEqual(count + 2);
  });

  test('the first choices are there after one request', async () => {
    const answers = answersWith(before);
    const { inventory, reader } = over();
    const networks = wanted(answers).filter(({ ref }) => ref.read === 'networks_there');
    await inventory.want(networks);
    expect(reader.requests()).toBe(1);
    expect(viewOf(catalog, sessionOf(answers), inventory.readings()).ask?.live?.entries).toHaveLength(200);
  });

  test('a second look costs nothing, a fresh one asks again', async () => {
    const answers = answersWith(before);
    const { inventory, reader } = await offered(answers);
    const count = reader.requests();
    await inventory.want(wanted(answers));
    expect(reader.requests()).toBe(count);
    await inventory.want(wanted(answers), { fresh: true });
    expect(reader.requests()).toBe(2 * count);
  });
});

describe('without a list the question is typed, and says why', () => {
  const refusals = [
    [403, 'AuthorizationFailed', 'No list: you may not list what there is: (AuthorizationFailed) Not for you.'],
    [401, 'InvalidAuthenticationToken', /^No list: nobody is signed in to Azure: .*Sign in again/],
    [429, 'TooManyRequests', /^No list: Azure takes no further requests for now/],
    [503, 'ServerBusy', /^No list: Azure cannot be reached/],
  ] as const;
  test.each(refusals)('at %i', async (status, code, why) => {
    const off = emulator.always(undefined, /./, { status, code, message: 'Not for you.' });
    try {
      const { live } = await offered(answersWith(before));
      expect(live).toMatchObject({ state: 'none', entries: [] });
      expect(live?.why).toMatch(why);
    } finally {
      off();
    }
  });

  test('offline', async () => {
    const { live } = await offered(answersWith(before), { endpoint: 'https://127.0.0.1:9' });
    expect(live?.why).toMatch(/^No list: Azure cannot be reached: /);
  });

  test('what passes is asked again after a while, and at once when a person wants it', async () => {
    const off = emulator.always(undefined, /./, { status: 403, code: 'AuthorizationFailed', message: 'Not yet.' });
    const answers = answersWith(before);
    const { inventory } = await offered(answers);
    off();
    await inventory.want(wanted(answers), { fresh: true });
    expect(viewOf(catalog, sessionOf(answers), inventory.readings()).ask?.live?.state).toBe('there');
  });
});

test('nothing is asked before the time has come, nor after the end', async () => {
  const over = new AbortController();
  let asked = 0;
  const readsFor = async () => async () => void asked++;
  const late = liveInventory({ readsFor, delay: 40, signal: over.signal });
  const first = late.want(wanted(answersWith(before)));
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(asked).toBe(0);
  over.abort();
  await first;
  expect(asked).toBe(0);
});
