import { createHash } from 'node:crypto'
import type { Catalogue, Datastream, ObservedProperty } from '@/domain/catalogue'
import type { FeedMapping } from '@/domain/feed/mapping'
import type { StreamDraft } from '@/domain/feed/streams'
import type { FeedStanding } from '@/domain/feed/standing'
import type { CityKey, FeedNo, StreamNo, WorldNo } from '@/domain/ids'
import { type EpochMillis } from '@/domain/time'
import { type World, type WorldClock, worldTimeAt } from '@/domain/world'
import { type Clock, randomToken } from '@/platform/clock'
import { NotFound } from '@/platform/errors'
import type { Log } from '@/platform/log'
import { type Listening, listen } from '@/platform/postgres/listen'
import type { Postgres } from '@/platform/postgres/postgres'
import { inTransaction } from '@/platform/postgres/transaction'
import { EVENTS_CHANNEL, appendEvent } from '../command/outbox'
import type { ChangeContext, TrackDraft } from './catalogueChange'
import {
  addStreams,
  addTracks,
  mappingDigest,
  writeCity,
  writeFeed,
  writeFeedKey,
  writeStanding,
} from './catalogueChange'
import type { FeedRecord } from './feedRecord'
import { readWorlds } from './queries/readCatalogue'
import { insertCounters, insertWorld, updateClock } from './queries/writeCatalogue'
import { WorldCatalogue } from './worldCatalogue'

/** A World before it has a number. */
export type WorldDraft = Omit<World, 'no'>

interface Collaborators {
  readonly postgres: Postgres
  readonly clock: Clock
  readonly log: Log
}

const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex')

/** Worlds, feeds and their catalogues: PostgreSQL is the truth, this is its copy in memory, kept by LISTEN. */
export class CatalogueStore {
  readonly #postgres: Postgres
  readonly #clock: Clock
  readonly #log: Log
  readonly #worlds = new Map<number, WorldCatalogue>()
  readonly #feedsByHash = new Map<string, FeedRecord>()
  readonly #feeds = new Map<number, FeedRecord>()
  readonly #listeners = new Set<(world: WorldNo) => void>()
  #listening: Listening | undefined
  #reading: Promise<void> = Promise.resolve()

  constructor({ postgres, clock, log }: Collaborators) {
    this.#postgres = postgres
    this.#clock = clock
    this.#log = log
  }

  /** Reads everything and follows changes of other servers. @throws Unavailable, PostgresRefused */
  async start(): Promise<void> {
    await this.refresh()
    const followed = () =>
      void this.refresh().catch((cause: unknown) => this.#log.warn({ err: cause }, 'catalogue not read'))
    this.#listening = await listen(this.#postgres, {
      channel: EVENTS_CHANNEL,
      log: this.#log,
      onMessage: followed,
      onListening: followed,
    })
  }

  async stop(): Promise<void> {
    await this.#listening?.close()
    await this.#reading.catch(() => undefined)
  }

  worlds(): readonly World[] {
    return [...this.#worlds.values()].map(({ world }) => world)
  }

  world(key: string): World | undefined {
    return this.worlds().find((world) => world.key === key)
  }

  worldByNo(no: WorldNo): World | undefined {
    return this.#worlds.get(no)?.world
  }

  /** World time at this moment of the machine. @throws NotFound */
  worldTime(no: WorldNo): EpochMillis {
    return worldTimeAt(this.#held(no).world.clock, this.#clock.now())
  }

  /** @throws NotFound */
  catalogue(no: WorldNo): Catalogue {
    return this.#held(no).view()
  }

  datastream(world: WorldNo, no: number): Datastream | undefined {
    return this.#worlds.get(world)?.streams[no]
  }

  streamNo(world: WorldNo, key: string): StreamNo | undefined {
    return this.#worlds.get(world)?.streamNos.get(key) as StreamNo | undefined
  }

  trackNo(world: WorldNo, feed: FeedNo, key: string): number | undefined {
    return this.#worlds.get(world)?.trackNos.get(`${feed}/${key}`)
  }

  property(world: WorldNo, key: string): ObservedProperty | undefined {
    return this.#worlds.get(world)?.properties.get(key)
  }

  feedByKey(world: WorldNo, key: string): FeedRecord | undefined {
    return this.#worlds.get(world)?.feeds.get(key)
  }

  feed(no: FeedNo): FeedRecord | undefined {
    return this.#feeds.get(no)
  }

  feeds(): readonly FeedRecord[] {
    return [...this.#feeds.values()]
  }

  /** The feed that a producer's key belongs to. */
  feedOfKey(plainKey: string): FeedRecord | undefined {
    return this.#feedsByHash.get(hashOf(plainKey))
  }

  /** Calls `fn` after a World's catalogue or clock changed here or elsewhere; returns how to end it. */
  onChange(fn: (world: WorldNo) => void): () => void {
    this.#listeners.add(fn)
    return () => void this.#listeners.delete(fn)
  }

  /** The World with the draft's key; made when it is not there. */
  async ensureWorld(draft: WorldDraft): Promise<World> {
    if (this.world(draft.key) === undefined) {
      await inTransaction(this.#postgres, async (tx) => {
        await tx.run('LOCK TABLE worlds IN SHARE ROW EXCLUSIVE MODE')
        const { clock, name, view, parent, forkedAt, city, ...row } = draft
        const texts = { name: JSON.stringify(name), view: JSON.stringify(view) }
        const [made] = await insertWorld(tx, {
          ...row,
          ...clock,
          ...texts,
          parent: parent ?? null,
          forkedAt: forkedAt ?? null,
          city: city ?? null,
        })
        if (made !== undefined) await insertCounters(tx, { world: made.no })
      })
      await this.refresh()
    }
    return this.#known(this.world(draft.key), draft.key)
  }

  /** Sets the clock of a World and tells everyone. @throws NotFound */
  async setClock(world: WorldNo, clock: WorldClock, actor: string): Promise<World> {
    this.#held(world)
    await inTransaction(this.#postgres, async (tx) => {
      await updateClock(tx, { world, ...clock })
      await appendEvent(tx, {
        world,
        actor,
        at: worldTimeAt(clock, this.#clock.now()),
        kind: 'world.clockSet',
        body: clock,
      })
    })
    await this.refresh()
    return this.#held(world).world
  }

  /** Gives a World another city package; `null` gives it back to the package of its own key. @throws NotFound */
  async setCity(world: WorldNo, city: CityKey | null, actor: string): Promise<World> {
    await writeCity(this.#postgres, this.#context(world, actor), { city, at: this.#clock.now() })
    await this.refresh()
    return this.#held(world).world
  }

  /** Registers a feed, or updates it when its mapping changed. @throws NotFound, Conflict */
  async registerFeed(world: WorldNo, mapping: FeedMapping, actor: string): Promise<FeedRecord> {
    const held = this.feedByKey(world, mapping.feed)
    if (held?.digest !== mappingDigest(mapping)) {
      await writeFeed(this.#postgres, this.#context(world, actor), mapping)
      await this.refresh()
    }
    return this.#known(this.feedByKey(world, mapping.feed), mapping.feed)
  }

  /** Sets how a feed stands, everywhere. @throws NotFound */
  async setStanding(no: FeedNo, standing: FeedStanding, told: { actor: string; reason: string | null }): Promise<void> {
    const { world } = this.#known(this.feed(no), String(no))
    const change = { feed: no, standing, reason: told.reason, at: this.#clock.now() }
    await writeStanding(this.#postgres, this.#context(world, told.actor), change)
    await this.refresh()
  }

  /** Gives a feed a new key and returns it in plain text, this once; the old one ends everywhere. @throws NotFound */
  async rotateFeedKey(no: FeedNo, actor: string): Promise<string> {
    const { world } = this.#known(this.feed(no), String(no))
    const key = randomToken(32)
    const change = { feed: no, keyHash: hashOf(key), at: this.#clock.now() }
    await writeFeedKey(this.#postgres, this.#context(world, actor), change)
    this.#log.info({ feed: no, actor }, 'feed key rotated')
    await this.refresh()
    return key
  }

  /** The feed's Datastreams by the drafts' keys, made where they are missing; those of another feed are not in it. */
  async registerStreams(
    world: WorldNo,
    feed: FeedNo,
    drafts: readonly StreamDraft[],
  ): Promise<ReadonlyMap<string, StreamNo>> {
    if (drafts.some(({ key }) => this.streamNo(world, key) === undefined)) {
      await addStreams(this.#postgres, this.#context(world, `feed:${feed}`), feed, drafts)
      await this.refresh()
    }
    const held = this.#held(world)
    const streams = drafts.map(({ key }) => this.#known(held.streams[held.streamNos.get(key) ?? -1], key))
    return new Map(streams.filter((stream) => stream.feed === feed).map(({ key, no }) => [key, no]))
  }

  /** Numbers of the Tracks of the drafts' keys, made where they are missing. */
  async registerTracks(world: WorldNo, feed: FeedNo, drafts: readonly TrackDraft[]): Promise<number[]> {
    if (drafts.some(({ key }) => this.trackNo(world, feed, key) === undefined)) {
      await addTracks(this.#postgres, this.#context(world, `feed:${feed}`), feed, drafts)
      await this.refresh()
    }
    return drafts.map(({ key }) => this.#known(this.trackNo(world, feed, key), key))
  }

  /** Reads what changed in PostgreSQL; `everything` also where no version was raised. Calls run one after another. */
  async refresh(everything = false): Promise<void> {
    const next = this.#reading.catch(() => undefined).then(() => this.#read(everything))
    this.#reading = next
    return next
  }

  async #read(everything: boolean): Promise<void> {
    for (const { world, version } of await readWorlds(this.#postgres, {})) {
      const held = this.#worlds.get(world.no) ?? new WorldCatalogue(world)
      const clockChanged = JSON.stringify(held.world.clock) !== JSON.stringify(world.clock)
      if (held.version === version && !clockChanged && !everything) continue
      held.world = world
      if (held.version !== version || everything) await held.load(this.#postgres, version)
      this.#worlds.set(world.no, held)
      for (const feed of held.feeds.values()) this.#index(feed)
      for (const fn of this.#listeners) fn(world.no)
    }
  }

  #index(feed: FeedRecord): void {
    const before = this.#feeds.get(feed.no)
    if (before?.keyHash !== undefined && before.keyHash !== feed.keyHash) this.#feedsByHash.delete(before.keyHash)
    this.#feeds.set(feed.no, feed)
    if (feed.keyHash !== undefined) this.#feedsByHash.set(feed.keyHash, feed)
  }

  #context(world: WorldNo, actor: string): ChangeContext {
    return { world, actor, at: this.worldTime(world) }
  }

  #held(no: WorldNo): WorldCatalogue {
    return this.#known(this.#worlds.get(no), String(no))
  }

  #known<Value>(value: Value | undefined, key: string): Value {
    if (value === undefined) throw new NotFound('catalogue.unknown', { key })
    return value
  }
}
