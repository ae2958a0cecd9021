import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, refused } from './call.ts';
import { refusal } from './refusal.ts';

/** The connection breaks before or after the request is carried out, nobody ever answers, or what was accepted fails later. */
export type Fate = 'dropped before' | 'dropped after' | 'no answer' | 'late failure';

/** The answer that a test wants instead of the usual one: a refusal, or whatever comes as it stands. */
export type Instead =
  | { readonly status: number; readonly code: string; readonly message: string; readonly headers?: Record<string, string> }
  | Answer;

/** What befalls the next request that matches. */
export interface Planned {
  readonly method: string;
  readonly path: RegExp;
  readonly answer?: Answer;
  readonly fate?: Fate;
}

/** How the server behaves besides what Resource Manager says: faults, waiting and tokens. */
export class Conduct {
  /** Milliseconds before every answer; those of several requests run side by side. */
  delay = 0;
  /** Most requests that were under way at once. */
  busiest = 0;
  /** Takes the newest token alone; any other has expired. */
  newestTokenOnly = false;
  readonly #newestToken: () => string | undefined;
  readonly #planned: Planned[] = [];
  readonly #standing = new Set<{ readonly method: string | undefined; readonly path: RegExp; readonly answer: Answer }>();
  #underWay = 0;

  constructor(newestToken: () => string | undefined) {
    this.#newestToken = newestToken;
  }

  /** Plans what befalls the next request that matches. */
  plan(planned: Planned): void {
    this.#planned.push(planned);
  }

  /** Takes off the plan what befalls this request. */
  take(method: string, path: string): Planned | undefined {
    const at = this.#planned.findIndex((one) => one.method === method && one.path.test(path));
    return at < 0 ? undefined : this.#planned.splice(at, 1)[0];
  }

  /** Answers every request that matches until what is returned is called. */
  always(method: string | undefined, path: RegExp, instead: Instead): () => void {
    const answer = answerOf(instead);
    const standing = { method, path, answer };
    this.#standing.add(standing);
    return () => void this.#standing.delete(standing);
  }

  /** The answer that is given before Resource Manager is asked at all. */
  instead(method: string, path: string, authorization: string | undefined): Answer | undefined {
    const standing = [...this.#standing].findLast((one) => (one.method ?? method) === method && one.path.test(path));
    return standing?.answer ?? this.#refuseToken(authorization);
  }

  /** Does something after the delay, and counts what is under way. */
  async during(work: () => void): Promise<void> {
    this.#underWay += 1;
    this.busiest = Math.max(this.busiest, this.#underWay);
    try {
      if (this.delay > 0) await sleep(this.delay);
      work();
    } finally {
      this.#underWay -= 1;
    }
  }

  #refuseToken(authorization = ''): Answer | undefined {
    const token = /^Bearer (.+)/.exec(authorization)?.[1];
    if (token === undefined)
      return refused(refusal(401, 'AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing."));
    if (!this.newestTokenOnly || token === this.#newestToken()) return undefined;
    const now = new Date().toISOString();
    const message = `The access token expiry UTC time '${now}' is earlier than current UTC time '${now}'.`;
    const headers = { 'www-authenticate': `Bearer error="invalid_token", error_description="The access token expired."` };
    return answerOf({ status: 401, code: 'ExpiredAuthenticationToken', message, headers });
  }
}

/** The answer as a test wants it. */
export function answerOf(instead: Instead): Answer {
  if (!('code' in instead)) return instead;
  const { status, code, message, headers } = instead;
  return { ...refused(refusal(status, code, message)), ...(headers && { headers }) };
}
