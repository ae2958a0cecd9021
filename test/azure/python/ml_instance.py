"""The settings of a compute instance as azure-ai-ml sends them to Resource Manager."""


def instance_settings(spec):
    """What the options or the YAML of an instance come to; raises ValueError where the SDK refuses them."""
    on_behalf = spec.get('create_on_behalf_of') or {}
    user = _named(objectId=spec.get('user_object_id') or on_behalf.get('user_object_id'), tenantId=spec.get('user_tenant_id') or on_behalf.get('user_tenant_id'))
    minutes = spec.get('idle_time_before_shutdown_minutes')
    return _named(
        vmSize=spec.get('size', 'Standard_DS3_v2'), sshSettings=_ssh(spec),
        personalComputeInstanceSettings={'assignedUser': user} if user else None,
        idleTimeBeforeShutdown='PT%dM' % minutes if minutes else spec.get('idle_time_before_shutdown'),
        schedules=_schedules(spec.get('schedules')), setupScripts=_scripts(spec.get('setup_scripts')))


def _ssh(spec):
    key = spec.get('ssh_key_value') or (spec.get('ssh_settings') or {}).get('ssh_key_value')
    access = spec.get('ssh_public_access_enabled')
    if access and not key:
        raise ValueError('ssh_key_value is required when ssh_public_access_enabled = True.')
    if not key:
        return None
    return {'sshPublicAccess': 'NotSpecified' if access is None else 'Enabled' if access else 'Disabled', 'adminPublicKey': key}


def _schedules(spec):
    if not spec:
        return None
    return {'computeStartStop': [_schedule(one) for one in _known(spec, 'compute_start_stop').get('compute_start_stop') or []]}


def _schedule(spec):
    _known(spec, 'action', 'state', 'trigger')
    trigger = _known(spec['trigger'], 'type', 'start_time', 'time_zone', 'frequency', 'interval', 'schedule', 'expression')
    if spec.get('action') not in ('start', 'stop'):
        raise ValueError("action: Value '%s' passed is not in set ['start', 'stop']" % spec.get('action'))
    when = _named(startTime=trigger.get('start_time'), timeZone=trigger.get('time_zone', 'UTC'))
    result = {'status': spec.get('state', 'enabled'), 'action': spec['action']}
    if trigger['type'] == 'cron':
        return {**result, 'triggerType': 'Cron', 'cron': {**when, 'expression': trigger['expression']}}
    pattern = _known(trigger.get('schedule') or {}, 'hours', 'minutes', 'week_days')
    pattern = _named(hours=pattern.get('hours'), minutes=pattern.get('minutes'), weekDays=pattern.get('week_days'))
    recurrence = {**when, 'frequency': trigger['frequency'], 'interval': trigger['interval'], 'schedule': pattern}
    return {**result, 'triggerType': 'Recurrence', 'recurrence': recurrence}


def _scripts(spec):
    if not spec:
        return None
    _known(spec, 'creation_script', 'startup_script')
    scripts = _named(startupScript=_script(spec.get('startup_script')), creationScript=_script(spec.get('creation_script')))
    return {'scripts': scripts}


def _script(spec):
    if not spec:
        return None
    _known(spec, 'path', 'command', 'timeout_minutes')
    # The SDK really writes Nonem where no timeout is given.
    return _named(scriptSource='workspaceStorage', scriptData=spec.get('path'), scriptArguments=spec.get('command'), timeout='%sm' % spec.get('timeout_minutes'))


def _known(spec, *keys):
    unknown = [key for key in spec if key not in keys]
    if unknown:
        raise ValueError('unknown field %s' % ', '.join(unknown))
    return spec


def _named(**values):
    return {key: value for key, value in values.items() if value is not None}
