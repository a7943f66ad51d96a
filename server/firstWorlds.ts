import type { FeedMapping } from '@/domain/feed/mapping'
import { epochMillis } from '@/domain/time'
import type { EpochMillis } from '@/domain/time'
import type { World } from '@/domain/world'
import type { CatalogueStore, WorldDraft } from './catalogue/catalogueStore'

const ACTOR = 'system:start'
/** The whole of China, until a city's package says where it is. */
const WIDE_VIEW = { longitude: 104.2, latitude: 35.9, zoom: 3.6, pitch: 0, bearing: 0 }

/** The World of the real city: there from the first start, empty until a feed is registered. */
export function ensureLiveWorld(catalogue: CatalogueStore, now: EpochMillis): Promise<World> {
  return catalogue.ensureWorld({
    key: 'live',
    kind: 'live',
    name: { 'zh-CN': '实况', en: 'Live' },
    timeZone: 'Asia/Shanghai',
    clock: { anchorWorld: now, anchorReal: now, rate: 1 },
    view: WIDE_VIEW,
  })
}

/** Makes the World of a pushed feed where it is missing, and registers the feed in it. */
export async function registerPushed(catalogue: CatalogueStore, mapping: FeedMapping, now: EpochMillis): Promise<void> {
  const world = await catalogue.ensureWorld(worldDraft(mapping, now))
  await catalogue.registerFeed(world.no, mapping, ACTOR)
}

function worldDraft({ world, clock }: FeedMapping, now: EpochMillis): WorldDraft {
  const start = clock?.start === undefined ? now : epochMillis(Date.parse(clock.start))
  return { ...world, clock: { anchorWorld: start, anchorReal: now, rate: clock?.speed ?? 1 } }
}
