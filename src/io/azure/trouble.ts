import type { Why } from '../../core/asks.ts';

/** Why there is no value, without the time. */
export interface Failure {
  readonly why: Why;
  readonly message: string;
}

/** Why there is no token: the program is missing, nobody is signed in, or something else that the message says. */
export class NoToken extends Error {
  override readonly name = 'NoToken';
  readonly why: 'az missing' | 'signed out' | 'failed';

  constructor(why: NoToken['why'], message: string) {
    super(message);
    this.why = why;
  }
}

/** Nothing can reach Azure as this computer is set up; the message says what mends it. */
export class NoWay extends Error {
  override readonly name = 'NoWay';
}

/** What it means for a reading that there is no token. */
export function withoutToken({ why, message }: NoToken): Failure {
  if (why === 'failed') return { why: 'unreachable', message: `There is no token for Azure: ${message}` };
  return { why: why === 'az missing' ? 'not installed' : 'signed out', message };
}
