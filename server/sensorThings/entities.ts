import type { Catalogue, Datastream, FeedEntry, ObservedProperty, Thing } from '@/domain/catalogue'

/** The entity sets that are read from the catalogue; Observations come from the store. */
export const SETS = [
  'Things',
  'Locations',
  'HistoricalLocations',
  'Datastreams',
  'Sensors',
  'ObservedProperties',
  'FeaturesOfInterest',
] as const
export type SetName = (typeof SETS)[number]

/** One entity: its properties, and where its navigation leads; one that is a list may be empty. */
export interface Entity {
  readonly set: SetName | 'Observations'
  readonly id: string | number
  readonly own: Readonly<Record<string, unknown>>
  readonly links: Readonly<Record<string, () => Entity | readonly Entity[] | undefined>>
  /** Streams whose Observations belong to it. */
  readonly streams?: () => readonly Datastream[]
}

/** Navigation that leads to one entity, and the set it is of. */
export const SINGLE: Readonly<Record<string, SetName>> = {
  Thing: 'Things',
  Sensor: 'Sensors',
  ObservedProperty: 'ObservedProperties',
  Datastream: 'Datastreams',
  FeatureOfInterest: 'FeaturesOfInterest',
}

const OM_MEASUREMENT = 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement'
const GEO_JSON = 'application/geo+json'

/** A World's catalogue as SensorThings: names in Chinese with the English beside them, masked streams left out. */
export class Entities {
  readonly #streams: readonly Datastream[]
  readonly #things: ReadonlyMap<string, Thing>
  readonly #properties: ReadonlyMap<string, ObservedProperty>
  readonly #feeds: ReadonlyMap<number, FeedEntry>

  constructor({ datastreams, things, properties, feeds }: Catalogue) {
    this.#streams = datastreams.filter((stream) => !stream.masked)
    this.#things = new Map(things.map((thing) => [thing.key, thing]))
    this.#properties = new Map(properties.map((property) => [property.key, property]))
    this.#feeds = new Map(feeds.map((feed) => [feed.no, feed]))
  }

  all(set: SetName): Entity[] {
    switch (set) {
      case 'Things':
        return [...this.#things.values()].map((thing) => this.#thing(thing))
      case 'Locations':
        return [...this.#things.values()].flatMap((thing) => this.#location(thing))
      case 'FeaturesOfInterest':
        return [...this.#things.values()].flatMap((thing) => this.#feature(thing))
      case 'Datastreams':
        return this.#streams.map((stream) => this.stream(stream))
      case 'Sensors':
        return [...this.#feeds.values()].map((feed) => this.#sensor(feed))
      case 'ObservedProperties':
        return [...this.#properties.values()].map((property) => this.#property(property))
      case 'HistoricalLocations':
        return []
    }
  }

  one(set: SetName, id: string | number): Entity | undefined {
    return this.all(set).find((entity) => entity.id === id)
  }

  streamByNo(no: number): Datastream | undefined {
    return this.#streams.find((stream) => stream.no === no)
  }

  featureOf(stream: Datastream): Entity | undefined {
    const thing = this.#things.get(stream.thing)
    return thing === undefined ? undefined : this.#feature(thing)[0]
  }

  #thing(thing: Thing): Entity {
    const own = { name: thing.name['zh-CN'], description: thing.name.en, properties: { owner: thing.owner?.['zh-CN'] } }
    const streams = (): Datastream[] => this.#streams.filter((stream) => stream.thing === thing.key)
    const links = {
      Datastreams: () => streams().map((stream) => this.stream(stream)),
      Locations: () => this.#location(thing),
      HistoricalLocations: () => [],
    }
    return { set: 'Things', id: thing.key, own, links }
  }

  #location(thing: Thing): Entity[] {
    const point = pointOf(thing)
    if (point === undefined) return []
    const named = { name: thing.name['zh-CN'], description: thing.name.en, encodingType: GEO_JSON }
    const links = { Things: () => [this.#thing(thing)], HistoricalLocations: () => [] }
    return [{ set: 'Locations', id: thing.key, own: { ...named, location: point }, links }]
  }

  #feature(thing: Thing): Entity[] {
    const point = pointOf(thing)
    if (point === undefined) return []
    const named = { name: thing.name['zh-CN'], description: thing.name.en, encodingType: GEO_JSON }
    const streams = (): Datastream[] => this.#streams.filter((stream) => stream.thing === thing.key)
    return [{ set: 'FeaturesOfInterest', id: thing.key, own: { ...named, feature: point }, links: {}, streams }]
  }

  stream(stream: Datastream): Entity {
    const property = this.#properties.get(stream.property)
    const feed = this.#feeds.get(stream.feed)
    const thing = this.#things.get(stream.thing)
    const unit = property?.unit ?? ''
    const own = {
      ...{ name: stream.name['zh-CN'], description: stream.name.en, observationType: OM_MEASUREMENT },
      unitOfMeasurement: { name: unit, symbol: unit, definition: '' },
      properties: { key: stream.key, periodSeconds: stream.periodSeconds, feed: feed?.key },
    }
    const links = {
      Thing: () => (thing === undefined ? undefined : this.#thing(thing)),
      Sensor: () => (feed === undefined ? undefined : this.#sensor(feed)),
      ObservedProperty: () => (property === undefined ? undefined : this.#property(property)),
    }
    return { set: 'Datastreams', id: stream.no, own, links, streams: () => [stream] }
  }

  #sensor(feed: FeedEntry): Entity {
    const named = { name: feed.name['zh-CN'], description: feed.name.en }
    const own = {
      ...named,
      encodingType: 'text/html',
      metadata: feed.licence,
      properties: { owner: feed.owner['zh-CN'] },
    }
    const ofFeed = (): Entity[] =>
      this.#streams.filter((stream) => stream.feed === feed.no).map((stream) => this.stream(stream))
    return { set: 'Sensors', id: feed.key, own, links: { Datastreams: ofFeed } }
  }

  #property(property: ObservedProperty): Entity {
    const { key, name, unit } = property
    const own = { name: name['zh-CN'], description: name.en, definition: key, properties: { unit } }
    const measured = (): Entity[] =>
      this.#streams.filter((stream) => stream.property === key).map((stream) => this.stream(stream))
    return { set: 'ObservedProperties', id: key, own, links: { Datastreams: measured } }
  }
}

function pointOf({ longitude, latitude }: Thing): object | undefined {
  return longitude === undefined || latitude === undefined
    ? undefined
    : { type: 'Point', coordinates: [longitude, latitude] }
}
