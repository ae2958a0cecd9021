import { randomUUID } from 'node:crypto';
import type { Json } from './json.ts';

/** A change that Azure has accepted and is still doing. */
export interface Operation {
  readonly id: string;
  readonly target: string;
  readonly busyOn: string | undefined;
  readonly created: boolean;
  readonly ends: number;
  /** It was accepted and comes to a bad end. */
  failed?: boolean;
  /** What is shown at its end, where that is no resource. */
  readonly result?: Json;
}

/** The changes that are under way. */
export class Operations {
  readonly #all = new Map<string, Operation>();

  /** Begins an operation on a resource. */
  start(target: string, busyOn: string | undefined, created: boolean, milliseconds: number, result?: Json): Operation {
    const operation: Operation = {
      id: randomUUID(),
      target: target.toLowerCase(),
      busyOn: busyOn?.toLowerCase(),
      created,
      ends: Date.now() + milliseconds,
      ...(result === undefined ? {} : { result }),
    };
    this.#all.set(operation.id, operation);
    return operation;
  }

  /** The state of an operation, or undefined if there is none of that id. */
  status(id: string): 'InProgress' | 'Succeeded' | 'Failed' | undefined {
    const operation = this.#all.get(id);
    if (operation === undefined) return undefined;
    if (operation.ends > Date.now()) return 'InProgress';
    return operation.failed ? 'Failed' : 'Succeeded';
  }

  /** What an operation shows at its end, where that is no resource. */
  result(id: string): Json | undefined {
    return this.#all.get(id)?.result;
  }

  /** Gives the latest operation on a resource a bad end. */
  doom(target: string): void {
    const last = [...this.#all.values()].findLast((operation) => operation.target === target.toLowerCase());
    if (last) last.failed = true;
  }

  /** The operation that holds a resource for itself, if one is running. */
  holding(busyOn: string): Operation | undefined {
    return this.#running().find((operation) => operation.busyOn === busyOn.toLowerCase());
  }

  /** What `provisioningState` a resource shows now. */
  provisioningState(target: string): string {
    const running = this.#running().find((operation) => operation.target === target.toLowerCase());
    const last = [...this.#all.values()].findLast((operation) => operation.target === target.toLowerCase());
    if (running === undefined) return last?.failed ? 'Failed' : 'Succeeded';
    return running.created ? 'Creating' : 'Updating';
  }

  #running(): Operation[] {
    return [...this.#all.values()].filter((operation) => operation.ends > Date.now());
  }
}
