import type { Alarm } from '@/domain/alarm'
import { Forbidden, InvalidInput } from '@/platform/errors'
import { authorise } from '../access/authorise'
import type { CommandContext } from './commandContext'
import { moveAlarm } from './moveAlarm'
import type { OneAlarm } from './moveAlarm'

/**
 * Clears an Alarm by a person's word, though its detector may still see the condition: a false one, or one whose
 * instrument is out of use. The same crossing raises it no more; the next one does.
 * @throws Forbidden, InvalidInput, NotFound, Conflict
 */
export async function closeAlarm(context: CommandContext, input: OneAlarm, reason: string): Promise<Alarm> {
  if (!authorise(context.actor, 'alarms.clear')) throw new Forbidden('alarm.notYours')
  if (reason.trim() === '') throw new InvalidInput('alarm.noReason')
  return moveAlarm(context, input, 'cleared', { reason: reason.trim() })
}
