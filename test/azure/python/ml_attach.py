"""Attaching what exists already to a workspace, and taking it out again."""

import os

from az_rest import confirmed
from ml_compute import body_of, shown, spec_of


def attach(call, rest):
    """az ml compute attach"""
    spec = spec_of(call)
    kind = str(spec['type']).lower()
    if kind not in ('kubernetes', 'virtualmachine'):
        raise ValueError('the stand-in does not attach computes of type %s yet' % spec['type'])
    if not spec.get('resource_id'):
        raise ValueError('resource_id of the compute is required')
    workspace = rest.call('get', rest.workspace(call.one('--resource-group'), call.one('--workspace-name')))
    path = '%s/computes/%s' % (workspace['id'], spec['name'])
    body = body_of(spec, workspace) if kind == 'kubernetes' else {'location': workspace['location'], 'properties': _machine(call)}
    rest.call('put', path, body)
    if '--no-wait' in call.options:
        return None
    compute = rest.wait(path)
    return {**shown(compute), 'resource_id': compute['properties'].get('resourceId'), 'namespace': compute['properties']['properties'].get('namespace')}


def detach(call, rest):
    """az ml compute detach: the resource behind it stays"""
    path = '%s/computes/%s' % (rest.workspace(call.one('--resource-group'), call.one('--workspace-name')), call.one('--name'))
    confirmed(call)
    rest.call('delete', path, query={'underlyingResourceAction': 'Detach'})
    if '--no-wait' not in call.options:
        rest.wait_gone(path)


def _machine(call):
    password, key_file = call.one('--admin-password'), call.one('--ssh-private-key-file')
    if not (password or key_file):
        raise ValueError('--admin-password or --ssh-private-key-file is required')
    account = {'username': call.one('--admin-username'), 'password': password, 'privateKeyData': _read(key_file) if key_file else None}
    settings = {'sshPort': int(call.one('--ssh-port') or 22), 'administratorAccount': {key: value for key, value in account.items() if value}}
    return {'computeType': 'VirtualMachine', 'resourceId': call.one('--resource-id'), 'properties': settings}


def _read(path):
    """The extension reads the path as it stands, so ~ means nothing to it; tests keep absolute paths below a folder of theirs."""
    if path.startswith('~'):
        raise ValueError("[Errno 2] No such file or directory: '%s'" % path)
    files = os.environ.get('AMLGUIDE_FILES', '')
    with open(path if path.startswith(files) else files + path, encoding='utf-8') as file:
        return file.read()
