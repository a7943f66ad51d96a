import type { Alarm } from '@/domain/alarm'
import type { World } from '@/domain/world'

/** Where an act on an Alarm is sent. */
export const alarmPath = (world: World, alarm: Alarm, verb: 'acknowledge' | 'shelve' | 'unshelve' | 'clear'): string =>
  `/api/worlds/${encodeURIComponent(world.key)}/alarms/${alarm.id}/${verb}`
