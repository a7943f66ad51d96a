import type { FeedDeskEntry, FeedHour, FeedLayers } from '@/domain/api/feedDesk'
import type { FeedSource } from '@/domain/feed/mapping'
import { breachesOf } from '@/domain/feed/standing'
import { promisedPerMinute } from '@/domain/feedHealth'
import type { FeedNo, WorldNo } from '@/domain/ids'
import { hours } from '@/domain/time'
import type { ClickHouse } from '@/platform/clickhouse/clickhouse'
import type { Postgres } from '@/platform/postgres/postgres'
import type { AdapterState } from '../ingest/adapters/adapter'
import { qualityOf } from '../ingest/contracts/queries/qualityOf'
import type { CatalogueStore } from './catalogueStore'
import type { FeedRecord } from './feedRecord'
import { newestContracts } from './queries/contracts'
import { countedOfFeeds, storedOfFeeds, usesOfFeeds } from './queries/layers'

interface DeskParts {
  readonly catalogue: CatalogueStore
  readonly clickhouse: ClickHouse
  readonly postgres: Postgres
  readonly intake?: { adapters(): readonly AdapterState[] }
}

const DAY = hours(24)

/** Every feed of a World as its stewards see it: contract, standing, adapter, and the judged hours of the last day. */
export async function feedDesk(parts: DeskParts, world: WorldNo): Promise<FeedDeskEntry[]> {
  const { catalogue, clickhouse, postgres, intake } = parts
  const from = Math.floor(catalogue.worldTime(world) - DAY)
  const [judged, versions] = await Promise.all([
    qualityOf(clickhouse, { world, from }),
    newestContracts(postgres, { world }),
  ])
  const { datastreams } = catalogue.catalogue(world)
  const adapters = new Map((intake?.adapters() ?? []).map((state) => [state.feed, state]))
  return catalogue
    .feeds()
    .filter((feed) => feed.world === world)
    .map((feed) => {
      const adapter = adapters.get(feed.key)
      const version = versions.find((one) => one.feed === feed.no)
      return {
        ...entryOf(feed),
        version: version?.version ?? 1,
        ...(version === undefined || version.signedAt === null ? {} : { signedAt: version.signedAt }),
        ...(version === undefined || version.signedBy === null ? {} : { signedBy: version.signedBy }),
        streams: datastreams.filter((stream) => stream.feed === feed.no).length,
        expectedPerMinute: promisedPerMinute(datastreams, feed.no),
        ...(adapter === undefined ? {} : { adapter: adapterView(adapter) }),
        hours: judged.filter((hour) => hour.feed === feed.no).map(({ feed: _no, ...hour }) => withBreaches(hour)),
      }
    })
}

type Entry = Pick<
  FeedDeskEntry,
  'no' | 'key' | 'name' | 'source' | 'format' | 'contract' | 'standing' | 'standingReason'
>

function entryOf({ no, key, mapping, standing, standingReason }: FeedRecord): Entry {
  return {
    ...{ no, key, name: mapping.name, source: mapping.source.kind, format: formatOf(mapping.source) },
    ...{ contract: mapping.contract, standing },
    ...(standingReason === undefined ? {} : { standingReason }),
  }
}

function formatOf(source: FeedSource): string {
  const input = source.kind === 'files' ? source.inputs[0] : source.input
  return input?.format.kind ?? 'ndjson'
}

function adapterView({ kind, status, lastAt, lastError, failures, deliveries }: AdapterState) {
  return {
    ...{ kind, status, failures, deliveries },
    ...(lastAt === undefined ? {} : { lastAt }),
    ...(lastError === undefined ? {} : { lastError }),
  }
}

const withBreaches = (hour: Omit<FeedHour, 'breaches'>): FeedHour => ({
  ...hour,
  breaches: breachesOf({ aspects: hour.aspects }),
})

/** The four layers of every feed; `waiting` are rows of this server's log that the store does not hold yet, told as one sum. */
export async function feedLayers(
  parts: Pick<DeskParts, 'catalogue' | 'clickhouse' | 'postgres'>,
  world: WorldNo,
): Promise<(FeedLayers & { feed: FeedNo })[]> {
  const { catalogue, clickhouse, postgres } = parts
  const [counted, stored, uses] = await Promise.all([
    countedOfFeeds(clickhouse, { world }),
    storedOfFeeds(clickhouse, { world }),
    usesOfFeeds(postgres, { world }),
  ])
  const { datastreams, tracks } = catalogue.catalogue(world)
  return catalogue
    .feeds()
    .filter((feed) => feed.world === world)
    .map(({ no }) => {
      const count = counted.find((one) => one.feed === no) ?? NONE
      const held = stored.find((one) => one.feed === no)?.rows ?? 0
      const used = uses.find((one) => one.feed === no)
      const { received, rejected, duplicates, accepted } = count
      return {
        ...{ feed: no, received, rejected, duplicates, accepted, stored: held },
        waiting: Math.max(0, accepted - held),
        streams: [...datastreams, ...tracks].filter((one) => one.feed === no).length,
        ...{ uses: used?.uses ?? 0, users: used?.users ?? 0 },
        unexplained: received - rejected - duplicates - accepted + Math.min(0, accepted - held),
      }
    })
}

const NONE = { received: 0, rejected: 0, duplicates: 0, accepted: 0 } as const
