import type { Datastream } from '@/domain/catalogue'
import type { Measured } from '@/domain/measured'
import { measureReading } from '@/domain/measureReading'
import { useNames } from '@/app/messages/locale'
import { useWall } from './wallContext'

/** The latest value of a series as it is drawn: number, digits, and the words it stands beside. */
export interface ReadingView {
  readonly of: Measured
  readonly decimals: number
  readonly title: string
  readonly thing: string
  readonly property: string
  readonly unit: string
}

export function useReading(): (stream: Datastream) => ReadingView {
  const { picture, index, now } = useWall()
  const names = useNames()
  return (stream) => {
    const property = index.property(stream.property)
    const thing = index.thing(stream.thing)
    const thingName = thing === undefined ? stream.thing : names(thing.name)
    if (property === undefined)
      return {
        of: { kind: 'absent', reason: 'noData', unit: '' },
        decimals: 0,
        title: thingName,
        thing: thingName,
        property: stream.property,
        unit: '',
      }
    const of = measureReading(picture.readings, { datastream: stream, property, worldNow: now })
    const propertyName = names(property.name)
    return {
      of,
      decimals: property.decimals,
      title: `${thingName} ${propertyName}`,
      thing: thingName,
      property: propertyName,
      unit: property.unit,
    }
  }
}
