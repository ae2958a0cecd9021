import type { Session } from '../core/session.ts';

/** The version of the layout of session files that this program writes and reads. */
export const sessionFormat = 1 as const;

/** What a session file holds. */
export interface StoredSession {
  readonly format: typeof sessionFormat;
  readonly name: string;
  /** The version of the catalog that the answers were given to. */
  readonly catalog: string;
  readonly created: string;
  readonly updated: string;
  /** The version of the program that wrote the file. */
  readonly program: string;
  readonly session: Session;
}

/** What was found in the place of a session file. */
export type Found =
  | { readonly state: 'sound'; readonly stored: StoredSession }
  | { readonly state: 'missing' }
  | { readonly state: 'damaged' | 'newer'; readonly reason: string };
