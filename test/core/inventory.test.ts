import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownCatalog } from '../../scripts/golden.ts';
import type { Entry } from '../../src/core/entries.ts';
import { attempt } from '../../src/core/interview.ts';
import { type Inventory, type Offer, wantedFor } from '../../src/core/inventory.ts';
import type { Json } from '../../src/core/json.ts';
import type { Session } from '../../src/core/session.ts';
import { valuesIn } from '../../src/core/session.ts';
import type { Answers } from '../../src/core/situation.ts';
import { type Ask, viewOf } from '../../src/core/view.ts';
import { situationOf } from '../../src/core/walk.ts';
import { at, before, came, idOf, inNetwork, inventoryOf, network, networks, subnet } from './live-catalog.ts';

const catalog = await ownCatalog();

function sessionOf(answers: Answers): Session {
  return { answers: Object.fromEntries(Object.entries(answers).map(([key, value]) => [key, { value, from: 'typed' }])), aside: {} };
}

function askAt(answers: Answers, inventory: Inventory, key?: string): Ask {
  const { ask } = viewOf(catalog, { ...sessionOf(answers), ...(key === undefined ? {} : { cursor: key }) }, inventory);
  if (!ask) throw new Error('everything is answered');
  return ask;
}

function offerAt(answers: Answers, list: Json, key?: string): Offer {
  const { live } = askAt(answers, inventoryOf(catalog, answers, { networks_there: came(list) }), key);
  if (!live) throw new Error('nothing is offered');
  return live;
}

const brief = ({ label, refused }: Entry) => (refused === undefined ? label : `${label} ✖ ${refused}`);

describe('what is offered', () => {
  it('lists what there is, with the reason for what does not fit, and puts what fits first', () => {
    expect(offerAt(before, networks).entries.map(brief)).toEqual([
      'vnet-spoke',
      'vnet-far ✖ in westeurope, and the workspace is in koreacentral',
    ]);
    expect(offerAt(inNetwork, networks).entries.map(brief)).toEqual([
      'snet-good',
      'snet-full ✖ 4 nodes need 4 addresses, and 2 are free',
      'snet-aci ✖ delegated to Microsoft.ContainerInstance/containerGroups',
      'GatewaySubnet ✖ Azure keeps it for a service of its own',
    ]);
  });

  it('says what is left where that is known', () => {
    expect(offerAt(inNetwork, networks).entries[0]).toMatchObject({
      hint: '10.20.1.0/26, 56 addresses free',
      value: idOf('vnet-spoke', 'snet-good'),
    });
  });

  it('fills the answers that follow, as far as they are known', () => {
    const [good] = offerAt(inNetwork, networks).entries;
    expect(good?.fills).toEqual({ 'subnet.prefix': '10.20.1.0/26', 'subnet.used': 3, 'subnet.delegated': false, 'nsg.origin': 'none' });
    const [spoke] = offerAt(before, networks).entries;
    expect(spoke?.fills['vnet.prefixes']).toEqual(['10.20.0.0/16']);
    expect(spoke?.fills['vnet.taken']).toEqual(['10.20.1.0/26', '10.20.2.0/28', '10.20.3.0/24', '10.20.4.0/24']);
  });

  it('waits, or says why there is no list', () => {
    expect(askAt(before, new Map()).live).toEqual({ state: 'waiting', entries: [] });
    const gone = { ok: false, why: 'signed out', message: 'Run az login.', at } as const;
    expect(askAt(before, inventoryOf(catalog, before, { networks_there: gone })).live).toMatchObject({
      state: 'none',
      why: 'No list: nobody is signed in to Azure: Run az login.',
    });
    expect(offerAt(before, []).why).toBe('There is no virtual network in this subscription.');
    expect(offerAt(before, { rows: 'odd' })).toMatchObject({ state: 'none', why: 'No list: Azure answered something unexpected.' });
  });

  it('offers a part of a list, and says that it is one', () => {
    const part = { ok: false, why: 'partial', message: 'Page 2 was lost.', value: networks, at } as const;
    const { live } = askAt(before, inventoryOf(catalog, before, { networks_there: part }));
    expect(live).toMatchObject({ state: 'there', why: 'Not the whole list: part of the list was lost: Page 2 was lost.' });
    expect(live?.entries).toHaveLength(2);
  });

  it('proposes what alone fits, of a whole list, and takes it with what comes with it', () => {
    const inventory = inventoryOf(catalog, before, { networks_there: came(networks) });
    expect(askAt(before, inventory)).toMatchObject({ only: { label: 'vnet-spoke' }, because: 'It is the only one there that fits.' });
    const { session, taken } = attempt(catalog, sessionOf(before), { type: 'defaults' }, inventory);
    expect(taken?.[0]).toMatchObject({ key: 'names.vnet', text: 'vnet-spoke', from: 'azure' });
    expect(session.answers['vnet.prefixes']).toEqual({ value: ['10.20.0.0/16'], from: 'azure', at });
    const part = { ok: false, why: 'partial', message: 'Page 2 was lost.', value: networks, at } as const;
    expect(askAt(before, inventoryOf(catalog, before, { networks_there: part })).only).toBeUndefined();
    const two = [...networks, { ...(networks[0] as object), id: `${idOf('vnet-spoke')}-2`, name: 'vnet-spoke-2' }];
    const both = inventoryOf(catalog, before, { networks_there: came(two) });
    expect(askAt(before, both).live?.entries.filter(({ refused }) => refused === undefined)).toHaveLength(2);
    expect(askAt(before, both).only).toBeUndefined();
    expect(attempt(catalog, sessionOf(before), { type: 'defaults' }, both).taken).toEqual([]);
  });

  it('offers nothing where something new is named, and nothing at all without an inventory', () => {
    const fresh = { ...before, 'vnet.origin': 'new' };
    expect(askAt(fresh, inventoryOf(catalog, fresh, { networks_there: came(networks) }), 'names.vnet').live).toBeUndefined();
    expect(viewOf(catalog, sessionOf(before)).ask?.live).toBeUndefined();
  });

  it('marks what is answered already, whatever its capitals', () => {
    const answered = { ...inNetwork, 'names.subnet': 'SNET-good' };
    expect(
      offerAt(answered, networks, 'names.subnet')
        .entries.filter(({ current }) => current)
        .map(({ label }) => label),
    ).toEqual(['snet-good']);
  });

  it('puts regions that hold something first', () => {
    const { region, 'vnet.origin': _, 'endpoints.origin': __, ...open } = before;
    const ask = askAt(open, inventoryOf(catalog, open, { networks_there: came(networks), workspaces_there: came([]) }), 'region');
    expect(region).toBe('koreacentral');
    expect(ask.choices.slice(0, 2).map(({ label, hint }) => `${label}: ${hint}`)).toEqual([
      'Korea Central: 1 networks and 0 workspaces of yours are here',
      'West Europe: 1 networks and 0 workspaces of yours are here',
    ]);
    expect(new Set(ask.choices.map(({ value }) => value)).size).toBe(catalog.tables['regions']?.length);
  });

  it('says what is left of the quota, and which sizes it is too small for', () => {
    const key = 'clusters.0.size';
    const answers = { ...inNetwork, 'names.subnet': 'snet-good' };
    const sizes = [
      {
        name: 'Standard_D4ds_v4',
        family: 'standardDDSv4Family',
        vCPUs: 4,
        gpus: 0,
        memoryGB: 16,
        supportedComputeTypes: ['AmlCompute', 'ComputeInstance'],
      },
      {
        name: 'Standard_NC24ads_A100_v4',
        family: 'standardNCADSA100v4Family',
        vCPUs: 24,
        gpus: 1,
        memoryGB: 220,
        supportedComputeTypes: ['AmlCompute'],
      },
      { name: 'Standard_X1', family: 'x', vCPUs: 1, gpus: 0, memoryGB: 1, supportedComputeTypes: ['ComputeInstance'] },
    ];
    const quota = (family: string, currentValue: number, limit: number) => ({
      name: { value: family },
      type: 'Microsoft.MachineLearningServices/vmFamily/dedicatedCores/usages',
      currentValue,
      limit,
    });
    const quotas = [quota('StandardDDSv4Family', 8, 100), quota('standardNCADSA100v4Family', 20, 24)];
    const inventory = inventoryOf(catalog, answers, { sizes_there: came({ value: sizes }), quotas_there: came({ value: quotas }) });
    const entries = askAt(answers, inventory, key).live?.entries ?? [];
    expect(entries.map((one) => `${brief(one)} · ${one.hint}`)).toEqual([
      'Standard_D4ds_v4 · 4 cores, 16 GB, 92 cores of your quota left',
      'Standard_NC24ads_A100_v4 ✖ one node has 24 cores, and of your quota of standardNCADSA100v4Family 4 are left · 24 cores, 1 GPU, 220 GB, 4 cores of your quota left',
    ]);
  });
});

describe('choosing', () => {
  it('writes what was read with when it was read, and the answers that follow', () => {
    const { entries, at: when } = offerAt(inNetwork, networks);
    const entry = entries[0] as Entry;
    const move = { type: 'answer', key: 'names.subnet', value: entry.value, from: 'azure', fills: entry.fills, at: when ?? '' } as const;
    const { session, refused } = attempt(catalog, sessionOf(inNetwork), move);
    expect(refused).toEqual([]);
    expect(session.answers['names.subnet']).toEqual({ value: 'snet-good', from: 'azure', at });
    expect(session.answers['subnet.used']).toEqual({ value: 3, from: 'azure', at });
    expect(viewOf(catalog, session).answers.find(({ key }) => key === 'subnet.prefix')).toMatchObject({ from: 'azure', at });
  });

  it('gives the same answers as typing what it says', () => {
    const prefixes = fc.integer({ min: 0, max: 250 }).map((third) => `10.20.${third}.0/24`);
    fc.assert(
      fc.property(prefixes, fc.integer({ min: 0, max: 200 }), fc.stringMatching(/^[a-z][a-z0-9-]{1,20}[a-z]$/), (prefix, count, name) => {
        const there = [
          network(
            'vnet-spoke',
            'koreacentral',
            ['10.20.0.0/16'],
            [subnet(name, prefix, { ipConfigurations: Array(count).fill({}) as Json[] })],
          ),
        ];
        const entry = offerAt(inNetwork, there).entries[0] as Entry;
        const start = sessionOf(inNetwork);
        const chosen = attempt(catalog, start, {
          type: 'answer',
          key: 'names.subnet',
          value: entry.value,
          from: 'azure',
          fills: entry.fills,
          at,
        });
        let typed = attempt(catalog, start, { type: 'answer', key: 'names.subnet', value: name });
        for (const [key, value] of Object.entries(entry.fills)) {
          const next = attempt(catalog, typed.session, { type: 'answer', key, value });
          if (!next.refused.some(({ say }) => say.startsWith('There is no question'))) typed = next;
        }
        expect(valuesIn(chosen.session)).toEqual(valuesIn(typed.session));
      }),
      { numRuns: 25 },
    );
  });

  it('keeps to the plan: the same answers give the same view, whatever was read', () => {
    const whole = sessionOf({ ...inNetwork, 'names.subnet': 'snet-good' });
    const { ask: _, ...without } = viewOf(catalog, whole);
    const { ask: __, ...seen } = viewOf(catalog, whole, inventoryOf(catalog, valuesIn(whole), { networks_there: came(networks) }));
    expect({ ...seen, picture: seen.picture(), words: seen.words() }).toEqual({
      ...without,
      picture: without.picture(),
      words: without.words(),
    });
  });
});

describe('hostile and many rows', () => {
  it('shows no control characters and no marks that turn writing round, and refuses what no name can be', () => {
    const evil = 'a\u001b[2J\u202Eevil\u0007';
    const [entry] = offerAt(inNetwork, [network('vnet-spoke', 'koreacentral', [], [subnet(evil, '10.20.1.0/26')])]).entries;
    expect(entry?.label).toBe('a�[2J�evil�');
    expect(entry?.refused).toBeDefined();
    expect(JSON.stringify([entry?.label, entry?.hint, entry?.refused])).not.toMatch(/\p{Cc}|\u202E/u);
  });

  it('passes over rows that are nothing like those of Azure', () => {
    const odd: Json[] = [null, 3, 'x', [], {}, { id: null }, { id: 7, subnets: 'no' }];
    expect(offerAt(before, [...odd, ...networks]).entries.map(({ label }) => label)).toContain('vnet-spoke');
  });

  it('lists 10,000 subnets quickly', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => subnet(`snet-${index}`, '10.20.1.0/26', { ipConfigurations: [] }));
    const list = [network('vnet-spoke', 'koreacentral', ['10.20.0.0/16'], many)];
    offerAt(inNetwork, networks);
    const begun = performance.now();
    expect(offerAt(inNetwork, list).entries).toHaveLength(10_000);
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});

describe('what is looked up', () => {
  const ids = (answers: Answers) => {
    const situation = situationOf(catalog, answers);
    return wantedFor(situation, situation.asked).map(({ ref }) => ref.read);
  };

  it('begins with what needs no answer, and goes on with the subscription', () => {
    expect(ids({}).toSorted()).toEqual(['subscriptions', 'workspaces_there']);
    expect(new Set(ids(inNetwork))).toEqual(
      new Set(['workspaces_there', 'subscriptions', 'groups_seen', 'networks_there', 'things_there', 'sizes_there', 'quotas_there']),
    );
  });

  it('takes at most eight requests for everything, and keeps them when region and group change', () => {
    const keys = (answers: Answers) => {
      const situation = situationOf(catalog, answers);
      return wantedFor(situation, situation.asked).map(({ key }) => key);
    };
    expect(keys(inNetwork).length).toBeLessThanOrEqual(8);
    const moved = keys({ ...inNetwork, region: 'westeurope', 'workspace.group': 'rg-other' });
    expect(moved.filter((key) => !keys(inNetwork).includes(key)).every((key) => key.includes('/locations/westeurope/'))).toBe(true);
  });
});
