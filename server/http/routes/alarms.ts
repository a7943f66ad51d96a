import { Alarm } from '@/domain/alarm'
import { Uuid } from '@/domain/ids'
import { acknowledgeAlarm } from '@/server/command/acknowledgeAlarm'
import { NotSignedIn } from '@/server/access/refusals'
import type { HttpParts } from '../parts'
import { defineRoute } from '../route'
import type { Route } from '../route'
import { worldIn } from './worlds'

export function alarmRoutes(parts: HttpParts): Route[] {
  const { postgres, clock, catalogue } = parts
  return [
    defineRoute({
      method: 'POST',
      path: '/api/worlds/:world/alarms/:alarm/acknowledge',
      action: 'alarms.acknowledge',
      summary: 'Say that the alarm was seen and is seen to.',
      answer: Alarm,
      async handle({ params, caller: { actor } }) {
        if (actor === null) throw new NotSignedIn('access.signInFirst')
        const context = { actor, postgres, clock, worldTime: catalogue.worldTime.bind(catalogue) }
        return acknowledgeAlarm(context, { world: worldIn(parts, params).no, id: Uuid.parse(params['alarm']) })
      },
    }),
  ]
}
