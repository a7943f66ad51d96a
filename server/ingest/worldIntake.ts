import type { WorldNo } from '@/domain/ids'
import type { ClickHouse } from '@/platform/clickhouse/clickhouse'
import type { Log } from '@/platform/log'
import type { CatalogueStore } from '../catalogue/catalogueStore'
import { QualityCheck } from './qualityCheck'
import { ReportMemory } from './reportMemory'
import { StreamMemory } from './streamMemory'

/** What the intake keeps of one World: memories of its streams, tracks and reports, and the bounds of its properties. */
export class WorldIntake {
  readonly streams = new StreamMemory()
  readonly tracks = new StreamMemory()
  readonly reports: ReportMemory
  readonly check = new QualityCheck()
  readonly #catalogue: CatalogueStore
  readonly #world: WorldNo

  constructor(parts: { catalogue: CatalogueStore; clickhouse: ClickHouse; log: Log }, world: WorldNo) {
    this.reports = new ReportMemory(parts)
    this.#catalogue = parts.catalogue
    this.#world = world
    this.learn()
  }

  /** Takes the bounds of the World's Datastreams, and which feeds are degraded, from the catalogue. */
  learn(): void {
    this.check.learn(
      this.#catalogue.catalogue(this.#world).datastreams,
      (key) => this.#catalogue.property(this.#world, key),
      (feed) => this.#catalogue.feed(feed)?.standing === 'degraded',
    )
  }
}
