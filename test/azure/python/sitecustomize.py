"""For tests only: mends in memory what Debian's packages of az 2.45 and azure-ai-ml 1.4.0 get wrong together."""

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


def _mend_for(name):
    if name == 'azure.cli.core.commands':
        return _less_waiting
    if name == 'azure.cli.core.profiles._shared':
        return _newer_api_versions
    if name.startswith('azure.mgmt.authorization.v') and name.endswith('.operations'):
        return _config_of_operations
    return None


class _Mender(importlib.abc.MetaPathFinder):
    """Finds the modules that need mending and mends them right after they were loaded."""

    def find_spec(self, name, path, target=None):
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
