import { type JsonObject, listOf, objectOf, propertiesOf, textOf } from './json.ts';
import type { Write } from './kind.ts';
import { type Refusal, refusal } from './refusal.ts';

/** What Azure refuses about the settings of a compute instance; the limits are known from the documents, the wording is ours. */
export function refuseInstance({ body, before }: Write): Refusal | undefined {
  if (textOf(propertiesOf(body).computeType) !== 'ComputeInstance') return undefined;
  const settings = settingsOf(body);
  return refuseSsh(settings, before && settingsOf(before)) ?? refuseIdle(settings) ?? refuseSchedules(settings) ?? refuseScripts(settings);
}

function settingsOf(compute: JsonObject): JsonObject {
  return objectOf(propertiesOf(compute).properties);
}

function refuseSsh(settings: JsonObject, before: JsonObject | undefined): Refusal | undefined {
  const ssh = objectOf(settings.sshSettings);
  const enabled = textOf(ssh.sshPublicAccess) === 'Enabled';
  if (enabled && !/^(?:ssh|ecdsa|sk)-\S+ \S+/.test(textOf(ssh.adminPublicKey)))
    return refusal(400, 'BadRequest', 'The admin public key of the compute instance is missing or is no SSH public key.');
  const was = before && textOf(objectOf(before.sshSettings).sshPublicAccess) === 'Enabled';
  return was === undefined || was === enabled
    ? undefined
    : refusal(400, 'BadRequest', 'SSH access of an existing compute instance cannot be changed.');
}

/** Why Azure does not take an idle time, if so. */
export function refuseIdle({ idleTimeBeforeShutdown }: JsonObject): Refusal | undefined {
  if (idleTimeBeforeShutdown === undefined || idleTimeBeforeShutdown === null) return undefined;
  const [found, days = '0', hours = '0', minutes = '0'] =
    /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(textOf(idleTimeBeforeShutdown)) ?? [];
  const total = Number(days) * 1440 + Number(hours) * 60 + Number(minutes);
  return found !== undefined && total >= 15 && total <= 4320
    ? undefined
    : refusal(400, 'BadRequest', 'IdleTimeBeforeShutdown must be between 15 minutes and 3 days.');
}

function refuseSchedules(settings: JsonObject): Refusal | undefined {
  const schedules = listOf(objectOf(settings.schedules).computeStartStop).map(objectOf);
  if (schedules.length > 4) return refusal(400, 'BadRequest', 'A compute instance takes at most four schedules.');
  return schedules.map(refuseSchedule).find((one) => one !== undefined);
}

function refuseSchedule(schedule: JsonObject): Refusal | undefined {
  if (!/^(?:start|stop)$/i.test(textOf(schedule.action))) return refusal(400, 'BadRequest', 'A schedule must start or stop the instance.');
  const pattern = objectOf(objectOf(schedule.recurrence).schedule);
  const within = (list: JsonObject[string] | undefined, most: number) =>
    listOf(list).every((one) => typeof one === 'number' && Number.isInteger(one) && one >= 0 && one <= most);
  const days = /^(?:mon|tues|wednes|thurs|fri|satur|sun)day$/i;
  return within(pattern.hours, 23) && within(pattern.minutes, 59) && listOf(pattern.weekDays).every((day) => days.test(textOf(day)))
    ? undefined
    : refusal(400, 'BadRequest', 'The recurrence of a schedule is invalid.');
}

function refuseScripts(settings: JsonObject): Refusal | undefined {
  const scripts = Object.values(objectOf(objectOf(settings.setupScripts).scripts)).map(objectOf);
  const wrong = scripts.some(({ scriptData, timeout }) => textOf(scriptData) === '' || !/^\d+(?:\.\d+)?[smhd]?$/.test(textOf(timeout)));
  return wrong ? refusal(400, 'BadRequest', 'A setup script needs its path in the workspace storage and a valid timeout.') : undefined;
}
