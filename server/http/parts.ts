import type { HealthView } from '@/domain/api/health'
import type { Channel, Keyframe } from '@/domain/fold/delta'
import type { PictureStore } from '@/domain/fold/picture'
import type { WorldNo } from '@/domain/ids'
import type { Clock } from '@/platform/clock'
import type { ClickHouse } from '@/platform/clickhouse/clickhouse'
import type { Log } from '@/platform/log'
import type { Metrics } from '@/platform/metrics'
import type { Postgres } from '@/platform/postgres/postgres'
import type { AccessContext } from '../access/accessContext'
import type { CatalogueStore } from '../catalogue/catalogueStore'
import type { CityShelf } from '../cities/cityShelf'
import type { AdapterState } from '../ingest/adapters/adapter'
import type { Ingest } from '../ingest/createIngest'
import type { Walls } from '../live/walls'
import type { Forecasts } from '../forecasts/forecasts'
import type { PlanShelf } from '../plans/planShelf'
import type { KeptClosures } from '../roads/keptClosures'
import type { Roads } from '../roads/roads'
import type { GuardOptions } from './guard'

/** The live picture as far as an answer needs it. */
export interface PictureSource {
  picture(world: WorldNo): PictureStore | undefined
  /** At most `maxAge` ms old. */
  keyframe(world: WorldNo, channel: Channel, maxAge: number): Keyframe | undefined
}

/** The intake of this server, where it has one: what people send by hand goes the same way as what feeds send. */
export interface IntakeHands extends Pick<Ingest, 'push' | 'state'> {
  adapters(): readonly AdapterState[]
}

/** Everything a handler may use, handed over by the composition root. */
export interface HttpParts {
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  readonly postgres: Postgres
  readonly clickhouse: ClickHouse
  readonly catalogue: CatalogueStore
  readonly live: PictureSource
  /** Age of the oldest acknowledged record that the store does not hold, ms; 0 when it holds them all. */
  readonly storeLagMs: () => number
  readonly access: AccessContext
  readonly roads: Roads
  readonly closures: KeptClosures
  readonly plans: PlanShelf
  readonly forecasts: Forecasts
  readonly cities: CityShelf
  readonly walls: Walls
  readonly intake?: IntakeHands
  readonly health: { view(): HealthView }
  readonly guard: GuardOptions
  /** Key of the World that a screen shows when it names none. */
  readonly defaultWorld: string
  /** Path of the sketch of a World's ground (GeoJSON), where there is one. */
  readonly sketchOf: (worldKey: string) => string | undefined
}
