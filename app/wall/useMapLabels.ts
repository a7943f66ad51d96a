'use client'

import { useMemo } from 'react'
import { useLocale } from 'use-intl'
import type { Sketch, SketchFeature } from '@/domain/api/sketch'
import type { Locale } from '@/domain/ids'
import { useNames } from '@/app/messages/locale'
import type { OpenAlarm } from '@/app/situation/occurrences'
import type { MapLabel } from './mapLabels'
import { LABEL_RANK } from './mapLabels'
import { mainStream } from './ThingPanel'
import { useReading } from './useReading'
import { useWall } from './wallContext'

/** At most so many pins; more are counted by the list. */
export const MOST_PINS = 9
/** A map says a few things well; the others are dots that a click opens. */
export const MOST_PLATES = 18
/** A figure with its unit and mark, characters. */
const FIGURE = 9

/** All that the map would like to say: pins, names of the plan, plates of gauges. */
export function useMapLabels(sketch: Sketch | undefined, alarms: readonly OpenAlarm[]): readonly MapLabel[] {
  const locale = useLocale()
  const places = useMemo(() => namesOfPlan(sketch, locale), [sketch, locale])
  const pins = usePins(alarms)
  const plates = usePlates(pins)
  return [...pins, ...places, ...plates]
}

function usePins(alarms: readonly OpenAlarm[]): MapLabel[] {
  const { index } = useWall()
  const reading = useReading()
  return alarms.slice(0, MOST_PINS).flatMap((open, i): MapLabel[] => {
    const { stream } = open
    const thing = stream === undefined ? undefined : index.thing(stream.thing)
    if (stream === undefined || thing?.longitude === undefined || thing.latitude === undefined) return []
    const position = [thing.longitude, thing.latitude] as const
    const rank = LABEL_RANK.alarm + i / 100
    const text = reading(stream).thing
    return [
      { key: `alarm ${open.alarm.id}`, kind: 'alarm', position, rank, text, stream, alarm: open, figureLength: FIGURE },
    ]
  })
}

function usePlates(pins: readonly MapLabel[]): MapLabel[] {
  const { index } = useWall()
  const names = useNames()
  const pinned = new Set(pins.map(({ stream }) => stream?.thing))
  const plates = index.catalogue.things.flatMap((thing): MapLabel[] => {
    const stream = mainStream(index.streamsOf(thing.key))
    if (stream === undefined || thing.longitude === undefined || thing.latitude === undefined || pinned.has(thing.key))
      return []
    const position = [thing.longitude, thing.latitude] as const
    const rank = (stream.thresholds.length > 0 ? LABEL_RANK.limited : LABEL_RANK.plain) + stream.no / 1e6
    return [
      {
        key: `thing ${thing.key}`,
        kind: 'sensor',
        position,
        rank,
        text: names(thing.name),
        stream,
        alarm: undefined,
        figureLength: FIGURE,
      },
    ]
  })
  return plates.sort((a, b) => a.rank - b.rank).slice(0, MOST_PLATES)
}

const NAMED = ['water', 'district', 'road'] as const
type NamedClass = (typeof NAMED)[number]

function namesOfPlan(sketch: Sketch | undefined, locale: Locale): MapLabel[] {
  return (sketch?.features ?? []).flatMap(({ properties, geometry }): MapLabel[] => {
    const kind = NAMED.find((candidate): candidate is NamedClass => candidate === properties.class)
    if (kind === undefined || properties.name === undefined) return []
    const rank = LABEL_RANK[kind] + (properties.grade === 'ring' ? -1 : 0)
    const text = properties.name[locale]
    return [
      {
        key: `name ${properties.key}`,
        kind,
        position: middleOf(geometry),
        rank,
        text,
        stream: undefined,
        alarm: undefined,
        figureLength: 0,
      },
    ]
  })
}

/** Where a name is written: half way along a line, at the middle of an area. Degrees. */
function middleOf(geometry: SketchFeature['geometry']): readonly [number, number] {
  if (geometry.type === 'Point') return [geometry.coordinates[0], geometry.coordinates[1]]
  if (geometry.type === 'LineString') {
    const middle = geometry.coordinates[Math.floor(geometry.coordinates.length / 2)]
    return middle === undefined ? [0, 0] : [middle[0], middle[1]]
  }
  const ring = geometry.coordinates[0] ?? []
  const sum = ring.reduce<[number, number]>(
    ([x, y], [longitude, latitude]) => [x + longitude, y + latitude] as [number, number],
    [0, 0],
  )
  return [sum[0] / Math.max(1, ring.length), sum[1] / Math.max(1, ring.length)]
}
