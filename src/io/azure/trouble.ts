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
