"""A workspace of Azure ML and its managed network: what az ml sends for them and what it shows."""

from az_rest import confirmed

_COMMON = {'--name', '--resource-group', '--subscription', '--output', '--query', '--no-wait', '--only-show-errors', '--verbose', '--debug'}
_TEXTS = {
    '--description': 'description', '--display-name': 'friendlyName', '--image-build-compute': 'imageBuildCompute',
    '--public-network-access': 'publicNetworkAccess', '--container-registry': 'containerRegistry',
    '--application-insights': 'applicationInsights', '--primary-user-assigned-identity': 'primaryUserAssignedIdentity',
    '--system-datastores-auth-mode': 'systemDatastoresAuthMode',
}
_DEPENDENCIES = {'--storage-account': 'storageAccount', '--key-vault': 'keyVault'}
_MODES = {'disabled': 'Disabled', 'allow_internet_outbound': 'AllowInternetOutbound', 'allow_only_approved_outbound': 'AllowOnlyApprovedOutbound'}
_TYPES = {'fqdn': 'FQDN', 'private_endpoint': 'PrivateEndpoint', 'service_tag': 'ServiceTag'}


def create(call, rest):
    """az ml workspace create: over an existing workspace it only changes what can be changed."""
    only_now = {'--location', '--tags', '--provision-network-now', *_DEPENDENCIES}
    properties = _properties(call, only_now)
    path = _path(call, rest)
    found = [one for one in rest.call('get', path.rpartition('/')[0])['value'] if one['name'].lower() == call.one('--name').lower()]
    if found:
        change = {key: properties[key] for key in properties if key not in ('containerRegistry', 'applicationInsights')}
        rest.call('patch', path, {'properties': change, **_tags(call)})
        return _done(call, rest, path)
    for option, key in _DEPENDENCIES.items():
        if option not in call.options:
            raise ValueError('the stand-in does not make %s itself: give it' % option)
        properties[key] = call.one(option)
    properties['provisionNetworkNow'] = '--provision-network-now' in call.options
    properties.setdefault('friendlyName', call.one('--name'))
    location = call.one('--location') or rest.call('get', '/'.join(path.split('/')[:5]))['location']
    body = {'location': location, 'identity': {'type': 'SystemAssigned'}, 'sku': {'name': 'Basic', 'tier': 'Basic'}, 'kind': 'Default',
            'properties': properties, **_tags(call)}
    rest.call('put', path, body)
    return _done(call, rest, path)


def update(call, rest):
    """az ml workspace update"""
    properties = _properties(call, {'--update-dependent-resources'})
    dependent = [option for option in ('--container-registry', '--application-insights') if option in call.options]
    if dependent and '--update-dependent-resources' not in call.options:
        raise ValueError('%s of an existing workspace needs --update-dependent-resources' % ', '.join(dependent))
    path = _path(call, rest)
    rest.call('patch', path, {'properties': properties})
    return _done(call, rest, path)


def show(call, rest):
    """az ml workspace show"""
    return _shown(rest.call('get', _path(call, rest)))


def delete(call, rest):
    """az ml workspace delete: without --permanently-delete it is only soft-deleted; --all-resources is not acted out, as nothing may use it."""
    if '--all-resources' in call.options:
        raise ValueError('the stand-in does not delete what a workspace depends on')
    confirmed(call)
    path = _path(call, rest)
    if call.one('--name').lower() not in [one['name'].lower() for one in rest.call('get', path.rpartition('/')[0])['value']]:
        raise ValueError('Unable to find workspace %s' % call.one('--name'))
    rest.call('delete', path, query={'forceToPurge': 'true'} if '--permanently-delete' in call.options else None)
    if '--no-wait' not in call.options:
        rest.wait_gone(path)


def list_all(call, rest):
    """az ml workspace list"""
    path = rest.workspace(call.one('--resource-group'), 'x') if call.one('--resource-group') else None
    if path is None:
        raise ValueError('the stand-in lists the workspaces of a resource group only')
    return [_shown(resource) for resource in rest.call('get', path.rpartition('/')[0])['value']]


def provision(call, rest):
    """az ml workspace provision-network"""
    path = _path(call, rest)
    rest.call('post', '%s/provisionManagedNetwork' % path, {'includeSpark': '--include-spark' in call.options})
    if '--no-wait' in call.options:
        return None
    status = rest.wait(path)['properties'].get('managedNetwork', {}).get('status', {})
    return {'spark_ready': status.get('sparkReady', False), 'status': status.get('status', 'Inactive')}


def set_rule(call, rest):
    """az ml workspace outbound-rule set"""
    path = _rule(call, rest)
    rest.call('put', path, {'properties': {'type': _TYPES[call.one('--type').lower()], 'category': 'UserDefined', 'destination': _destination(call)}})
    return None if '--no-wait' in call.options else _shown_rule(rest.wait(path))


def show_rule(call, rest):
    """az ml workspace outbound-rule show"""
    return _shown_rule(rest.call('get', _rule(call, rest)))


def list_rules(call, rest):
    """az ml workspace outbound-rule list"""
    return [_shown_rule(rule) for rule in rest.call('get', '%s/outboundRules' % _path(call, rest))['value']]


def remove_rule(call, rest):
    """az ml workspace outbound-rule remove"""
    confirmed(call)
    rest.call('delete', _rule(call, rest))
    if '--no-wait' not in call.options:
        rest.wait_gone(_rule(call, rest))


def _path(call, rest):
    return rest.workspace(call.one('--resource-group'), call.one('--workspace-name') or call.one('--name'))


def _rule(call, rest):
    return '%s/outboundRules/%s' % (_path(call, rest), call.one('--rule'))


def _tags(call):
    return {'tags': dict(word.partition('=')[::2] for word in call.options['--tags'])} if '--tags' in call.options else {}


def _properties(call, more):
    unknown = [option for option in call.options if option not in {*_COMMON, *_TEXTS, '--managed-network', '--network-acls', *more}]
    if unknown:
        raise ValueError('the stand-in does not act out %s of az %s yet' % (', '.join(unknown), call.name))
    properties = {key: call.one(option) for option, key in _TEXTS.items() if option in call.options}
    if '--network-acls' in call.options:
        properties['networkAcls'] = _acls(call.one('--network-acls'))
    if '--managed-network' in call.options:
        properties['managedNetwork'] = {'isolationMode': _MODES[call.one('--managed-network').lower()]}
    return properties


def _acls(text):
    """The addresses that may reach a workspace, with commas between them; none opens it to all again."""
    rules = [] if text.lower() == 'none' else [{'value': address.strip()} for address in text.split(',')]
    return {'defaultAction': 'Deny' if rules else 'Allow', 'ipRules': rules}


def _done(call, rest, path):
    return None if '--no-wait' in call.options else _shown(rest.wait(path))


def _destination(call):
    kind = call.one('--type').lower()
    if kind == 'fqdn':
        return _needed(call, '--destination')
    if kind == 'service_tag':
        return {'serviceTag': _needed(call, '--service-tag'), 'protocol': _needed(call, '--protocol'), 'portRanges': _needed(call, '--port-ranges')}
    return {'serviceResourceId': _needed(call, '--service-resource-id'), 'subresourceTarget': _needed(call, '--subresource-target'),
            'sparkEnabled': (call.one('--spark-enabled') or 'false').lower() == 'true'}


def _needed(call, option):
    value = call.one(option)
    if value is None:
        raise ValueError('an outbound rule of type %s needs %s' % (call.one('--type'), option))
    return value


def _shown(resource):
    properties = resource.get('properties', {})
    identity = resource.get('identity') or {}
    network = properties.get('managedNetwork') or {}
    isolation = network.get('isolationMode', 'Disabled')
    return {
        'id': resource['id'], 'name': resource['name'], 'location': resource.get('location'), 'tags': resource.get('tags') or {},
        'resourceGroup': resource['id'].split('/')[4], 'resource_group': resource['id'].split('/')[4],
        'display_name': properties.get('friendlyName'), 'description': properties.get('description'),
        'public_network_access': properties.get('publicNetworkAccess'), 'storage_account': properties.get('storageAccount'),
        'key_vault': properties.get('keyVault'), 'application_insights': properties.get('applicationInsights'),
        'container_registry': properties.get('containerRegistry'), 'image_build_compute': properties.get('imageBuildCompute'),
        'hbi_workspace': properties.get('hbiWorkspace', False), 'workspace_id': properties.get('workspaceId'),
        'identity': {'type': 'system_assigned', 'principal_id': identity.get('principalId'), 'tenant_id': identity.get('tenantId')},
        'managed_network': {
            'isolation_mode': next(key for key, value in _MODES.items() if value == isolation), 'network_id': network.get('networkId'),
            'outbound_rules': [_rule_view(name, rule) for name, rule in (network.get('outboundRules') or {}).items()],
            'status': {'status': (network.get('status') or {}).get('status', 'Inactive'), 'spark_ready': (network.get('status') or {}).get('sparkReady', False)},
        },
    }


def _shown_rule(resource):
    return _rule_view(resource['name'], resource['properties'])


def _rule_view(name, rule):
    names = {'serviceResourceId': 'service_resource_id', 'subresourceTarget': 'subresource_target', 'sparkEnabled': 'spark_enabled',
             'serviceTag': 'service_tag', 'portRanges': 'port_ranges', 'protocol': 'protocol'}
    destination = rule.get('destination')
    if isinstance(destination, dict):
        destination = {names[key]: value for key, value in destination.items() if key in names}
    kind = next(key for key, value in _TYPES.items() if value == rule.get('type'))
    return {'name': name, 'type': kind, 'category': rule.get('category'), 'status': rule.get('status'), 'destination': destination}


COMMANDS = {
    'ml workspace create': create,
    'ml workspace update': update,
    'ml workspace show': show,
    'ml workspace delete': delete,
    'ml workspace list': list_all,
    'ml workspace provision-network': provision,
    'ml workspace outbound-rule set': set_rule,
    'ml workspace outbound-rule show': show_rule,
    'ml workspace outbound-rule list': list_rules,
    'ml workspace outbound-rule remove': remove_rule,
}
