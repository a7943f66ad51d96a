import { type Breach, breachesOf, standingAfter } from '@/domain/feed/standing'
import type { FeedNo, WorldNo } from '@/domain/ids'
import { epochMillis, hours, minutes } from '@/domain/time'
import type { ClickHouse } from '@/platform/clickhouse/clickhouse'
import type { Log } from '@/platform/log'
import type { CatalogueStore } from '@/server/catalogue/catalogueStore'
import type { FeedRecord } from '@/server/catalogue/feedRecord'
import type { CommandContext } from '@/server/command/commandContext'
import { raiseAlarm } from '@/server/command/raiseAlarm'
import { qualityOf } from './queries/qualityOf'

export interface ContractKeeperOptions {
  readonly catalogue: CatalogueStore
  readonly clickhouse: ClickHouse
  readonly log: Log
  /** In whose name alarms are raised. */
  readonly command: CommandContext
}

const ROUND_MS = 30_000
/** An hour that was judged longer ago says nothing of now. */
const FRESH_MS = minutes(30)

/** Acts on broken contracts as they say: a feed is marked suspect or taken no more, with an alarm; else it is shown only. */
export class ContractKeeper {
  readonly #options: ContractKeeperOptions
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> = Promise.resolve()

  constructor(options: ContractKeeperOptions) {
    this.#options = options
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#running = this.#running.then(() => this.look()).catch((cause: unknown) => this.#tell(cause))
    }, ROUND_MS)
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#running
  }

  /** One look at the newest judged hour of every feed. @throws errors of the stores */
  async look(): Promise<void> {
    for (const { no } of this.#options.catalogue.worlds()) await this.#lookAt(no)
  }

  async #lookAt(world: WorldNo): Promise<void> {
    const { catalogue, clickhouse, command } = this.#options
    const rows = await qualityOf(clickhouse, { world, from: Math.floor(catalogue.worldTime(world) - hours(2)) })
    const seen = new Set<number>()
    for (const { feed: no, aspects, hour, madeAt } of rows) {
      const feed = catalogue.feed(no as FeedNo)
      if (feed === undefined || seen.has(no) || command.clock.now() - madeAt > FRESH_MS) continue
      seen.add(no)
      await this.#act(feed, breachesOf({ aspects }), hour)
    }
  }

  async #act(feed: FeedRecord, breaches: readonly Breach[], hour: number): Promise<void> {
    const { catalogue, command } = this.#options
    const { breachAction } = feed.mapping.contract
    const standing = standingAfter(feed.standing, breachAction, breaches)
    if (standing === feed.standing) return
    const reason = breaches.length === 0 ? null : breaches.map(({ clause }) => clause).join(' ')
    await catalogue.setStanding(feed.no, standing, { actor: 'system:contracts', reason })
    const [first] = breaches
    if (first === undefined) return
    await raiseAlarm(command, {
      ...{ world: feed.world, detector: 'contract', key: `${feed.key}/${first.clause}`, level: 4 },
      ...{ value: first.value, limit: first.limit, raisedAt: epochMillis(hour) },
    })
  }

  #tell(cause: unknown): void {
    this.#options.log.warn({ err: cause }, 'contracts could not be looked at; trying again')
  }
}
