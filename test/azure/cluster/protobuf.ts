import type { JsonObject } from '../emulator/json.ts';

/** The object in a body as kubectl sends it for built-in kinds; only its kind and name are read, which is all that a namespace has. */
export function objectInProtobuf(body: Buffer): JsonObject {
  if (body.subarray(0, 4).toString('latin1') !== 'k8s\0') throw new Error('the body is no Kubernetes object');
  const unknown = fieldsOf(body.subarray(4));
  const type = fieldsOf(unknown.get(1) ?? Buffer.alloc(0));
  const metadata = fieldsOf(fieldsOf(unknown.get(2) ?? Buffer.alloc(0)).get(1) ?? Buffer.alloc(0));
  const text = (value: Buffer | undefined) => value?.toString('utf8') ?? '';
  return { apiVersion: text(type.get(1)), kind: text(type.get(2)), metadata: { name: text(metadata.get(1)) } };
}

/** The fields of a message that hold bytes, by number; the first of each. */
function fieldsOf(message: Buffer): Map<number, Buffer> {
  const fields = new Map<number, Buffer>();
  for (let at = 0; at < message.length; ) {
    const [tag, afterTag] = varint(message, at);
    const [value, afterValue] = varint(message, afterTag);
    at = afterValue;
    if (tag % 8 === 0) continue;
    if (tag % 8 !== 2) throw new Error(`a field of wire type ${tag % 8} is not read`);
    const number = (tag - 2) / 8;
    if (!fields.has(number)) fields.set(number, message.subarray(at, at + value));
    at += value;
  }
  return fields;
}

/** A number of variable length, and where it ends. */
function varint(message: Buffer, from: number): readonly [number, number] {
  let value = 0;
  for (let at = from; at < message.length; at++) {
    const byte = message[at] ?? 0;
    value += (byte % 128) * 128 ** (at - from);
    if (byte < 128) return [value, at + 1];
  }
  throw new Error('the message ends within a number');
}
