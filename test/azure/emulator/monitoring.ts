import { propertiesOf, textOf } from './json.ts';
import type { Kind } from './kind.ts';
import { refusal } from './refusal.ts';
import { forgetDeleted, keepDeleted, keptOf } from './soft-deleted.ts';
import { guidFor } from './surroundings.ts';

/** A Log Analytics workspace. */
export const logWorkspaces: Kind = {
  takes: 40,
  // With the name of a deleted one, that one comes back.
  shape: ({ id, body, store }) => ({
    ...body,
    properties: {
      sku: { name: 'PerGB2018' },
      retentionInDays: 30,
      publicNetworkAccessForIngestion: 'Enabled',
      publicNetworkAccessForQuery: 'Enabled',
      ...keptOf(id, store),
      ...propertiesOf(body),
      customerId: guidFor(`logs ${id.text}`),
    },
  }),
  after: ({ id, store }) => forgetDeleted(id, store),
  afterDelete: (id, before, store, query) => {
    if (query.get('force') !== 'true') keepDeleted(id, before, store);
  },
  refuse: ({ id, before }) =>
    before !== undefined || /^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$/.test(id.name)
      ? undefined
      : refusal(400, 'InvalidResourceName', `The workspace name ${id.name} is invalid.`),
};

/** An Application Insights component; it keeps its data in a Log Analytics workspace. */
export const insights: Kind = {
  created: 200,
  shape: ({ id, body }) => {
    const key = guidFor(`insights ${id.text}`);
    const location = textOf(body.location).toLowerCase().replaceAll(' ', '');
    const kept = {
      ApplicationId: id.name,
      AppId: guidFor(`app ${id.text}`),
      Name: id.name,
      InstrumentationKey: key,
      ConnectionString: `InstrumentationKey=${key};IngestionEndpoint=https://${location}-0.in.applicationinsights.azure.com/`,
    };
    const defaults = {
      Application_Type: 'web',
      IngestionMode: 'LogAnalytics',
      publicNetworkAccessForIngestion: 'Enabled',
      publicNetworkAccessForQuery: 'Enabled',
    };
    return { kind: 'web', ...body, properties: { ...defaults, ...propertiesOf(body), ...kept } };
  },
  refuse: ({ body, store }) => {
    const workspace = textOf(propertiesOf(body).WorkspaceResourceId);
    if (workspace === '' || store.get(workspace) !== undefined) return undefined;
    return refusal(400, 'BadRequest', `The Log Analytics workspace ${workspace} was not found.`);
  },
};
