import type { JsonObject } from './json.ts';

/** What somebody may do, as one role assignment gives it. */
export interface Permission {
  readonly actions: string[];
  readonly notActions?: string[];
  readonly dataActions?: string[];
  readonly notDataActions?: string[];
}

/** A policy that forbids resources of a type: all of them, or those without a tag. */
export interface DenyRule {
  readonly name: string;
  /** Type of resources, compared without case. */
  readonly type: string;
  /** Subscription, group or resource at and below which it holds. */
  readonly scope: string;
  readonly missingTag?: string;
}

/** How much of a quota is used, and how much there is. */
export interface Usage {
  readonly currentValue?: number;
  readonly limit?: number;
}

/** What a test may change while the emulator runs; keys that are ids are in lower case. */
export class Settings {
  /** Items on a page of a list; undefined for everything on one page. */
  pageSize: number | undefined;
  /** What the caller may do at a scope and below it; everything where no scope covers what is asked about. */
  readonly permissions = new Map<string, readonly Permission[]>();
  /** What a subscription shows besides or instead of the usual: state, displayName, managedByTenants, tags. */
  readonly subscriptions = new Map<string, JsonObject>();
  /** Quotas by namespace, region and name, joined by slashes. */
  readonly usages = new Map<string, Usage>();
  readonly denials: DenyRule[] = [];
  /** Nodes of a compute by its id, as `listNodes` shows them. */
  readonly nodes = new Map<string, readonly JsonObject[]>();
  /** What a diagnosis of a workspace finds, by its id: lists such as `dnsResolutionResults`. */
  readonly diagnoses = new Map<string, JsonObject>();
  /** Restrictions of a size of machines by its lower-case name. */
  readonly restrictions = new Map<string, readonly JsonObject[]>();
}
