"""A compute of Azure ML in its three shapes: options or YAML, the body of a PUT, what az ml shows."""

from ml_instance import instance_settings

_OPTIONS = {
    '--name': 'name', '--type': 'type', '--size': 'size', '--description': 'description', '--location': 'location', '--tier': 'tier',
    '--min-instances': 'min_instances', '--max-instances': 'max_instances', '--idle-time-before-scale-down': 'idle_time_before_scale_down',
    '--enable-node-public-ip': 'enable_node_public_ip', '--ssh-public-access-enabled': 'ssh_public_access_enabled',
    '--vnet-name': 'vnet_name', '--subnet': 'subnet', '--user-object-id': 'user_object_id', '--user-tenant-id': 'user_tenant_id',
    '--identity-type': 'identity_type', '--user-assigned-identities': 'user_assigned_identities',
    '--resource-id': 'resource_id', '--namespace': 'namespace',
    '--admin-username': 'admin_username', '--admin-password': 'admin_password', '--ssh-key-value': 'ssh_key_value', '--tags': 'tags',
}
_SPEC = {*_OPTIONS.values(), '$schema', 'network_settings', 'ssh_settings', 'identity', 'create_on_behalf_of', 'idle_time_before_shutdown',
         'idle_time_before_shutdown_minutes', 'schedules', 'setup_scripts', 'resource_id', 'namespace'}
_NUMBERS = {'min_instances', 'max_instances', 'idle_time_before_scale_down'}
_SWITCHES = {'enable_node_public_ip', 'ssh_public_access_enabled'}
_TYPES = {'amlcompute': 'AmlCompute', 'computeinstance': 'ComputeInstance', 'kubernetes': 'Kubernetes', 'virtualmachine': 'VirtualMachine'}


def spec_of(call):
    """The compute that the file and the options describe; options win."""
    spec = _read(call.one('--file')) if call.one('--file') else {}
    for option, values in call.options.items():
        key = _OPTIONS.get(option)
        if key is not None:
            spec[key] = _value(key, values)
    for word in call.options.get('--set', []):
        path, _, value = word.partition('=')
        _set(spec, path.split('.'), _plain(value))
    if 'name' not in spec or 'type' not in spec:
        raise ValueError('name and type of the compute are required')
    return spec


def body_of(spec, workspace):
    """The body of the PUT that creates the compute."""
    kind = _TYPES.get(str(spec['type']).lower())
    if kind is None:
        raise ValueError("unknown compute type '%s'" % spec['type'])
    settings = _settings_of(kind, spec)
    subnet = _subnet(spec, workspace)
    if subnet:
        settings['subnet'] = {'id': subnet}
    if 'enable_node_public_ip' in spec:
        settings['enableNodePublicIp'] = spec['enable_node_public_ip']
    properties = _named(computeType=kind, description=spec.get('description'), resourceId=spec.get('resource_id'), properties=settings)
    return _named(location=spec.get('location') or workspace['location'], tags=spec.get('tags'), identity=_identity(spec), properties=properties)


def merged_spec(call, resource):
    """The body of the PUT that changes a compute."""
    scale = resource['properties'].setdefault('properties', {}).setdefault('scaleSettings', {})
    if call.one('--min-instances') is not None:
        scale['minNodeCount'] = int(call.one('--min-instances'))
    if call.one('--max-instances') is not None:
        scale['maxNodeCount'] = int(call.one('--max-instances'))
    if call.one('--idle-time-before-scale-down') is not None:
        scale['nodeIdleTimeBeforeScaleDown'] = 'PT%dS' % int(call.one('--idle-time-before-scale-down'))
    if '--tags' in call.options:
        resource['tags'] = _value('tags', call.options['--tags'])
    identity = _identity({_OPTIONS[option]: call.one(option) for option in ('--identity-type', '--user-assigned-identities') if option in call.options})
    if identity:
        resource['identity'] = identity
    return resource


def shown(resource):
    """The compute as az ml shows it."""
    outer = resource.get('properties', {})
    inner = outer.get('properties') or {}
    scale = inner.get('scaleSettings') or {}
    idle = scale.get('nodeIdleTimeBeforeScaleDown')
    subnet = (inner.get('subnet') or {}).get('id')
    return _named(
        id=resource['id'], name=resource['name'], type=str(outer.get('computeType', '')).lower(), location=resource.get('location'),
        tags=resource.get('tags'), resourceGroup=resource['id'].split('/')[4], description=outer.get('description'),
        provisioning_state=outer.get('provisioningState'), size=inner.get('vmSize'), tier=_tier(inner.get('vmPriority')),
        min_instances=scale.get('minNodeCount'), max_instances=scale.get('maxNodeCount'),
        idle_time_before_scale_down=int(float(idle[2:-1])) if idle else None,
        enable_node_public_ip=inner.get('enableNodePublicIp', True), network_settings={'subnet': subnet} if subnet else None)


def _cluster(spec):
    scale = _named(minNodeCount=spec.get('min_instances', 0), maxNodeCount=spec.get('max_instances', 4))
    if spec.get('idle_time_before_scale_down') is not None:
        scale['nodeIdleTimeBeforeScaleDown'] = 'PT%dS' % spec['idle_time_before_scale_down']
    ssh = {**{key: spec.get(key) for key in ('admin_username', 'admin_password', 'ssh_key_value')}, **(spec.get('ssh_settings') or {})}
    account = _named(adminUserName=ssh.get('admin_username'), adminUserPassword=ssh.get('admin_password'), adminUserSshPublicKey=ssh.get('ssh_key_value'))
    access = spec.get('ssh_public_access_enabled')
    return _named(
        vmSize=spec.get('size', 'Standard_DS3_v2'), vmPriority='LowPriority' if str(spec.get('tier', '')).lower() in ('low_priority', 'lowpriority') else 'Dedicated',
        scaleSettings=scale, userAccountCredentials=account or None,
        remoteLoginPortPublicAccess=None if access is None else 'Enabled' if access else 'Disabled')


def _settings_of(kind, spec):
    if kind == 'AmlCompute':
        return _cluster(spec)
    if kind == 'ComputeInstance':
        return instance_settings(spec)
    return {'namespace': spec.get('namespace') or 'default'} if kind == 'Kubernetes' else {}


def _subnet(spec, workspace):
    network = spec.get('network_settings') or {}
    subnet, vnet = spec.get('subnet') or network.get('subnet'), spec.get('vnet_name') or network.get('vnet_name')
    if not subnet or subnet.startswith('/'):
        return subnet
    if not vnet:
        raise ValueError('a subnet name needs the name of its virtual network')
    group = '/'.join(workspace['id'].split('/')[:5])
    return '%s/providers/Microsoft.Network/virtualNetworks/%s/subnets/%s' % (group, vnet, subnet)


def _identity(spec):
    given = spec.get('identity') or {}
    kind = spec.get('identity_type') or given.get('type')
    if not kind:
        return None
    ids = [item['resource_id'] if isinstance(item, dict) else item for item in given.get('user_assigned_identities') or []]
    ids += [text for text in (spec.get('user_assigned_identities') or '').split(',') if text]
    names = {'system_assigned': 'SystemAssigned', 'systemassigned': 'SystemAssigned', 'user_assigned': 'UserAssigned', 'userassigned': 'UserAssigned'}
    return _named(type=names.get(kind.lower(), kind), userAssignedIdentities={text: {} for text in ids} or None)


def _read(file):
    import yaml
    with open(file, encoding='utf-8') as stream:
        spec = yaml.safe_load(stream) or {}
    unknown = [key for key in spec if key not in _SPEC]
    if unknown:
        raise ValueError('%s: unknown field %s' % (file, ', '.join(unknown)))
    return spec


def _value(key, values):
    if key == 'tags':
        return dict(word.partition('=')[::2] for value in values for word in [value])
    if key in _SWITCHES:
        return values[0].lower() == 'true'
    return int(values[0]) if key in _NUMBERS else values[0]


def _set(spec, path, value):
    for part in path[:-1]:
        spec = spec.setdefault(part, {})
    spec[path[-1]] = value


def _plain(text):
    if text.lower() in ('true', 'false'):
        return text.lower() == 'true'
    return int(text) if text.isdigit() else text


def _tier(priority):
    return {'Dedicated': 'dedicated', 'LowPriority': 'low_priority'}.get(priority)


def _named(**values):
    return {key: value for key, value in values.items() if value is not None}
