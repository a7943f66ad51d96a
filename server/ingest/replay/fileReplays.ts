import { setTimeout as sleep } from 'node:timers/promises'
import type { FeedMapping } from '@/domain/feed/mapping'
import { epochMillis } from '@/domain/time'
import { type World, type WorldClock, withRate } from '@/domain/world'
import type { Clock } from '@/platform/clock'
import type { Log } from '@/platform/log'
import { type AdvisoryLock, tryAdvisoryLock } from '@/platform/postgres/lock'
import type { Postgres } from '@/platform/postgres/postgres'
import type { CatalogueStore } from '@/server/catalogue/catalogueStore'
import type { Ingest } from '../createIngest'
import { filesFolder, withPlaces } from '../mappingFiles'
import { FileReplaySource, type ReplayTask } from './fileReplaySource'
import { type ReplayCheckpoint, ReplayCheckpoints } from './replayCheckpoint'
import { ReplayClient } from './replayClient'

export interface FileReplaysOptions {
  readonly catalogue: CatalogueStore
  readonly ingest: Pick<Ingest, 'accept'>
  readonly postgres: Postgres
  readonly clock: Clock
  readonly log: Log
  /** The data folder; mappings whose folder is missing below it are left out. */
  readonly data: string
  readonly varFolder: string
  readonly mappings: readonly FeedMapping[]
}

const ACTOR = 'system:replay'
const LOCK_RETRY_MS = 5_000
const DAY = 86_400_000

interface Located {
  readonly mapping: FeedMapping
  readonly folder: string
}

/** The replays of a server: one World after another in its own loop, each on one server at a time. */
export class FileReplays {
  readonly #options: FileReplaysOptions
  readonly #client = new ReplayClient()
  readonly #checkpoints: ReplayCheckpoints
  readonly #stop = new AbortController()
  #running: Promise<unknown> = Promise.resolve()

  constructor(options: FileReplaysOptions) {
    this.#options = options
    this.#checkpoints = new ReplayCheckpoints(options.varFolder)
  }

  /** Begins every World whose data is there; does not wait for them. */
  start(): void {
    const { mappings, data } = this.#options
    const worlds = grouped(located(mappings, data))
    this.#running = Promise.allSettled([...worlds.values()].map((feeds) => this.#keepWorld(feeds)))
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#running
    await this.#client.stop()
  }

  async #keepWorld(feeds: readonly Located[]): Promise<void> {
    const key = feeds[0]?.mapping.world.key ?? ''
    while (!this.#stop.signal.aborted) {
      try {
        const lock = await tryAdvisoryLock(this.#options.postgres, `replay.${key}`)
        if (lock !== undefined && (await this.#runWorld(feeds, lock))) return
      } catch (cause) {
        this.#options.log.warn({ err: cause, world: key }, 'replay broke off, trying again')
      }
      await sleep(LOCK_RETRY_MS, undefined, { signal: this.#stop.signal }).catch(() => undefined)
    }
  }

  /** True when the World reached the end of its data. */
  async #runWorld(feeds: readonly Located[], lock: AdvisoryLock): Promise<boolean> {
    const signal = AbortSignal.any([this.#stop.signal, lock.lost])
    try {
      const tasks = await this.#prepare(feeds)
      const sources = tasks.map(
        (task) =>
          new FileReplaySource({ ...this.#options, client: this.#client, checkpoints: this.#checkpoints }, task),
      )
      await Promise.all(sources.map((source) => source.run(signal)))
      if (signal.aborted) return false
      await this.#rest(tasks)
      return true
    } finally {
      await lock.release().catch(() => undefined)
    }
  }

  /** World, feeds and clock: the World goes on where its records stopped, however long nobody replayed it. */
  async #prepare(feeds: readonly Located[]): Promise<ReplayTask[]> {
    const { catalogue, clock } = this.#options
    const [first] = feeds
    if (first === undefined) return []
    const { clock: replay, world: draft } = first.mapping
    const begins: ReplayCheckpoint = (await this.#heldCheckpoint(feeds)) ?? (await this.#beginning(first))
    const now = clock.now()
    const world = await catalogue.ensureWorld({
      ...draft,
      clock: { anchorWorld: epochMillis(begins.begun), anchorReal: now, rate: 0 },
    })
    const tasks: ReplayTask[] = []
    for (const { mapping, folder } of feeds) {
      const feed = await catalogue.registerFeed(world.no, await withPlaces(mapping, folder), ACTOR)
      const held = await this.#checkpoints.read(world.key, mapping.feed)
      const history = (mapping.clock?.historyDays ?? 0) * DAY
      tasks.push({ feed, world, folder, checkpoint: held ?? { ...begins, reached: begins.begun - history } })
    }
    const reached = Math.max(begins.begun, ...tasks.map(({ checkpoint }) => checkpoint.worldTime))
    await this.#setClock(world, {
      anchorWorld: epochMillis(reached),
      anchorReal: clock.now(),
      rate: replay?.speed ?? 1,
    })
    return tasks
  }

  async #heldCheckpoint(feeds: readonly Located[]): Promise<ReplayCheckpoint | undefined> {
    for (const { mapping } of feeds) {
      const held = await this.#checkpoints.read(mapping.world.key, mapping.feed)
      if (held !== undefined) return held
    }
    return undefined
  }

  async #beginning({ mapping, folder }: Located): Promise<ReplayCheckpoint> {
    const replay = mapping.clock
    const stated = replay?.start === undefined ? undefined : Date.parse(replay.start)
    const start = stated ?? (await this.#client.first(0, await withPlaces(mapping, folder), folder)) ?? 0
    const shift = replay?.mode === 'shifted' ? this.#options.clock.now() - start : 0
    return { begun: start + shift, reached: start + shift, worldTime: start + shift, shift }
  }

  /** At the end of the data the World's clock stands still: silence after it would be nobody's fault. */
  async #rest(tasks: readonly ReplayTask[]): Promise<void> {
    const world = tasks[0] === undefined ? undefined : this.#options.catalogue.worldByNo(tasks[0].world.no)
    if (world === undefined) return
    this.#options.log.info({ world: world.key }, 'replay reached the end of its data')
    await this.#setClock(world, withRate(world.clock, this.#options.clock.now(), 0))
  }

  async #setClock(world: World, clock: WorldClock): Promise<void> {
    await this.#options.catalogue.setClock(world.no, clock, ACTOR)
  }
}

function located(mappings: readonly FeedMapping[], data: string): Located[] {
  return mappings.flatMap((mapping) => {
    const folder = filesFolder(mapping, data)
    return folder === undefined ? [] : [{ mapping, folder }]
  })
}

function grouped(feeds: readonly Located[]): Map<string, Located[]> {
  const worlds = new Map<string, Located[]>()
  for (const feed of feeds) {
    const { key } = feed.mapping.world
    const group = worlds.get(key)
    if (group === undefined) worlds.set(key, [feed])
    else group.push(feed)
  }
  return worlds
}
