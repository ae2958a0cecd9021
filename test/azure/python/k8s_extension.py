"""What az k8s-extension means for the extension of Azure Machine Learning, said with calls of Resource Manager."""

import hashlib

import kube_objects
from az_rest import confirmed

_PROVIDERS = {'connectedclusters': 'Microsoft.Kubernetes', 'managedclusters': 'Microsoft.ContainerService'}
_TYPE = 'microsoft.azureml.kubernetes'
_RULE = 'azureml_rw'


def create(call, rest):
    """az k8s-extension create"""
    if call.one('--extension-type').lower() != _TYPE:
        raise ValueError('the stand-in acts out %s alone' % _TYPE)
    if call.one('--scope') == 'namespace':
        raise ValueError("Invalid scope 'namespace'.  This extension can't be installed only at 'cluster' scope.")
    settings, protected = _pairs(call, '--config'), _pairs(call, '--config-protected')
    _check(settings, protected)
    _certificate(settings, protected)
    cluster_path = _cluster(call, rest)
    cluster = rest.call('get', cluster_path)
    is_arc = '/microsoft.kubernetes/' in cluster_path.lower()
    properties = cluster.get('properties', {})
    nodes = properties.get('totalNodeCount', 3) if is_arc else sum(pool['count'] for pool in properties.get('agentPoolProfiles', []))
    if nodes < 3:
        settings.setdefault('clusterPurpose', 'DevTest')
        settings.setdefault('inferenceRouterHA', 'false')
    if str(properties.get('distribution', '')).lower() == 'openshift':
        settings['openshift'] = 'true'
    location = cluster['location'].lower()
    for key, value in (('cluster_name', cluster_path), ('location', location), ('jobSchedulerLocation', location),
                       ('domain', '%s.cloudapp.azure.com' % location), ('cluster_name_friendly', call.one('--cluster-name')),
                       ('servicebus.enabled', 'false'), ('relayserver.enabled', 'true' if is_arc else 'false'),
                       ('nginxIngress.enabled', 'false' if is_arc else 'true')):
        settings.setdefault(key, value)
    settings['clusterId'] = settings['prometheus.prometheusSpec.externalLabels.cluster_name'] = settings['cluster_name']
    if settings['relayserver.enabled'] != 'false':
        _relay(call, rest, location, settings, protected)
    upgrades = call.one('--auto-upgrade')
    if call.one('--version') and upgrades == 'true':
        raise ValueError('The version cannot be specified when auto-upgrade-minor-version is set to true.')
    body = {'properties': {
        'extensionType': _TYPE, 'autoUpgradeMinorVersion': upgrades != 'false', 'releaseTrain': call.one('--release-train') or 'stable',
        'version': call.one('--version'), 'scope': {'cluster': {'releaseNamespace': 'azureml'}},
        'configurationSettings': _texts(settings), 'configurationProtectedSettings': _texts(protected)}}
    if is_arc:
        body.update(identity={'type': 'SystemAssigned'}, location=location)
    path = _path(call, rest)
    rest.call('put', path, body)
    if '--no-wait' in call.options:
        return None
    done = rest.wait(path)
    _agents()
    return _shown(done)


def update(call, rest):
    """az k8s-extension update: it asks before it changes settings."""
    settings, protected = _pairs(call, '--config'), _pairs(call, '--config-protected')
    if (settings or protected) and '--yes' not in call.options:
        raise ValueError('Unable to prompt for confirmation as no tty available. Use --yes.')
    path = _path(call, rest)
    before = rest.call('get', path)
    if settings.get('inferenceRouterServiceType'):
        settings['scoringFe.serviceType.nodePort'] = settings['inferenceRouterServiceType'].lower() == 'nodeport'
    if protected and before['properties']['configurationSettings'].get('relayserver.enabled') != 'false':
        _relay(call, rest, before.get('location'), settings, protected, only_key=True)
    if protected.get('sslCertPemFile') and protected.get('sslKeyPemFile'):
        _pem(protected)
    change = {key: value for key, value in (('configurationSettings', _texts(settings)), ('configurationProtectedSettings', _texts(protected)),
                                             ('releaseTrain', call.one('--release-train')), ('version', call.one('--version'))) if value}
    if call.one('--auto-upgrade'):
        change['autoUpgradeMinorVersion'] = call.one('--auto-upgrade') == 'true'
    rest.call('patch', path, {'properties': change})
    return _shown(rest.wait(path))


def delete(call, rest):
    """az k8s-extension delete: the Relay namespace stays."""
    confirmed(call)
    path = _path(call, rest)
    rest.call('delete', path)
    if '--no-wait' not in call.options:
        rest.wait_gone(path)
    _leave()


def show(call, rest):
    """az k8s-extension show"""
    return _shown(rest.call('get', _path(call, rest)))


def _check(settings, protected):
    if set(settings) & set(protected):
        raise ValueError('Duplicate keys found.')
    if not (_true(settings, 'enableTraining') or _true(settings, 'enableInference')):
        raise ValueError('To create Microsoft.AzureML.Kubernetes extension, either enable Machine Learning training or inference.')
    settings.setdefault('enableInference', 'False')
    if not _true(settings, 'enableInference'):
        return
    encrypted = (protected.get('sslCertPemFile') and protected.get('sslKeyPemFile')) or settings.get('sslSecret')
    if not encrypted and not _true(settings, 'allowInsecureConnections'):
        raise ValueError('To enable HTTPs endpoint, either provide sslCertPemFile and sslKeyPemFile, or provide sslSecret.')
    if encrypted and not settings.get('sslCname'):
        raise ValueError('To enable HTTPs endpoint, please specify sslCname parameter in --configuration-settings.')
    router = settings.get('inferenceRouterServiceType', '').lower()
    if router not in ('nodeport', 'loadbalancer', 'clusterip'):
        raise ValueError('To use inference, please specify inferenceRouterServiceType=ClusterIP or NodePort or LoadBalancer.')
    internal = settings.get('internalLoadBalancerProvider', '').lower() == 'azure'
    if router == 'nodeport' and internal:
        raise ValueError('When using nodePort as inferenceRouterServiceType, no need to specify internalLoadBalancerProvider.')
    if router == 'nodeport':
        settings['scoringFe.serviceType.nodePort'] = True
    elif internal:
        settings['scoringFe.serviceType.internalLoadBalancer'] = True


def _certificate(settings, protected):
    if not _true(settings, 'enableInference') or _true(settings, 'allowInsecureConnections'):
        return
    if protected.get('sslCertPemFile') and protected.get('sslKeyPemFile'):
        _pem(protected)
    else:
        settings['scoringFe.sslSecret'] = settings['sslSecret']


def _pem(protected):
    import base64
    for setting, key in (('sslCertPemFile', 'scoringFe.sslCert'), ('sslKeyPemFile', 'scoringFe.sslKey')):
        try:
            with open(protected[setting], encoding='ascii') as file:
                protected[key] = base64.b64encode(file.read().encode('ascii')).decode()
        except OSError as error:
            raise ValueError(str(error)) from error


def _relay(call, rest, location, settings, protected, only_key=False):
    """Makes the Relay namespace unless it is there, and takes the key of its rule."""
    group, name = call.one('--resource-group'), call.one('--cluster-name')
    whole = '%s-%s-%s-relay' % (name, rest.subscription, group)
    short = ''.join(filter(str.isalnum, whole))
    short = short if len(short) <= 50 else short[:44] + hashlib.md5(whole.encode()).hexdigest()[:6]
    space = '/subscriptions/%s/resourceGroups/%s/providers/Microsoft.Relay/namespaces/%s' % (rest.subscription, group, short)
    connection = '%s/hybridConnections/%s' % (space, name)
    rule = '%s/authorizationRules/%s' % (connection, _RULE)
    beside = rest.call('get', space.rpartition('/')[0])['value']
    if short.lower() not in [one['name'].lower() for one in beside]:
        if only_key:
            raise ValueError('Relay server not found.')
        rest.call('put', space, {'location': location, 'tags': {'created_by': 'Azure Arc-enabled ML'}, 'sku': {'name': 'Standard'}})
        rest.wait(space)
        rest.call('put', connection, {'properties': {'requiresClientAuthorization': True}})
        rest.call('put', rule, {'properties': {'rights': ['Manage', 'Send', 'Listen']}})
    key = rest.call('post', '%s/listKeys' % rule)
    protected['relayServerConnectionString'] = protected['relayserver.relayConnectionString'] = str(key['keys'][0]['value'])
    if not only_key:
        settings.update({'relayserver.hybridConnectionResourceID': connection, 'relayserver.hybridConnectionName': name})


def _agents():
    """What the extension brings to the cluster, as far as kubectl of a plan looks at it."""
    try:
        cluster = kube_objects.cluster_of()
    except ValueError:
        return
    kube_objects.make(cluster, 'api/v1/namespaces', {'metadata': {'name': 'azureml'}})
    for name, phase in (('aml-operator-0', 'Running'), ('volcano-scheduler-0', 'Running'), ('healthcheck', 'Failed')):
        ready = [{'type': 'Ready', 'status': 'True' if phase == 'Running' else 'False'}]
        labels = {'job-name': 'healthcheck'} if phase == 'Failed' else {}
        pod = {'metadata': {'name': name, 'labels': labels}, 'status': {'phase': phase, 'conditions': ready}}
        kube_objects.make(cluster, 'api/v1/namespaces/azureml/pods', pod)


def _leave():
    """The agents go with the extension."""
    try:
        cluster = kube_objects.cluster_of()
    except ValueError:
        return
    for name in ('aml-operator-0', 'volcano-scheduler-0', 'healthcheck'):
        kube_objects.drop(cluster, 'api/v1/namespaces/azureml/pods/%s' % name)
    kube_objects.drop(cluster, 'api/v1/namespaces/azureml')


def _cluster(call, rest):
    kind = call.one('--cluster-type')
    provider = _PROVIDERS.get(kind.lower())
    if provider is None:
        raise ValueError("Error! Cluster type '%s' is not supported" % kind)
    return '/subscriptions/%s/resourceGroups/%s/providers/%s/%s/%s' % (rest.subscription, call.one('--resource-group'), provider, kind, call.one('--cluster-name'))


def _path(call, rest):
    return '%s/providers/Microsoft.KubernetesConfiguration/extensions/%s' % (_cluster(call, rest), call.one('--name'))


def _pairs(call, option):
    pairs = {}
    for word in call.options.get(option, []):
        key, equals, value = word.partition('=')
        if not equals:
            raise ValueError('Usage error: %s configuration_setting_key=configuration_setting_value' % option)
        pairs[key] = value
    return pairs


def _texts(settings):
    return {key: str(value) for key, value in settings.items()}


def _true(settings, name):
    return str(settings.get(name)).lower() == 'true'


def _shown(resource):
    return {'id': resource['id'], 'name': resource['name'], 'type': resource.get('type'), 'identity': resource.get('identity'), **resource['properties']}


COMMANDS = {'k8s-extension create': create, 'k8s-extension update': update, 'k8s-extension show': show, 'k8s-extension delete': delete}
