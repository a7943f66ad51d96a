import type { Catalogue, Datastream, Thing } from '@/domain/catalogue'
import { RowState } from '@/domain/fold/columns'
import type { ReadingColumns } from '@/domain/fold/columns'
import { Quality } from '@/domain/quality'
import type { RoadReadings } from '@/domain/roads/roadReadings'

/** Values that a check doubts say nothing about a road: a lying detector would close it. */
const DOUBTED =
  Quality.outOfRange |
  Quality.rateOfChange |
  Quality.stuck |
  Quality.neighbour |
  Quality.future |
  Quality.estimated |
  Quality.suspect

const SPEED = new Map([
  ['km/h', 1],
  ['m/s', 3.6],
])
const DEPTH = new Map([
  ['m', 1],
  ['cm', 0.01],
  ['mm', 0.001],
])

/**
 * What the instruments of a World say about its roads at `now` (World time): `speed` and `water-depth` of Things with a
 * place, fresh, undoubted and open to everybody.
 */
export function readingsOfWorld(
  { things, properties, datastreams }: Pick<Catalogue, 'things' | 'properties' | 'datastreams'>,
  readings: ReadingColumns,
  now: number,
): RoadReadings {
  const unitOf = new Map(properties.map(({ key, unit }) => [key, unit]))
  const placeOf = new Map(things.map((thing) => [thing.key, placeOfThing(thing)]))
  const speeds: RoadReadings['speeds'][number][] = []
  const depths: RoadReadings['depths'][number][] = []
  for (const stream of datastreams) {
    const place = placeOf.get(stream.thing)
    const unit = unitOf.get(stream.property) ?? ''
    const value = valueOf(stream, readings, now)
    if (place === undefined || value === undefined) continue
    const [perSpeed, perDepth] = [SPEED.get(unit), DEPTH.get(unit)]
    if (stream.property === 'speed' && perSpeed !== undefined) speeds.push({ place, kmh: value * perSpeed })
    if (stream.property === 'water-depth' && perDepth !== undefined) depths.push({ place, metres: value * perDepth })
  }
  return { speeds, depths }
}

function valueOf(
  { no, masked, staleAfterSeconds }: Datastream,
  readings: ReadingColumns,
  now: number,
): number | undefined {
  if (masked || no >= readings.length || readings.state[no] !== RowState.fresh) return undefined
  const age = now - readings.phenomenonTime[no]!
  if (age > staleAfterSeconds * 1000 || (readings.quality[no]! & DOUBTED) !== 0) return undefined
  return readings.value[no]!
}

const placeOfThing = ({ longitude, latitude }: Thing): readonly [number, number] | undefined =>
  longitude === undefined || latitude === undefined ? undefined : [longitude, latitude]
