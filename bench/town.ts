import { FeedMapping } from '@/domain/feed/mapping'
import { epochMillis } from '@/domain/time'
import type { World } from '@/domain/world'
import { systemClock } from '@/platform/clock'
import { openLoopbackScreen } from '@/server/access/screens'
import { Sessions } from '@/server/access/sessions'
import { CatalogueStore } from '@/server/catalogue/catalogueStore'
import { SESSION_COOKIE } from '@/server/http/cookies'
import type { BenchServices } from './services'

/** A World of a bench with one pushed feed, its key, and the cookie of a paired screen. */
export interface Town {
  readonly world: World
  readonly feed: string
  readonly key: string
  readonly cookie: string
}

interface TownOptions {
  /** Keys of the Things; each has one Datastream `<key>.level`. */
  readonly things: readonly string[]
}

const WORLD = 'bench'
const FEED = 'bench-gauges'

/** Registers the World before the server starts. Its clock is the machine's, so that ages can be measured. */
export async function foundTown({ postgres, log }: BenchServices, { things }: TownOptions): Promise<Town> {
  const clock = systemClock
  const catalogue = new CatalogueStore({ postgres, clock, log })
  await catalogue.start()
  const now = clock.now()
  const name = { 'zh-CN': '测量', en: 'Bench' }
  const view = { longitude: 114.36, latitude: 30.58, zoom: 11, pitch: 0, bearing: 0 }
  const world = await catalogue.ensureWorld({
    key: WORLD,
    kind: 'exercise',
    name,
    timeZone: 'UTC',
    clock: { anchorWorld: epochMillis(now), anchorReal: epochMillis(now), rate: 1 },
    view,
  })
  const feed = await catalogue.registerFeed(world.no, mapping(things, name, view), 'system:bench')
  const key = await catalogue.rotateFeedKey(feed.no, 'system:bench')
  const sessions = new Sessions({ postgres, clock, log })
  const token = await openLoopbackScreen({ postgres, clock, sessions })
  await catalogue.stop()
  return { world, feed: FEED, key, cookie: `${SESSION_COOKIE}=${token}` }
}

function mapping(things: readonly string[], name: World['name'], view: World['view']): FeedMapping {
  return FeedMapping.parse({
    version: 1,
    feed: FEED,
    name,
    contract: {
      owner: 'bench',
      steward: 'bench',
      periodSeconds: 1,
      latenessSeconds: 60,
      licence: 'Apache-2.0, synthetic',
      classification: 'public',
      legalBasis: 'synthetic',
      onBreach: 'none',
    },
    world: { key: WORLD, kind: 'exercise', name, timeZone: 'UTC', view },
    source: { kind: 'push' },
    properties: [{ key: 'level', name: { 'zh-CN': '水位', en: 'Level' }, unit: 'm', decimals: 2, range: [-10, 100] }],
    things: { list: things.map((key) => ({ key, longitude: 114.36, latitude: 30.58 })) },
    staleAfterSeconds: 600,
  })
}
