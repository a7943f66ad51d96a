import { Alarm } from '@/domain/alarm'
import { ClearAlarm, ShelveAlarm } from '@/domain/api/alarms'
import { Uuid } from '@/domain/ids'
import { acknowledgeAlarm } from '@/server/command/acknowledgeAlarm'
import { closeAlarm } from '@/server/command/closeAlarm'
import type { CommandContext } from '@/server/command/commandContext'
import type { OneAlarm } from '@/server/command/moveAlarm'
import { shelveAlarm } from '@/server/command/shelveAlarm'
import { unshelveAlarm } from '@/server/command/unshelveAlarm'
import type { Caller } from '../caller'
import { commandContextOf } from '../commandContextOf'
import type { HttpParts } from '../parts'
import { defineRoute } from '../route'
import type { Route } from '../route'
import { worldIn } from './worlds'

const ALARM = '/api/worlds/:world/alarms/:alarm'

export function alarmRoutes(parts: HttpParts): Route[] {
  const contextOf = (caller: Caller): CommandContext => commandContextOf(parts, caller)
  const alarmIn = (params: Readonly<Record<string, string>>): OneAlarm => ({
    world: worldIn(parts, params).no,
    id: Uuid.parse(params['alarm']),
  })
  return [
    defineRoute({
      method: 'POST',
      path: `${ALARM}/acknowledge`,
      action: 'alarms.acknowledge',
      summary: 'Say that the alarm was seen and is seen to.',
      answer: Alarm,
      handle: ({ params, caller }) => acknowledgeAlarm(contextOf(caller), alarmIn(params)),
    }),
    defineRoute({
      method: 'POST',
      path: `${ALARM}/shelve`,
      action: 'alarms.shelve',
      summary: 'Take the alarm off the list for a stated time and reason; then it comes back by itself.',
      body: ShelveAlarm,
      answer: Alarm,
      handle: ({ params, body, caller }) => shelveAlarm(contextOf(caller), alarmIn(params), body),
    }),
    defineRoute({
      method: 'POST',
      path: `${ALARM}/unshelve`,
      action: 'alarms.shelve',
      summary: 'Bring a shelved alarm back before its time.',
      answer: Alarm,
      handle: ({ params, caller }) => unshelveAlarm(contextOf(caller), alarmIn(params)),
    }),
    defineRoute({
      method: 'POST',
      path: `${ALARM}/clear`,
      action: 'alarms.clear',
      summary: 'Clear the alarm by a person’s word, with its reason; the next crossing raises a new one.',
      body: ClearAlarm,
      answer: Alarm,
      handle: ({ params, body, caller }) => closeAlarm(contextOf(caller), alarmIn(params), body.reason),
    }),
  ]
}
