"""Makes calls of the real `az rest` inside this process."""

import io
import json
import os
import sys
import tempfile
import time

VERSION = '2024-04-01'


class RestError(Exception):
    """az rest ended with an exit code other than 0; it has printed why."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def confirmed(call):
    """az asks before it deletes, and nobody is there to answer."""
    if '--yes' not in call.options:
        raise ValueError('Unable to prompt for confirmation as no tty available. Use --yes.')


class Rest:
    """The real az, ready to run one command line after another."""

    def __init__(self, subscription):
        from azure.cli.core import get_default_cli
        from azure.cli.core._profile import Profile
        self.cli = get_default_cli()
        self.subscription = subscription or Profile(cli_ctx=self.cli).get_subscription_id()

    def workspace(self, group, name):
        """Path of a workspace."""
        return '/subscriptions/%s/resourceGroups/%s/providers/Microsoft.MachineLearningServices/workspaces/%s' % (self.subscription, group, name)

    def call(self, method, path, body=None, query=None):
        """Makes one call and returns what Resource Manager answered."""
        url = '%s?api-version=%s%s' % (path, VERSION, ''.join('&%s=%s' % pair for pair in (query or {}).items()))
        words = ['rest', '--method', method, '--url', url, '--output', 'json']
        file = None
        if body is not None:
            handle, file = tempfile.mkstemp(suffix='.json')
            with os.fdopen(handle, 'w', encoding='utf-8') as stream:
                json.dump(body, stream)
            words += ['--body', '@' + file]
        try:
            return self._invoke(words)
        finally:
            if file:
                os.unlink(file)

    def wait(self, path, seconds=120):
        """Asks for a resource until it is done."""
        end = time.monotonic() + seconds
        while True:
            resource = self.call('get', path)
            state = resource.get('properties', {}).get('provisioningState')
            if state == 'Succeeded':
                return resource
            if state in ('Failed', 'Canceled') or time.monotonic() > end:
                sys.stderr.write('ERROR: %s ended as %s\n' % (path, state))
                raise RestError(1)
            time.sleep(0.1)

    def wait_gone(self, path, seconds=120):
        """Asks for what lies beside a resource until that one is gone."""
        above, _, name = path.rpartition('/')
        end = time.monotonic() + seconds
        while name.lower() in [one['name'].lower() for one in self.call('get', above)['value']]:
            if time.monotonic() > end:
                sys.stderr.write('ERROR: %s is still there\n' % path)
                raise RestError(1)
            time.sleep(0.1)

    def _invoke(self, words):
        out = io.StringIO()
        try:
            code = self.cli.invoke(words, out_file=out)
        except SystemExit as ended:
            code = ended.code
        if code:
            raise RestError(code)
        text = out.getvalue()
        return json.loads(text) if text.strip() else None
