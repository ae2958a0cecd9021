"""Acts out a command of an az extension: checks its words, then puts what it means with the real `az rest`."""

import sys

from az_reference import UsageError, checked, read_reference


def main(words):
    from azure.cli.core.commands import _expand_file_prefixed_files
    try:
        # az itself puts the content of a file in the place of @path.
        call = checked(_expand_file_prefixed_files(words), read_reference())
    except UsageError as error:
        sys.stderr.write('ERROR: %s\n' % error)
        return 2
    if '--help' in call.options:
        return 0
    from ml_commands import COMMANDS
    command = COMMANDS.get(call.name)
    if command is None:
        sys.stderr.write('ERROR: the stand-in does not act out az %s yet\n' % call.name)
        return 70
    from az_rest import Rest, RestError
    rest = Rest(call.one('--subscription'))
    try:
        result = command(call, rest)
    except RestError as error:
        return error.code
    except ValueError as error:
        sys.stderr.write('ERROR: %s\n' % error)
        return 1
    show(result, call, rest.cli)
    return 0


def show(result, call, cli):
    """Prints as az prints."""
    if result is None:
        return
    from knack.output import OutputProducer
    from knack.util import CommandResultItem
    import jmespath
    query = call.one('--query')
    if query:
        result = jmespath.search(query, result)
    producer = OutputProducer(cli_ctx=cli)
    name = call.one('--output') or cli.config.get('core', 'output', fallback='json')
    producer.out(CommandResultItem(result, is_query_active=bool(query)), formatter=producer.get_formatter(name), out_file=sys.stdout)


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
