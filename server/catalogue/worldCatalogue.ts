import type { Catalogue, Datastream, ObservedProperty, Thing, Track } from '@/domain/catalogue'
import type { WorldNo } from '@/domain/ids'
import type { World } from '@/domain/world'
import type { Postgres } from '@/platform/postgres/postgres'
import { type FeedRecord, feedEntry } from './feedRecord'
import {
  readFeedDigests,
  readFeedMapping,
  readProperties,
  readStreams,
  readThings,
  readTracks,
} from './queries/readCatalogue'

/** The catalogue of one World in memory: streams and tracks lie at the index of their dense number. */
export class WorldCatalogue {
  world: World
  version = -1
  readonly streams: Datastream[] = []
  readonly streamNos = new Map<string, number>()
  readonly tracks: Track[] = []
  /** Key is `feed/track`. */
  readonly trackNos = new Map<string, number>()
  readonly properties = new Map<string, ObservedProperty>()
  readonly feeds = new Map<string, FeedRecord>()
  #things: readonly Thing[] = []
  #view: Catalogue | undefined

  constructor(world: World) {
    this.world = world
  }

  /** Reads what is newer than `version`; everything again when a mapping changed. */
  async load(postgres: Postgres, version: number): Promise<void> {
    const no = this.world.no
    const changed = await this.#loadFeeds(postgres, no)
    const [streams, tracks, properties, things] = await Promise.all([
      readStreams(postgres, { world: no, from: changed ? 0 : this.streams.length }),
      readTracks(postgres, { world: no, from: changed ? 0 : this.tracks.length }),
      readProperties(postgres, { world: no }),
      readThings(postgres, { world: no }),
    ])
    for (const stream of streams) {
      this.streams[stream.no] = stream
      this.streamNos.set(stream.key, stream.no)
    }
    for (const track of tracks) {
      this.tracks[track.no] = track
      this.trackNos.set(`${track.feed}/${track.key}`, track.no)
    }
    for (const { definition } of properties) this.properties.set(definition.key, definition)
    this.#things = things.map(({ definition }) => definition)
    this.version = version
    this.#view = undefined
  }

  view(): Catalogue {
    this.#view ??= {
      version: this.version,
      feeds: [...this.feeds.values()].map(({ entry }) => entry),
      things: this.#things,
      properties: [...this.properties.values()],
      datastreams: [...this.streams],
      tracks: [...this.tracks],
    }
    return this.#view
  }

  async #loadFeeds(postgres: Postgres, world: WorldNo): Promise<boolean> {
    let changed = false
    for (const { no, key, digest, keyHash, standing, standingReason } of await readFeedDigests(postgres, { world })) {
      const held = this.feeds.get(key)
      const state = {
        standing,
        ...(keyHash === null ? {} : { keyHash }),
        ...(standingReason === null ? {} : { standingReason }),
      }
      if (held?.digest === digest) {
        // The reason goes with the standing: what is no longer true is not kept.
        const { standingReason: _past, ...kept } = held
        this.feeds.set(key, { ...kept, ...state })
        continue
      }
      changed = true
      const [row] = await readFeedMapping(postgres, { no })
      if (row === undefined) continue
      const { mapping } = row
      this.feeds.set(key, { no, world, key, mapping, entry: feedEntry(no, mapping), digest, ...state })
    }
    return changed
  }
}
