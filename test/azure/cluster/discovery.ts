import type { JsonObject } from '../emulator/json.ts';

/** A kind of object that the cluster knows. */
export interface Resource {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

const core = (plural: string, kind: string, namespaced: boolean): Resource => ({ group: '', version: 'v1', plural, kind, namespaced });

/** Everything that this cluster knows; instance types come with the extension of Azure Machine Learning. */
export const resources: readonly Resource[] = [
  core('namespaces', 'Namespace', false),
  core('nodes', 'Node', false),
  core('pods', 'Pod', true),
  core('services', 'Service', true),
  core('configmaps', 'ConfigMap', true),
  core('persistentvolumeclaims', 'PersistentVolumeClaim', true),
  { group: 'apps', version: 'v1', plural: 'deployments', kind: 'Deployment', namespaced: true },
  { group: 'apps', version: 'v1', plural: 'daemonsets', kind: 'DaemonSet', namespaced: true },
  {
    group: 'apiextensions.k8s.io',
    version: 'v1',
    plural: 'customresourcedefinitions',
    kind: 'CustomResourceDefinition',
    namespaced: false,
  },
  { group: 'amlarc.azureml.com', version: 'v1alpha1', plural: 'instancetypes', kind: 'InstanceType', namespaced: false },
];

/** The path below which the objects of a resource live. */
export function apiOf({ group, version }: Resource): string {
  return group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
}

/** What kubectl reads before its first call: groups, resources, and that fields are validated by the server. */
export function discovery(path: string): JsonObject | undefined {
  if (path === '/version') return { major: '1', minor: '32', gitVersion: 'v1.32.4' };
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'] };
  if (path === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups() };
  if (path === '/openapi/v2') return {};
  if (path === '/openapi/v3')
    return { paths: Object.fromEntries(bases().map((base) => [base.slice(1), { serverRelativeURL: `/openapi/v3${base}` }])) };
  if (path.startsWith('/openapi/v3/')) return openApi(path.slice('/openapi/v3'.length));
  const here = resources.filter((resource) => apiOf(resource) === path);
  if (here.length === 0) return undefined;
  const verbs = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];
  const list = here.map(({ plural, kind, namespaced }) => ({ name: plural, singularName: kind.toLowerCase(), kind, namespaced, verbs }));
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: path.replace(/^\/apis?\//, ''), resources: list };
}

function bases(): string[] {
  return [...new Set(resources.map(apiOf))];
}

function groups(): JsonObject[] {
  const named = resources.filter(({ group }) => group !== '');
  return [...new Map(named.map((one) => [one.group, one])).values()].map(({ group, version }) => {
    const only = { groupVersion: `${group}/${version}`, version };
    return { name: group, versions: [only], preferredVersion: only };
  });
}

/** As little as kubectl apply wants to see. */
function openApi(base: string): JsonObject {
  const here = resources.filter((resource) => apiOf(resource) === base);
  const path = ({ group, version, plural, kind }: Resource): [string, JsonObject] => [
    `${base}/${plural}/{name}`,
    {
      patch: {
        parameters: [{ name: 'fieldValidation', in: 'query', schema: { type: 'string' } }],
        'x-kubernetes-group-version-kind': { group, version, kind },
        responses: {},
      },
    },
  ];
  return { openapi: '3.0.0', info: { title: 'Kubernetes', version: 'v1.32.4' }, paths: Object.fromEntries(here.map(path)) };
}
