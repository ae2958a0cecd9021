"""What az connectedk8s means, said with calls of Resource Manager; of the agents it only plays what they leave in the cluster."""

import base64
import os

import kube_objects
from az_rest import confirmed


def connect(call, rest):
    """az connectedk8s connect"""
    context = call.one('--kube-context')
    cluster = kube_objects.cluster_of(context)
    proxy = [call.one(option) for option in ('--proxy-https', '--proxy-http', '--proxy-skip-range')]
    if call.one('--custom-ca-cert') and not os.path.exists(call.one('--custom-ca-cert')):
        raise ValueError('Proxy cert path %s does not exist. Please check the path provided' % call.one('--custom-ca-cert'))
    name, group = call.one('--name'), call.one('--resource-group')
    path = _path(call, rest)
    onboarded = kube_objects.get(cluster, 'api/v1/namespaces/azure-arc/configmaps/azure-clusterconfig')
    if onboarded and onboarded['data']['AZURE_RESOURCE_NAME'].lower() != name.lower():
        raise ValueError("The kubernetes cluster you are trying to onboard is already onboarded to the resource group '%s' with resource name '%s'."
                         % (onboarded['data']['AZURE_RESOURCE_GROUP'], onboarded['data']['AZURE_RESOURCE_NAME']))
    location = call.one('--location') or rest.call('get', '/'.join(path.split('/')[:5]))['location']
    key = base64.b64encode(path.lower().encode()).decode()
    rest.call('put', path, {
        'location': location, 'identity': {'type': 'SystemAssigned'}, 'tags': dict(word.partition('=')[::2] for word in call.options.get('--tags', [])),
        'properties': {'agentPublicKeyCertificate': key, 'distribution': call.one('--distribution') or 'generic',
                       'infrastructure': call.one('--infrastructure') or 'generic'}})
    if not onboarded:
        _agents(cluster, name, group, rest.subscription, any(proxy))
    return None if '--no-wait' in call.options else rest.wait(path)


def show(call, rest):
    """az connectedk8s show"""
    return rest.call('get', _path(call, rest))


def delete(call, rest):
    """az connectedk8s delete: it takes the agents out of the cluster of the context too."""
    confirmed(call)
    cluster = kube_objects.cluster_of(call.one('--kube-context'))
    name, path = call.one('--name'), _path(call, rest)
    onboarded = kube_objects.get(cluster, 'api/v1/namespaces/azure-arc/configmaps/azure-clusterconfig')
    if onboarded and onboarded['data']['AZURE_RESOURCE_NAME'].lower() != name.lower():
        raise ValueError("The current context in the kubeconfig file does not correspond to the connected cluster resource '%s'." % name)
    rest.call('delete', path)
    if '--no-wait' not in call.options:
        rest.wait_gone(path)
    for one in ('api/v1/namespaces/azure-arc/configmaps/azure-clusterconfig', 'api/v1/namespaces/azure-arc'):
        kube_objects.drop(cluster, one)


def _path(call, rest):
    return '/subscriptions/%s/resourceGroups/%s/providers/Microsoft.Kubernetes/connectedClusters/%s' % (
        rest.subscription, call.one('--resource-group'), call.one('--name'))


def _agents(cluster, name, group, subscription, has_proxy):
    kube_objects.make(cluster, 'api/v1/namespaces', {'metadata': {'name': 'azure-arc'}})
    data = {'AZURE_RESOURCE_NAME': name, 'AZURE_RESOURCE_GROUP': group, 'AZURE_SUBSCRIPTION_ID': subscription, 'IS_PROXY': str(has_proxy).lower()}
    kube_objects.make(cluster, 'api/v1/namespaces/azure-arc/configmaps', {'metadata': {'name': 'azure-clusterconfig'}, 'data': data})


COMMANDS = {'connectedk8s connect': connect, 'connectedk8s show': show, 'connectedk8s delete': delete}
