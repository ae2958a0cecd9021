import { Address4 } from 'ip-address';
import { type Refusal, refusal } from './refusal.ts';

/** The refusal for a text that is no address range, or for one with bits behind its mask. */
export function refusePrefix(prefix: string, owner: string): Refusal | undefined {
  if (!Address4.isValid(prefix) || !prefix.includes('/')) {
    return refusal(
      400,
      'InvalidAddressPrefixFormat',
      `Address prefix ${prefix} of resource ${owner} is not formatted correctly. It should follow CIDR notation, for example 10.0.0.0/24.`,
    );
  }
  const range = new Address4(prefix);
  const first = range.startAddress().correctForm();
  if (first === range.correctForm()) return undefined;
  const message = `The address prefix ${prefix} in resource ${owner} has an invalid CIDR notation. For the given prefix length, the address prefix should be ${first}/${range.subnetMask}.`;
  return refusal(400, 'InvalidCIDRNotation', message);
}

/** Tells whether a range lies inside another. */
export function isInside(inner: string, outer: string): boolean {
  return new Address4(inner).isInSubnet(new Address4(outer));
}

/** Tells whether two ranges share an address. */
export function overlap(left: string, right: string): boolean {
  return isInside(left, right) || isInside(right, left);
}

/** Length of the mask of a range. */
export function maskOf(prefix: string): number {
  return new Address4(prefix).subnetMask;
}

/** Tells whether a text is an address or a range. */
export function isAddress(text: string): boolean {
  return Address4.isValid(text);
}
