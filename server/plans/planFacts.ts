import type { Alarm } from '@/domain/alarm'
import type { PictureStore } from '@/domain/fold/picture'
import { INCIDENT_TYPES } from '@/domain/incident/incidentTypes'
import type { PlanFacts } from '@/domain/plan/triggers'
import type { Report } from '@/domain/report'
import type { EpochMillis } from '@/domain/time'

/** Key of the property that a Datastream observes. */
export type PropertyOf = (stream: number) => string | undefined

/** What the triggers of plans see of a picture. */
export function planFacts(
  picture: Pick<PictureStore, 'alarms' | 'incidents' | 'reports'>,
  propertyOf: PropertyOf,
  at: EpochMillis,
): PlanFacts {
  return {
    at,
    alarms: [...picture.alarms.values()].flatMap((alarm) => alarmFact(alarm, propertyOf)),
    warnings: [...picture.reports.values()].flatMap((report) => warningFact(report, at)),
    incidents: [...picture.incidents.values()],
  }
}

function alarmFact({ stream, level, raisedAt, state }: Alarm, propertyOf: PropertyOf): PlanFacts['alarms'] {
  const property = stream === undefined ? undefined : propertyOf(stream)
  return property === undefined || state === 'cleared' ? [] : [{ property, level, since: raisedAt }]
}

/** A warning that is in force. Its event's name decides the type: feeds mix the namespaces of the codes. */
function warningFact({ title, properties, phenomenonTime }: Report, at: EpochMillis): PlanFacts['warnings'] {
  const { colour, msgType, expires } = properties
  if (typeof colour !== 'string' || msgType === 'Cancel' || phenomenonTime > at) return []
  if (typeof expires === 'string' && Date.parse(expires) <= at) return []
  const name = typeof properties['event'] === 'string' ? properties['event'] : title['zh-CN']
  const type = INCIDENT_TYPES.find((one) => name.includes(one.name['zh-CN']))
  return type === undefined ? [] : [{ type: type.code, colour, title: title['zh-CN'] }]
}
