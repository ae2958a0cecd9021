"""A workspace of Azure Databricks: what az databricks sends for it and what it shows."""

_COMMON = {'--name', '--resource-group', '--subscription', '--output', '--query', '--no-wait', '--only-show-errors', '--verbose', '--debug',
           '--location', '--sku', '--tags', '--managed-resource-group', '--vnet'}
_TEXTS = {'--public-network-access': 'publicNetworkAccess', '--required-nsg-rules': 'requiredNsgRules'}
_SWITCHES = {'--enable-no-public-ip': 'enableNoPublicIp', '--prepare-encryption': 'prepareEncryption',
             '--require-infrastructure-encryption': 'requireInfrastructureEncryption'}
_SUBNETS = {'--private-subnet': 'customPrivateSubnetName', '--public-subnet': 'customPublicSubnetName'}
_TRUE = ('1', 't', 'true', 'y', 'yes')


def create(call, rest):
    """az databricks workspace create: a PUT, whatever is there."""
    _refuse_unknown(call)
    path = _path(call, rest)
    parameters = {key: {'value': call.one(option)} for option, key in _SUBNETS.items() if option in call.options}
    if '--vnet' in call.options:
        parameters['customVirtualNetworkId'] = {'value': _id(call.one('--vnet'), path, 'providers/Microsoft.Network/virtualNetworks')}
    parameters.update(_switches(call))
    group = call.one('--managed-resource-group') or 'databricks-rg-%s-standin' % call.one('--name')
    root = '/'.join(path.split('/')[:3])
    properties = {'managedResourceGroupId': group if group.startswith('/') else '%s/resourceGroups/%s' % (root, group), **_texts(call)}
    if parameters:
        properties['parameters'] = parameters
    location = call.one('--location') or rest.call('get', '/'.join(path.split('/')[:5]))['location']
    body = {'location': location, 'properties': properties, **_tags(call)}
    if '--sku' in call.options:
        body['sku'] = {'name': call.one('--sku')}
    rest.call('put', path, body)
    return _done(call, rest, path)


def update(call, rest):
    """az databricks workspace update: reads the workspace, changes it, and puts it back."""
    _refuse_unknown(call)
    path = _path(call, rest)
    resource = rest.call('get', path)
    resource['properties'].update(_texts(call))
    resource['properties'].setdefault('parameters', {}).update(_switches(call))
    if '--sku' in call.options:
        resource['sku'] = {'name': call.one('--sku')}
    rest.call('put', path, {key: resource[key] for key in ('location', 'sku', 'tags', 'properties') if key in resource} | _tags(call))
    return _done(call, rest, path)


def show(call, rest):
    """az databricks workspace show"""
    return _shown(rest.call('get', _path(call, rest)))


def list_all(call, rest):
    """az databricks workspace list"""
    group = call.one('--resource-group')
    within = '/subscriptions/%s%s' % (rest.subscription, '/resourceGroups/%s' % group if group else '')
    return [_shown(one) for one in rest.call('get', '%s/providers/Microsoft.Databricks/workspaces' % within)['value']]


def _path(call, rest):
    name, group = call.one('--name'), call.one('--resource-group')
    if not 3 <= len(name) <= 64:
        raise ValueError('Invalid format: --name: string length has to be 3 to 64')
    return '/subscriptions/%s/resourceGroups/%s/providers/Microsoft.Databricks/workspaces/%s' % (rest.subscription, group, name)


def _refuse_unknown(call):
    unknown = [option for option in call.options if option not in {*_COMMON, *_TEXTS, *_SWITCHES, *_SUBNETS}]
    if unknown:
        raise ValueError('the stand-in does not act out %s of az %s yet' % (', '.join(unknown), call.name))


def _id(text, path, kind):
    """A name stands for what is in the group of the workspace."""
    return text if text.startswith('/') else '%s/%s/%s' % ('/'.join(path.split('/')[:5]), kind, text)


def _switches(call):
    return {key: {'value': (call.one(option) or 'true').lower() in _TRUE} for option, key in _SWITCHES.items() if option in call.options}


def _texts(call):
    return {key: call.one(option) for option, key in _TEXTS.items() if option in call.options}


def _tags(call):
    return {'tags': dict(word.partition('=')[::2] for word in call.options['--tags'])} if '--tags' in call.options else {}


def _done(call, rest, path):
    return None if '--no-wait' in call.options else _shown(rest.wait(path))


def _shown(resource):
    """The properties stand beside the rest."""
    outer = {key: value for key, value in resource.items() if key != 'properties'}
    return {**outer, 'resourceGroup': resource['id'].split('/')[4], **resource.get('properties', {})}


COMMANDS = {
    'databricks workspace create': create,
    'databricks workspace update': update,
    'databricks workspace show': show,
    'databricks workspace list': list_all,
}
