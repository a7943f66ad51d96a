import type { Catalogue, Datastream } from '@/domain/catalogue'
import type { FeedNo, WorldNo } from '@/domain/ids'
import type { World } from '@/domain/world'

/** What detectors need to know of the catalogue. */
export interface DetectCatalogue {
  worlds(): readonly World[]
  worldByNo(no: WorldNo): World | undefined
  catalogue(world: WorldNo): Catalogue
  datastream(world: WorldNo, no: number): Datastream | undefined
  feed(no: FeedNo): { readonly mapping: { readonly contract: { readonly latenessSeconds: number } } } | undefined
}

/** Allowed lateness of a feed, in milliseconds of the World's clock. */
export const latenessMs = (catalogue: Pick<DetectCatalogue, 'feed'>, feed: FeedNo): number =>
  (catalogue.feed(feed)?.mapping.contract.latenessSeconds ?? 0) * 1000
