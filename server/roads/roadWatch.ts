import type { Catalogue } from '@/domain/catalogue'
import type { PictureStore } from '@/domain/fold/picture'
import type { WorldNo } from '@/domain/ids'
import type { RoadReadings } from '@/domain/roads/roadReadings'
import { worldTimeAt } from '@/domain/world'
import type { World } from '@/domain/world'
import type { Clock } from '@/platform/clock'
import { readingsOfWorld } from './readingsOfWorld'

interface RoadWatchParts {
  readonly catalogue: { worlds(): readonly World[]; catalogue(world: WorldNo): Catalogue }
  readonly live: { picture(world: WorldNo): PictureStore | undefined }
  readonly roads: { readings(world: World, said: RoadReadings): void }
  readonly clock: Clock
}

const EVERY_MS = 15_000

/** Tells the roads every 15 s what the instruments of each World say. @returns how to stop */
export function startRoadWatch({ catalogue, live, roads, clock }: RoadWatchParts): () => void {
  const look = (): void => {
    for (const world of catalogue.worlds()) {
      const picture = live.picture(world.no)
      if (picture === undefined) continue
      const now = worldTimeAt(world.clock, clock.now())
      roads.readings(world, readingsOfWorld(catalogue.catalogue(world.no), picture.readings, now))
    }
  }
  look()
  const timer = setInterval(look, EVERY_MS)
  return () => clearInterval(timer)
}
