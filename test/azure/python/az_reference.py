"""Holds the words of an az call against the reference of az commands."""

import json
import os


class UsageError(Exception):
    """What az answers with exit code 2."""


class Call:
    """A call that the reference allows: the command's name and its options by their full names."""

    def __init__(self, name, options):
        self.name = name
        self.options = options

    def one(self, option):
        """The single value of an option, or None."""
        values = self.options.get(option)
        return values[0] if values else None


def read_reference():
    """The reference that AMLGUIDE_AZ_REFERENCE names."""
    default = os.path.join(os.path.dirname(os.path.dirname(os.path.realpath(__file__))), 'az-reference.json')
    with open(os.environ.get('AMLGUIDE_AZ_REFERENCE', default), encoding='utf-8') as file:
        return json.load(file)


def checked(words, reference):
    """The call that the words make; raises UsageError where az would refuse them."""
    name, rest = _command(words, reference['commands'])
    command = reference['commands'][name]
    parameters = dict(command['parameters'])
    globals_ = dict(reference.get('global_parameters', {}))
    if command.get('no_global_subscription'):
        globals_.pop('--subscription', None)
    parameters = {**globals_, **(reference.get('policy_parameters', {}) if command.get('policy_args') else {}), **parameters}
    options = _options(rest, parameters)
    _require(command, parameters, options)
    return Call(name, options)


def _command(words, commands):
    plain = []
    for word in words:
        if word.startswith('-'):
            break
        plain.append(word)
    for length in range(len(plain), 0, -1):
        name = ' '.join(plain[:length])
        if name in commands:
            return name, words[length:]
    raise UsageError("'%s' is misspelled or not recognized by the system." % ' '.join(plain))


def _options(words, parameters):
    names = {spelling: name for name, parameter in parameters.items() for spelling in [name, *parameter.get('aliases', [])]}
    given, current = [], None
    for word in words:
        spelling, equals, value = word.partition('=') if word.startswith('--') else (word, '', '')
        if spelling in names:
            current = [value] if equals else []
            given.append((names[spelling], current))
        elif current is None or (word.startswith('-') and not _takes_dash(word)):
            raise UsageError('unrecognized arguments: %s' % word)
        else:
            current.append(word)
    options = {}
    for name, values in given:
        _check_values(name, parameters[name], values)
        options[name] = [*options.get(name, []), *values] if parameters[name].get('repeatable') else values
    return options


def _takes_dash(word):
    return word[1:].replace('.', '', 1).isdigit() or ' ' in word


def _check_values(name, parameter, values):
    takes = parameter.get('takes_value')
    spelled = '/'.join([name, *parameter.get('aliases', [])])
    if takes is False and values:
        raise UsageError('unrecognized arguments: %s' % ' '.join(values))
    if takes is True and len(values) != 1:
        raise UsageError('argument %s: expected one argument' % spelled if not values else 'unrecognized arguments: %s' % ' '.join(values[1:]))
    if takes == 'optional' and len(values) > 1:
        raise UsageError('unrecognized arguments: %s' % ' '.join(values[1:]))
    if takes == 'many' and len(values) < parameter.get('min_values', 0):
        raise UsageError('argument %s: expected at least one argument' % spelled)
    accepted = parameter.get('values')
    for value in values if accepted else []:
        same = (lambda text: text) if parameter.get('case_sensitive') else str.lower
        if same(value) not in [same(item) for item in accepted]:
            raise UsageError("argument %s: invalid choice: '%s'; allowed values: %s" % (spelled, value, ', '.join(accepted)))


def _require(command, parameters, options):
    missing = ['/'.join([name, *parameter.get('aliases', [])]) for name, parameter in parameters.items()
               if parameter.get('required') and name not in options
               and not ('--ids' in options and parameter.get('id_part'))]
    if missing:
        raise UsageError('the following arguments are required: %s' % ', '.join(missing))
    sets = command.get('require_any') or []
    if sets and not any(all(option in options for option in wanted) for wanted in sets):
        raise UsageError('the following arguments are required: %s' % ' or '.join(' '.join(wanted) for wanted in sets))
    for rule in command.get('require_if') or []:
        lacking = [option for option in rule['needs'] if option not in options]
        if lacking and [value.lower() for value in options.get(rule['option'], [])] == [rule['value'].lower()]:
            raise UsageError('the following arguments are required with %s %s: %s' % (rule['option'], rule['value'], ', '.join(lacking)))
