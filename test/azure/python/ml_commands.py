"""What the commands of the ml extension mean, said with calls of Resource Manager."""

from ml_compute import body_of, merged_spec, shown, spec_of


def _workspace(call, rest):
    return rest.workspace(call.one('--resource-group'), call.one('--workspace-name'))


def _path(call, rest, name=None):
    return '%s/computes/%s' % (_workspace(call, rest), name or call.one('--name'))


def create(call, rest):
    """az ml compute create"""
    spec = spec_of(call)
    workspace = rest.call('get', _workspace(call, rest))
    path = _path(call, rest, spec['name'])
    rest.call('put', path, body_of(spec, workspace))
    return None if '--no-wait' in call.options else shown(rest.wait(path))


def update(call, rest):
    """az ml compute update"""
    path = _path(call, rest)
    resource = rest.call('get', path)
    rest.call('put', path, merged_spec(call, resource))
    return None if '--no-wait' in call.options else shown(rest.wait(path))


def show(call, rest):
    """az ml compute show"""
    return shown(rest.call('get', _path(call, rest)))


def list_all(call, rest):
    """az ml compute list"""
    found = [shown(resource) for resource in rest.call('get', '%s/computes' % _workspace(call, rest))['value']]
    kind = call.one('--type')
    return [compute for compute in found if kind is None or compute['type'] == kind.lower()]


def delete(call, rest):
    """az ml compute delete"""
    rest.call('delete', _path(call, rest))


def act(action):
    """az ml compute start, stop, restart"""
    return lambda call, rest: rest.call('post', '%s/%s' % (_path(call, rest), action))


def show_workspace(call, rest):
    """az ml workspace show"""
    return _shown_workspace(rest.call('get', rest.workspace(call.one('--resource-group'), call.one('--name'))))


def update_workspace(call, rest):
    """az ml workspace update"""
    path = rest.workspace(call.one('--resource-group'), call.one('--name'))
    rest.call('patch', path, {'properties': _workspace_properties(call)})
    return None if '--no-wait' in call.options else _shown_workspace(rest.wait(path))


_WORKSPACE_OPTIONS = {
    '--description': 'description', '--display-name': 'friendlyName', '--image-build-compute': 'imageBuildCompute',
    '--public-network-access': 'publicNetworkAccess', '--container-registry': 'containerRegistry',
    '--application-insights': 'applicationInsights', '--primary-user-assigned-identity': 'primaryUserAssignedIdentity',
}
_ISOLATION = {'disabled': 'Disabled', 'allow_internet_outbound': 'AllowInternetOutbound', 'allow_only_approved_outbound': 'AllowOnlyApprovedOutbound'}


def _workspace_properties(call):
    known = {*_WORKSPACE_OPTIONS, '--managed-network', '--name', '--resource-group', '--subscription', '--output', '--query', '--no-wait', '--only-show-errors'}
    unknown = [option for option in call.options if option not in known]
    if unknown:
        raise ValueError('the stand-in does not act out %s of az ml workspace update yet' % ', '.join(unknown))
    properties = {key: call.one(option) for option, key in _WORKSPACE_OPTIONS.items() if option in call.options}
    if '--managed-network' in call.options:
        properties['managedNetwork'] = {'isolationMode': _ISOLATION[call.one('--managed-network').lower()]}
    return properties


def _shown_workspace(resource):
    properties = resource.get('properties', {})
    isolation = properties.get('managedNetwork', {}).get('isolationMode', 'Disabled')
    return {
        'id': resource['id'], 'name': resource['name'], 'location': resource.get('location'), 'tags': resource.get('tags') or {},
        'resourceGroup': resource['id'].split('/')[4], 'display_name': properties.get('friendlyName'), 'description': properties.get('description'),
        'public_network_access': properties.get('publicNetworkAccess'), 'storage_account': properties.get('storageAccount'),
        'key_vault': properties.get('keyVault'), 'application_insights': properties.get('applicationInsights'),
        'container_registry': properties.get('containerRegistry'), 'image_build_compute': properties.get('imageBuildCompute'),
        'managed_network': {'isolation_mode': next(key for key, value in _ISOLATION.items() if value == isolation), 'outbound_rules': []},
    }


COMMANDS = {
    'ml compute create': create,
    'ml compute update': update,
    'ml compute show': show,
    'ml compute list': list_all,
    'ml compute delete': delete,
    'ml compute start': act('start'),
    'ml compute stop': act('stop'),
    'ml compute restart': act('restart'),
    'ml workspace show': show_workspace,
    'ml workspace update': update_workspace,
}
