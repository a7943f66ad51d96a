import type { Catalogue, Datastream, FeedEntry, ObservedProperty, Thing, Track } from '@/domain/catalogue'
import { groupBy } from './groupBy'

/** The catalogue of a World, found by number and key. A new catalogue is a new index. */
export class CatalogueIndex {
  readonly catalogue: Catalogue
  readonly #streams: ReadonlyMap<number, Datastream>
  readonly #properties: ReadonlyMap<string, ObservedProperty>
  readonly #things: ReadonlyMap<string, Thing>
  readonly #feeds: ReadonlyMap<number, FeedEntry>
  readonly #tracks: ReadonlyMap<number, Track>
  readonly #ofThing: ReadonlyMap<string, readonly Datastream[]>

  constructor(catalogue: Catalogue) {
    this.catalogue = catalogue
    this.#streams = new Map(catalogue.datastreams.map((stream) => [stream.no, stream]))
    this.#properties = new Map(catalogue.properties.map((property) => [property.key, property]))
    this.#things = new Map(catalogue.things.map((thing) => [thing.key, thing]))
    this.#feeds = new Map(catalogue.feeds.map((feed) => [feed.no, feed]))
    this.#tracks = new Map(catalogue.tracks.map((track) => [track.no, track]))
    this.#ofThing = groupBy(catalogue.datastreams, (stream) => stream.thing)
  }

  stream(no: number): Datastream | undefined {
    return this.#streams.get(no)
  }
  property(key: string): ObservedProperty | undefined {
    return this.#properties.get(key)
  }
  thing(key: string): Thing | undefined {
    return this.#things.get(key)
  }
  feed(no: number): FeedEntry | undefined {
    return this.#feeds.get(no)
  }
  track(no: number): Track | undefined {
    return this.#tracks.get(no)
  }
  streamsOf(thing: string): readonly Datastream[] {
    return this.#ofThing.get(thing) ?? []
  }
}
