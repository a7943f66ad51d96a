'use client'

import { useMemo } from 'react'
import { useLocale } from 'use-intl'
import type { Sketch, SketchFeature } from '@/domain/api/sketch'
import { reportsOfDay } from '@/domain/countOccurrences'
import type { Locale } from '@/domain/ids'
import { measureReport } from '@/domain/measureReading'
import type { GroundName } from '@/app/scene/city/ground/groundAnswer'
import { useNames } from '@/app/messages/locale'
import type { OpenAlarm } from '@/app/situation/occurrences'
import { trackStates } from '@/app/situation/trackStates'
import type { MapLabel } from './mapLabels'
import { LABEL_RANK } from './mapLabels'
import { mainStream } from './ThingPanel'
import { useReading } from './useReading'
import { useWall } from './wallContext'

/** At most so many pins; more are counted by the list. */
export const MOST_PINS = 9
/** A map says a few things well; the others are dots that a click opens. */
export const MOST_PLATES = 18
const MOST_NAMED_MOVERS = 12
const MOST_NAMED_REPORTS = 20
/** A figure with its unit and mark, characters. */
const FIGURE = 9

/** All that the map would like to say: pins, names of the plan, plates of gauges. */
export function useMapLabels(
  sketch: Sketch | undefined,
  names: readonly GroundName[],
  alarms: readonly OpenAlarm[],
): readonly MapLabel[] {
  const locale = useLocale()
  const places = useMemo(() => [...namesOfPlan(sketch, locale), ...namesOfCity(names, locale)], [sketch, names, locale])
  const pins = usePins(alarms)
  const plates = usePlates(pins)
  const others = useOccurrencePlates()
  return [...pins, ...places, ...plates, ...others]
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

/** Movers of a World that has few of them, and the strongest reports of the day. */
function useOccurrencePlates(): MapLabel[] {
  const { index, picture, now } = useWall()
  const names = useNames()
  const common = { kind: 'sensor', stream: undefined, alarm: undefined, figureLength: FIGURE } as const
  const { tracks, datastreams } = index.catalogue
  const movers = datastreams.length > 0 || tracks.length > MOST_NAMED_MOVERS ? [] : tracks
  const plates = trackStates(picture.movers, movers, now).flatMap(({ track, standing, speed }, i): MapLabel[] => {
    if (standing === 'silent' || standing === 'never') return []
    const position = [picture.movers.longitude[track.no]!, picture.movers.latitude[track.no]!] as const
    const rank = LABEL_RANK.occurrence + i / 100
    const figure = { of: speed, decimals: 0 }
    return [{ ...common, key: `mover ${track.key}`, position, rank, text: names(track.name), figure }]
  })
  const strongest = reportsOfDay([...picture.reports.values()], now)
    .filter(({ magnitude }) => magnitude !== undefined)
    .sort((a, b) => b.magnitude! - a.magnitude! || b.phenomenonTime - a.phenomenonTime)
    .slice(0, MOST_NAMED_REPORTS)
  const reports = strongest.flatMap((report, i): MapLabel[] => {
    if (report.longitude === undefined || report.latitude === undefined) return []
    const position = [report.longitude, report.latitude] as const
    const rank = LABEL_RANK.occurrence + i / 100
    const figure = { of: measureReport(report), decimals: 1 }
    return [{ ...common, key: `report ${report.id}`, position, rank, text: names(report.title), figure }]
  })
  return [...plates, ...reports]
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

const KIND_OF: Readonly<Record<string, NamedClass>> = {
  district: 'district',
  street: 'district',
  road: 'road',
  water: 'water',
}

/** Names of the city's own ground; streets of a district come after its roads, by their rank. */
function namesOfCity(names: readonly GroundName[], locale: Locale): MapLabel[] {
  return names.flatMap(({ kind, zh, en, longitude, latitude, rank }): MapLabel[] => {
    const named = KIND_OF[kind]
    if (named === undefined) return []
    return [
      {
        key: `name ${kind} ${zh} ${Math.round(longitude * 1e4)} ${Math.round(latitude * 1e4)}`,
        kind: named,
        position: [longitude, latitude],
        rank: LABEL_RANK[named] + rank / 10,
        text: locale === 'zh-CN' ? zh : en,
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
