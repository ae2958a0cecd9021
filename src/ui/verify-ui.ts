import type { Catalog } from '../core/catalog.ts';
import type { Finding } from '../core/verify/findings.ts';
import type { Mend } from '../core/verify/mends.ts';

/** What is going to be looked at. */
export interface VerifyHead {
  /** The name of the session, or the one among the answers. */
  readonly name: string;
  readonly kind: 'verify' | 'preflight';
  /** What is read is made up. */
  readonly sample: boolean;
  /** Everything that is looked at, in the order of the checklist. */
  readonly ids: readonly string[];
  readonly topics: readonly { readonly topic: string; readonly title: string }[];
  readonly facts: Catalog['facts'];
  /** What passed is listed too. */
  readonly all: boolean;
  /** What a person says of an item is still known the next time. */
  readonly keeps: boolean;
}

/** What a person can do while things are read, and afterwards. */
export interface VerifyHandles {
  /** Takes what a person saw at an item, and gives what is known of it from now on; absent where nothing is looked at by hand. */
  readonly saw?: (id: string, verdict: 'pass' | 'fail') => Finding | undefined;
  /** Leaves before everything is read. */
  readonly leave: () => void;
}

/** Everything that was found. */
export interface VerifyResult {
  readonly findings: readonly Finding[];
  /** What mends what failed, by the id of the item. */
  readonly mends: ReadonlyMap<string, Mend>;
  /** The items that commands can mend now. */
  readonly mendable: ReadonlySet<string>;
}

/** What a person wants next. */
export type VerifyWish =
  | { readonly type: 'leave' }
  | { readonly type: 'again' }
  /** Mend these items. */
  | { readonly type: 'fix'; readonly ids: readonly string[] };

/** A way to show a verification to a person. It shows and asks; it reads and changes nothing. */
export interface VerifyUi {
  /** Begins to read, or begins again. */
  readonly begin: (head: VerifyHead, handles: VerifyHandles) => void;
  /** One more finding, as soon as it is known. */
  readonly found: (finding: Finding) => void;
  /** Everything is read; resolves with what a person wants next. */
  readonly settled: (result: VerifyResult) => Promise<VerifyWish>;
  /** The program is asked to end. */
  readonly leave: () => void;
  /** Gives the terminal back. */
  readonly close: () => Promise<void>;
}
