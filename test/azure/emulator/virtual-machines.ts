import { type JsonObject, listOf, objectOf, propertiesOf, textOf } from './json.ts';
import type { Kind, Write } from './kind.ts';
import { refuseDeleteInUse, refuseReferences } from './references.ts';
import { type Refusal, refusal } from './refusal.ts';
import { sameId } from './resource-id.ts';

/** A network card: gets a private address, and belongs to at most one machine. */
export const networkInterfaces: Kind = {
  takes: 60,
  shape: ({ body, before }) => {
    const { virtualMachine } = propertiesOf(before);
    const ipConfigurations = listOf(propertiesOf(body).ipConfigurations).map((one) => {
      const properties = { primary: true, privateIPAddressVersion: 'IPv4', ...propertiesOf(objectOf(one)) };
      return { ...objectOf(one), properties: { ...properties, privateIPAddress: '10.0.0.4', privateIPAllocationMethod: 'Dynamic' } };
    });
    return {
      ...body,
      properties: { ...propertiesOf(body), ...(virtualMachine === undefined ? {} : { virtualMachine }), ipConfigurations },
    };
  },
  refuse: (write) => refuseReferences(write) ?? refuseNoSubnet(write) ?? refuseOthersAddress(write),
  refuseDelete: (id, store) => {
    const machine = textOf(objectOf(propertiesOf(store.get(id.text)).virtualMachine).id);
    return machine === ''
      ? refuseDeleteInUse(id, store)
      : refusal(
          400,
          'NicInUse',
          `Network Interface ${id.text} is used by existing resource ${machine}. In order to delete the network interface, it must be dissociated from the resource.`,
        );
  },
};

/** A virtual machine with Linux. */
export const virtualMachines: Kind = {
  takes: 150,
  shape: ({ body, before, id }) => {
    const profile = objectOf(propertiesOf(body).storageProfile);
    const name = textOf(objectOf(profile.osDisk).name) || `${id.name}_OsDisk`;
    const managedDisk = { ...objectOf(objectOf(profile.osDisk).managedDisk), id: `${id.scope}/providers/Microsoft.Compute/disks/${name}` };
    const osDisk = { osType: 'Linux', createOption: 'FromImage', deleteOption: 'Detach', ...objectOf(profile.osDisk), name, managedDisk };
    const { vmId = '00000000-0000-4000-8000-00000000cccc' } = propertiesOf(before);
    return { ...body, properties: { ...propertiesOf(body), vmId, storageProfile: { ...profile, osDisk } } };
  },
  refuse: (write) => refuseSize(write) ?? refuseImage(write) ?? refuseSignIn(write) ?? refuseCards(write) ?? refuseFixed(write),
  // Azure shows it to those who expand it alone; nobody minds it here.
  view: (machine) => ({ ...machine, properties: { ...propertiesOf(machine), instanceView } }),
  after: ({ id, body, store }) => {
    for (const card of cardsOf(body)) {
      const found = store.get(card);
      if (found !== undefined) store.put(card, { ...found, properties: { ...propertiesOf(found), virtualMachine: { id: id.text } } });
    }
    const location = body.location ?? '';
    store.put(diskOf(body), { location, managedBy: id.text, properties: { diskState: 'Attached', osType: 'Linux' } });
  },
  afterDelete: (_, before, store) => {
    for (const card of cardsOf(before)) {
      const found = store.get(card);
      const { virtualMachine: __, ...properties } = propertiesOf(found);
      if (found !== undefined) store.put(card, { ...found, properties });
    }
    const { deleteOption } = objectOf(objectOf(propertiesOf(before).storageProfile).osDisk);
    // Azure keeps the disk unless the machine says otherwise.
    if (textOf(deleteOption).toLowerCase() === 'delete') store.remove(diskOf(before));
    else store.put(diskOf(before), { location: before.location ?? '', properties: { diskState: 'Unattached', osType: 'Linux' } });
  },
};

function diskOf(machine: JsonObject): string {
  return textOf(objectOf(objectOf(objectOf(propertiesOf(machine).storageProfile).osDisk).managedDisk).id);
}

const images: readonly string[] = [
  'microsoft-dsvm:ubuntu-2204:2204-gen2',
  'Canonical:ubuntu-24_04-lts:server',
  'Canonical:0001-com-ubuntu-server-jammy:22_04-lts-gen2',
];

const instanceView: JsonObject = {
  osName: 'ubuntu',
  statuses: [{ code: 'PowerState/running', level: 'Info', displayStatus: 'VM running' }],
};

/** What a region has. */
export const machineSizes: JsonObject[] = ['Standard_D4ds_v4', 'Standard_D2s_v5', 'Standard_NC4as_T4_v3'].map((name) => ({
  name,
  numberOfCores: 4,
  osDiskSizeInMB: 1_047_552,
  resourceDiskSizeInMB: 153_600,
  memoryInMB: 16_384,
  maxDataDiskCount: 8,
}));

/** Versions of an image of the marketplace, or one of them; undefined where the path asks for something else. */
export function imageAt(path: string): JsonObject[] | JsonObject | undefined {
  const pattern =
    /\/locations\/([^/]+)\/publishers\/([^/]+)\/artifacttypes\/vmimage\/offers\/([^/]+)\/skus\/([^/]+)\/versions(?:\/([^/]+))?$/i;
  const [, location = '', publisher, offer, sku, version] = pattern.exec(path) ?? [];
  if (!images.some((image) => sameId(image, `${publisher}:${offer}:${sku}`))) return undefined;
  const one = {
    id: path,
    location,
    name: version ?? '1.0.0',
    properties: { hyperVGeneration: 'V2', osDiskImage: { operatingSystem: 'Linux' } },
  };
  return version === undefined ? [{ ...one, id: `${path}/1.0.0` }] : one;
}

/** The public address that a machine is reached by; undefined where it has none. */
export function publicAddressOf(machine: JsonObject | undefined, { store }: Pick<Write, 'store'>): string | undefined {
  const configurations = cardsOf(machine).flatMap((card) => listOf(propertiesOf(store.get(card)).ipConfigurations));
  const ids = configurations.map((one) => textOf(objectOf(propertiesOf(objectOf(one)).publicIPAddress).id));
  return ids.find((id) => id !== '' && store.get(id) !== undefined);
}

function cardsOf(machine: JsonObject | undefined): string[] {
  return listOf(objectOf(propertiesOf(machine).networkProfile).networkInterfaces).map((card) => textOf(objectOf(card).id));
}

function refuseNoSubnet({ body }: Write): Refusal | undefined {
  const configurations = listOf(propertiesOf(body).ipConfigurations).map((one) => propertiesOf(objectOf(one)));
  const complete = configurations.length > 0 && configurations.every(({ subnet }) => textOf(objectOf(subnet).id) !== '');
  return complete ? undefined : refusal(400, 'InvalidRequestFormat', 'Cannot parse the request: every IP configuration needs a subnet.');
}

function refuseOthersAddress({ id, body, store }: Write): Refusal | undefined {
  const used = (resource: JsonObject) =>
    listOf(propertiesOf(resource).ipConfigurations).map((one) => textOf(objectOf(propertiesOf(objectOf(one)).publicIPAddress).id));
  const mine = used(body).filter((address) => address !== '');
  const others = [...store.all()].filter(([key]) => key.includes('/networkinterfaces/') && key !== id.key);
  const taken = mine.find((address) => others.some(([, card]) => used(card).some((other) => sameId(other, address))));
  return taken === undefined
    ? undefined
    : refusal(
        400,
        'PublicIPAddressInUse',
        `Resource ${id.text} is referencing public IP address ${taken} that is already allocated to another resource.`,
      );
}

function refuseSize({ body }: Write): Refusal | undefined {
  const size = textOf(objectOf(propertiesOf(body).hardwareProfile).vmSize);
  return machineSizes.some(({ name }) => sameId(textOf(name), size))
    ? undefined
    : refusal(400, 'InvalidParameter', `The value ${size} provided for the VM size is not valid.`);
}

function refuseImage({ body }: Write): Refusal | undefined {
  const image = objectOf(objectOf(propertiesOf(body).storageProfile).imageReference);
  const named = [image.publisher, image.offer, image.sku].map(textOf).join(':');
  return images.some((known) => sameId(known, named))
    ? undefined
    : refusal(404, 'PlatformImageNotFound', `The platform image '${named}:${textOf(image.version)}' is not available.`);
}

/** With keys alone there has to be one, and Azure takes no private key for a public one. */
function refuseSignIn({ body }: Write): Refusal | undefined {
  const profile = objectOf(propertiesOf(body).osProfile);
  const linux = objectOf(profile.linuxConfiguration);
  const keys = listOf(objectOf(linux.ssh).publicKeys).map((key) => textOf(objectOf(key).keyData));
  if (['admin', 'administrator', 'root'].includes(textOf(profile.adminUsername)))
    return refusal(400, 'InvalidParameter', 'The Admin Username specified is not allowed.');
  if (linux.disablePasswordAuthentication !== true) return undefined;
  return keys.length > 0 && keys.every((key) => /^ssh-(rsa|ed25519) \S+/.test(key))
    ? undefined
    : refusal(400, 'InvalidParameter', 'The value of parameter linuxConfiguration.ssh.publicKeys.keyData is invalid.');
}

function refuseCards({ id, body, store }: Write): Refusal | undefined {
  const cards = cardsOf(body);
  if (cards.length === 0) return refusal(400, 'InvalidParameter', 'Required parameter networkProfile is missing.');
  for (const card of cards) {
    const found = store.get(card);
    if (found === undefined) return refusal(404, 'NotFound', `Resource ${card} referenced by resource ${id.text} was not found.`);
    const machine = textOf(objectOf(propertiesOf(found).virtualMachine).id);
    if (machine !== '' && !sameId(machine, id.text))
      return refusal(400, 'NicInUse', `Network Interface ${card} is used by existing VM ${machine}.`);
  }
  return undefined;
}

function refuseFixed({ body, before }: Write): Refusal | undefined {
  const user = (machine: JsonObject) => textOf(objectOf(propertiesOf(machine).osProfile).adminUsername);
  return before === undefined || user(before) === user(body)
    ? undefined
    : refusal(409, 'PropertyChangeNotAllowed', "Changing property 'osProfile' is not allowed.");
}
