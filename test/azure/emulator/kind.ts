import type { JsonObject } from './json.ts';
import type { Refusal } from './refusal.ts';
import type { ResourceId } from './resource-id.ts';
import type { Store } from './store.ts';

/** A PUT or PATCH that Resource Manager is asked to do. */
export interface Write {
  readonly id: ResourceId;
  /** The whole resource as it would be afterwards. */
  readonly body: JsonObject;
  readonly before: JsonObject | undefined;
  readonly store: Store;
}

/** What Azure does with one type of resource. */
export interface Kind {
  /** Completes and cleans the body before it is checked and stored. */
  readonly shape?: (write: Write) => JsonObject;
  /** The reason why Azure would not do it. */
  readonly refuse?: (write: Write) => Refusal | undefined;
  /** The reason why Azure would not delete it. */
  readonly refuseDelete?: (id: ResourceId, store: Store) => Refusal | undefined;
  /** What else changes once it is written. */
  readonly after?: (write: Write) => void;
  /** What else changes once it is deleted; the query says whether it shall be gone for good. */
  readonly afterDelete?: (id: ResourceId, before: JsonObject, store: Store, query: URLSearchParams) => void;
  /** What a GET shows on top of what is stored; without an api-version, all of it. */
  readonly view?: (resource: JsonObject, store: Store, version?: string) => JsonObject;
  /** Milliseconds that a write takes; none where it is done at once. */
  readonly takes?: number;
  /** Status of the answer to a PUT that creates; 201 where nothing else is said. */
  readonly created?: number;
  /** Status of the answer to a PUT or PATCH of what exists; 200 where nothing else is said. */
  readonly updated?: number;
  /** The resource on which only one write may run at a time. */
  readonly busyOn?: (id: ResourceId, body: JsonObject) => string | undefined;
}
