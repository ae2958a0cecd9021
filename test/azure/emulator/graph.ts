import type { Answer, Call } from './call.ts';
import { textsOf } from './json.ts';

/** The person that Microsoft Graph says is signed in. */
export const signedIn = {
  id: '00000000-0000-4000-8000-00000000eeee',
  displayName: 'Test person',
  userPrincipalName: 'person@example.com',
} as const;

/** The answer to a call of Microsoft Graph; undefined for any other call. */
export function answerGraph({ method, path, body }: Call): Answer | undefined {
  if (!/^\/v1\.0\//.test(path)) return undefined;
  if (method === 'GET' && path === '/v1.0/me') return { status: 200, body: { ...signedIn } };
  if (method === 'POST' && /\/getByIds$/i.test(path)) {
    const value = textsOf(body?.ids).map((id) => ({
      '@odata.type': '#microsoft.graph.servicePrincipal',
      id,
      displayName: id,
      servicePrincipalNames: [id],
    }));
    return { status: 200, body: { value } };
  }
  return { status: 404, body: { error: { code: 'Request_ResourceNotFound', message: `Resource '${path}' does not exist.` } } };
}
