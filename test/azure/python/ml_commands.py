"""What the commands of the ml extension mean, said with calls of Resource Manager."""

import connectedk8s
import databricks_workspace
import k8s_extension
import ml_attach
import ml_workspace
from az_rest import confirmed
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
    confirmed(call)
    rest.call('delete', _path(call, rest), query={'underlyingResourceAction': 'Delete'})
    if '--no-wait' not in call.options:
        rest.wait_gone(_path(call, rest))


def act(action):
    """az ml compute start, stop, restart"""
    return lambda call, rest: rest.call('post', '%s/%s' % (_path(call, rest), action))


COMMANDS = {
    'ml compute create': create,
    'ml compute update': update,
    'ml compute show': show,
    'ml compute list': list_all,
    'ml compute delete': delete,
    'ml compute attach': ml_attach.attach,
    'ml compute detach': ml_attach.detach,
    'ml compute start': act('start'),
    'ml compute stop': act('stop'),
    'ml compute restart': act('restart'),
    **connectedk8s.COMMANDS,
    **k8s_extension.COMMANDS,
    **ml_workspace.COMMANDS,
    **databricks_workspace.COMMANDS,
}
