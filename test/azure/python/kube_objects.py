"""Objects of the loopback Kubernetes cluster, as agents of Azure make them there."""

import json
import os
import urllib.error
import urllib.request


def cluster_of(context=None):
    """The address of the API server behind a context of the kubeconfig; behind any one if none is given."""
    import yaml
    file = os.environ.get('KUBECONFIG') or os.path.join(os.path.expanduser('~'), '.kube', 'config')
    try:
        with open(file, encoding='utf-8') as stream:
            config = yaml.safe_load(stream)
    except FileNotFoundError as error:
        raise ValueError('Problem loading the kubeconfig file.%s' % error) from error
    found = [one['context'] for one in config['contexts'] if context in (None, one['name'])]
    if not found:
        raise ValueError('Problem loading the kubeconfig file.Invalid kube-config file. Expected object with name %s in contexts list' % context)
    return next(one['cluster']['server'] for one in config['clusters'] if one['name'] == found[0]['cluster'])


def get(cluster, path):
    """An object, or None."""
    try:
        return _call(cluster, path, 'GET', None)
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return None
        raise


def make(cluster, path, body):
    """Makes an object unless it is there."""
    try:
        _call(cluster, path, 'POST', body)
    except urllib.error.HTTPError as error:
        if error.code != 409:
            raise


def drop(cluster, path):
    """Takes an object away, if it is there."""
    try:
        _call(cluster, path, 'DELETE', None)
    except urllib.error.HTTPError as error:
        if error.code != 404:
            raise


def _call(cluster, path, method, body):
    request = urllib.request.Request('%s/%s' % (cluster, path), method=method, data=None if body is None else json.dumps(body).encode(),
                                     headers={'Content-Type': 'application/json'})
    # The cluster is on this machine; a proxy has no business there.
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=20) as answer:
        return json.load(answer)
