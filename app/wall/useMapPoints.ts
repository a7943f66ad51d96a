import { minutes } from '@/domain/time'
import { useEffect, useRef, useState } from 'react'
import type { MapPoints } from '@/app/map2d/drawPoints'
import { ALARM_RADIUS, ruptureRadius } from '@/app/layers/ringLayers'
import type { Ring } from '@/app/layers/ringLayers'
import type { OpenAlarm } from '@/app/situation/occurrences'
import { placedThings } from '@/app/situation/sensors'
import { placedMovers, Trails } from '@/app/situation/trails'
import type { Wall } from './wallContext'
import { useWall } from './wallContext'

const NO_TRAILS = new Trails()

/** What stands on the map. The same object as long as nothing of it moved: a still city is not drawn again. */
export function useMapPoints(alarms: readonly OpenAlarm[], selected: string | undefined): MapPoints {
  const wall = useWall()
  const { client, picture, index, now, asOf } = wall
  const trails = useRef(NO_TRAILS)
  useEffect(() => {
    trails.current = new Trails()
    return client.onPresented(({ movers }) => trails.current.take(client.picture.movers, movers))
  }, [client])
  const sensors = placedThings(index, picture.readings, now)
  // A trail is what this screen presented: a past picture has none.
  const movers = placedMovers(picture.movers, asOf === undefined ? trails.current : NO_TRAILS, index, now)
  const points: MapPoints = {
    sensors,
    movers,
    rings: alarmRingsOf(wall, alarms),
    reports: reportRingsOf(wall),
    selected: sensors.filter(({ key }) => key === selected).map(({ position }) => ({ position, firm: true })),
  }
  const { reports, ...rest } = points
  const said = JSON.stringify([rest, reports.length, reports.at(0)?.key, reports.at(-1)?.key])
  const [held, setHeld] = useState({ said, points })
  if (held.said === said) return held.points
  setHeld({ said, points })
  return points
}

function alarmRingsOf({ index }: Wall, alarms: readonly OpenAlarm[]): Ring[] {
  return alarms.flatMap(({ alarm, stream }) => {
    const thing = stream === undefined ? undefined : index.thing(stream.thing)
    if (thing?.longitude === undefined || thing.latitude === undefined) return []
    const position = [thing.longitude, thing.latitude] as const
    return [{ key: thing.key, position, radius: ALARM_RADIUS, urgency: alarm.level }]
  })
}

/** What has no size of its own, such as a call, stands on the map for so long. */
const SIZELESS_FOR = minutes(30)

function reportRingsOf({ picture, now }: Wall): Ring[] {
  return [...picture.reports.values()].flatMap(({ id, longitude, latitude, magnitude, phenomenonTime }) => {
    const recent = magnitude !== undefined || now - phenomenonTime < SIZELESS_FOR
    const seen = longitude !== undefined && latitude !== undefined && phenomenonTime <= now && recent
    return seen
      ? [
          {
            key: id,
            position: [longitude, latitude] as const,
            radius: ruptureRadius(magnitude ?? 0),
            urgency: magnitude === undefined ? -1 : 0,
          },
        ]
      : []
  })
}
