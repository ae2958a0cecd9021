import type { Plan } from '../../../src/core/plan.ts';
import { settled } from '../acceptance/planned.ts';
import type { Objects } from './api-server.ts';

/** What Azure Arc has left in a cluster that is connected before the plan begins. */
export function arcObjects(planned: Plan): Objects {
  if (settled(planned, 'arc.type') !== 'connected' || settled(planned, 'arc.origin') !== 'existing') return {};
  const data = {
    AZURE_RESOURCE_NAME: String(settled(planned, 'arc.name')),
    AZURE_RESOURCE_GROUP: String(settled(planned, 'arc.group')),
    AZURE_SUBSCRIPTION_ID: String(settled(planned, 'subscription')),
  };
  return {
    '/api/v1/namespaces/azure-arc': { status: { phase: 'Active' } },
    '/api/v1/namespaces/azure-arc/configmaps/azure-clusterconfig': { data },
  };
}
