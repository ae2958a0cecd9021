import { type JsonObject, objectOf, propertiesOf, textOf } from './json.ts';
import type { Write } from './kind.ts';
import { type Refusal, refusal } from './refusal.ts';
import { publicAddressOf } from './virtual-machines.ts';

/** Why a workspace would not attach a virtual machine or a cluster of HDInsight: known from the documents, the wording is ours. */
export function refuseAttached(write: Write): Refusal | undefined {
  const properties = propertiesOf(write.body);
  const type = textOf(properties.computeType);
  if (type !== 'VirtualMachine' && type !== 'HDInsight') return undefined;
  const id = textOf(properties.resourceId);
  const target = write.store.get(id);
  if (target === undefined) return bad(`The resource ${id} of the compute was not found.`);
  const settings = objectOf(properties.properties);
  const account = objectOf(settings.administratorAccount);
  const secret = textOf(account.password) || textOf(account.privateKeyData);
  if (textOf(account.username) === '' || secret === '')
    return bad('The account of the compute needs a name, and a password or a private key.');
  if (type === 'VirtualMachine')
    return publicAddressOf(target, write) === undefined ? bad('The virtual machine has no public IP address.') : undefined;
  return textOf(settings.address) === '' ? bad('The address of the cluster is missing.') : undefined;
}

/** A compute as a GET shows it: passwords and keys stay with the service. */
export function withoutAccount(compute: JsonObject): JsonObject {
  const properties = propertiesOf(compute);
  const { administratorAccount, ...settings } = objectOf(properties.properties);
  if (administratorAccount === undefined) return compute;
  const { password: _, privateKeyData: __, ...account } = objectOf(administratorAccount);
  return { ...compute, properties: { ...properties, properties: { ...settings, administratorAccount: account } } };
}

function bad(message: string): Refusal {
  return refusal(400, 'BadRequest', message);
}
