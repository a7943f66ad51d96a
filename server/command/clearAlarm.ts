import type { Alarm } from '@/domain/alarm'
import { Forbidden } from '@/platform/errors'
import type { CommandContext } from './commandContext'
import { moveAlarm } from './moveAlarm'
import type { OneAlarm } from './moveAlarm'

/** The condition no longer holds: only the detector that raised the Alarm knows. @throws Forbidden, NotFound, Conflict */
export async function clearAlarm(context: CommandContext, input: OneAlarm): Promise<Alarm> {
  if (context.actor.kind !== 'system') throw new Forbidden('alarm.clearedByDetectorsOnly')
  return moveAlarm(context, input, 'cleared')
}
