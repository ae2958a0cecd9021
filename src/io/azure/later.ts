import { isObject, parseJson } from '../../core/json.ts';
import { type Answer, retryAfter } from './transport.ts';
import { sameOrigin, type World } from './world.ts';

/** Polls what a 202 promises until it is there. */
export async function awaited(first: Answer, world: World): Promise<Answer> {
  const { transport, origin, options, limits, signal } = world;
  const now = options.clock?.now ?? Date.now;
  const end = now() + limits.later;
  const place = first.header('location');
  const named = place ?? first.header('azure-asyncoperation');
  const address = named === undefined ? undefined : sameOrigin(named, origin);
  if (!address) return told(502, 'Azure promised an answer and did not say where.');
  for (let answer = first; ; ) {
    const wait = Math.max(retryAfter(answer.header, now()) ?? 2 * limits.pause, limits.pause / 10);
    if (now() + wait > end) return told(504, `The answer did not come in ${Math.round(limits.later / 1000)} seconds.`);
    await pause(wait, signal);
    answer = await transport.get(address, signal);
    if (answer.status === 202) continue;
    if (place !== undefined) return answer;
    const over = operationOf(answer);
    if (over) return over;
  }
}

/** How an operation ended; undefined while it goes on. */
function operationOf(answer: Answer): Answer | undefined {
  const body = parseJson(answer.text);
  if (answer.status !== 200 || !isObject(body)) return answer;
  const status = String(body.status).toLowerCase();
  if (status === 'succeeded') return { ...answer, text: JSON.stringify(body.properties ?? body) };
  if (status === 'failed' || status === 'canceled') return { ...answer, status: 400 };
  return undefined;
}

function told(status: number, message: string): Answer {
  return { status, text: JSON.stringify({ error: { message } }), header: () => undefined };
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
}
