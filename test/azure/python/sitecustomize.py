"""For tests only: mends in memory what Debian's packages of az 2.45 and azure-ai-ml 1.4.0 get wrong together."""

import importlib
import importlib.abc
import importlib.util
import os
import sys
import types


def _newer_api_versions(module):
    """Debian's SDK packages lack the API versions that az 2.45 pins."""
    latest = module.AZURE_API_PROFILES['latest']
    kinds = module.ResourceType
    latest[kinds.MGMT_NETWORK] = '2022-07-01'
    compute = latest[kinds.MGMT_COMPUTE]
    compute.profile = {key: '2022-08-01' if value == '2022-11-01' else value for key, value in compute.profile.items()}


def _config_of_operations(module):
    """`az role` reads `.config` of an operation group; newer SDK packages call it `_config`."""
    for value in list(vars(module).values()):
        if isinstance(value, type) and value.__name__.endswith('Operations') and not hasattr(value, 'config'):
            value.config = property(lambda operations: operations._config)


def _less_waiting(module):
    """az looks every half second whether a write is done; the emulator is done long before."""
    module.LongRunningOperation._delay = lambda operation: module.time.sleep(0.02)


def _shorter_sleep(module):
    """az waits ten seconds between two looks at a resource provider; it imports `time` anew in each function."""
    import time
    module._update_provider = _with_short_sleep(module._update_provider, time)


def _with_short_sleep(function, time):
    def call(*words, **options):
        sleep = time.sleep
        time.sleep = lambda seconds: sleep(min(seconds, 0.05))
        try:
            return function(*words, **options)
        finally:
            time.sleep = sleep
    return call


def _quick_registration(module):
    """The SDK registers a missing resource provider by itself and looks every ten seconds."""
    sleep = module.time.sleep
    module.time = types.SimpleNamespace(sleep=lambda seconds: sleep(min(seconds, 0.05)))


def _quick_approval(module):
    """az looks every ten seconds whether the connection of a private endpoint is approved."""
    module.RETRY_INTERVAL = 0.05


_MENDS = {
    'azure.cli.command_modules.network.private_link_resource_and_endpoint_connections.resource_providers': _quick_approval,
    'azure.cli.command_modules.resource.custom': _shorter_sleep,
    'azure.cli.core.commands': _less_waiting,
    'azure.cli.core.profiles._shared': _newer_api_versions,
    'azure.mgmt.core.policies._base': _quick_registration,
}


def _mend_for(name):
    if name.startswith('azure.mgmt.authorization.v') and name.endswith('.operations'):
        return _config_of_operations
    return _MENDS.get(name)


class _UnversionedOperations(importlib.abc.Loader):
    """az looks for the operations of the network below a version; Debian's SDK package keeps them above."""

    def create_module(self, spec):
        return importlib.import_module('azure.mgmt.network.operations')

    def exec_module(self, module):
        pass


class _Mender(importlib.abc.MetaPathFinder):
    """Finds the modules that need mending and mends them right after they were loaded."""

    def find_spec(self, name, path, target=None):
        if name == 'azure.mgmt.network.v2022_07_01.operations':
            return importlib.util.spec_from_loader(name, _UnversionedOperations())
        mend = _mend_for(name)
        if mend is None:
            return None
        spec = next((found for found in (finder.find_spec(name, path, target)
                                         for finder in sys.meta_path if finder is not self) if found), None)
        if spec is not None:
            load = spec.loader.exec_module

            def load_and_mend(module):
                load(module)
                mend(module)
            spec.loader.exec_module = load_and_mend
        return spec


def _get(value, path, default=None):
    """`pydash.get` for the plain paths that azure-ai-ml asks for."""
    for part in str(path).split('.'):
        if isinstance(value, dict):
            value = value.get(part)
        else:
            value = getattr(value, part, None)
        if value is None:
            return default
    return value


def _omit(value, keys):
    """`pydash.omit`: a dictionary without some keys."""
    return {key: item for key, item in value.items() if key not in keys}


def _stand_in_for_pydash():
    pydash = types.ModuleType('pydash')
    pydash.get, pydash.omit = _get, _omit
    pydash.objects = types.SimpleNamespace(get=_get, omit=_omit)
    sys.modules['pydash'] = pydash


if os.environ.get('AZURE_TEST_MEND') == '1':
    sys.meta_path.insert(0, _Mender())
    if importlib.util.find_spec('pydash') is None:
        _stand_in_for_pydash()
