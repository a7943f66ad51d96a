import { LONGEST_SHELF_MINUTES } from '@/domain/alarm'
import type { Alarm } from '@/domain/alarm'
import { epochMillis, minutes } from '@/domain/time'
import { Forbidden, InvalidInput } from '@/platform/errors'
import { authorise } from '../access/authorise'
import type { CommandContext } from './commandContext'
import { moveAlarm } from './moveAlarm'
import type { OneAlarm } from './moveAlarm'

/** For how long (minutes of the World), and why. */
export interface Shelving {
  readonly minutes: number
  readonly reason: string
}

/**
 * Takes the Alarm off the list of those that ask for an act, for a stated time and reason; then it comes back.
 * @throws Forbidden, InvalidInput, NotFound, Conflict
 */
export async function shelveAlarm(context: CommandContext, input: OneAlarm, shelving: Shelving): Promise<Alarm> {
  if (!authorise(context.actor, 'alarms.shelve')) throw new Forbidden('alarm.notYours')
  const { reason } = shelving
  if (reason.trim() === '') throw new InvalidInput('alarm.noReason')
  if (!(shelving.minutes >= 1 && shelving.minutes <= LONGEST_SHELF_MINUTES)) {
    throw new InvalidInput('alarm.shelfTooLong', { minutes: LONGEST_SHELF_MINUTES })
  }
  const until = epochMillis(context.worldTime(input.world) + minutes(shelving.minutes))
  return moveAlarm(context, input, 'shelved', { reason: reason.trim(), until })
}
