import type { Alarm } from '@/domain/alarm'
import { Forbidden } from '@/platform/errors'
import { authorise } from '../access/authorise'
import type { CommandContext } from './commandContext'
import { moveAlarm } from './moveAlarm'
import type { OneAlarm } from './moveAlarm'

/** Takes the Alarm off the list of those that ask for an act; it stays on the list of the shelved. @throws Forbidden, NotFound, Conflict */
export async function shelveAlarm(context: CommandContext, input: OneAlarm): Promise<Alarm> {
  if (!authorise(context.actor, 'alarms.acknowledge')) throw new Forbidden('alarm.notYours')
  return moveAlarm(context, input, 'shelved')
}
