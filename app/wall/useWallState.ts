'use client'

import { useEffect, useMemo, useState } from 'react'
import { PRESENTATION_DELAY } from '@/domain/fold/delta'
import type { EpochMillis } from '@/domain/time'
import type { Channel } from '@/domain/fold/delta'
import { epochMillis } from '@/domain/time'
import { sceneAt, scenes } from '@/domain/wall/scenes'
import type { World } from '@/domain/world'
import { worldTimeAt } from '@/domain/world'
import { useCatalogue } from '@/app/fetch/questions'
import type { PictureClient } from '@/app/picture/pictureClient'
import type { LookBack } from '@/app/picture/lookBack'
import { useLookBack, usePast } from '@/app/picture/useLookBack'
import { useLiveness, usePresented, useSecond } from '@/app/picture/usePicture'
import { CatalogueIndex } from '@/app/situation/catalogueIndex'
import type { Steering } from './steering/useSteering'
import { UNSTEERED } from './steering/useSteering'
import type { ShownScene, Wall } from './wallContext'

/** What a surface of one World shows, anew with each presentation and each second; no `wall` before the catalogue came. */
export interface WallState {
  readonly wall: Wall | undefined
  /** The server's machine time in whole seconds. Epoch ms. */
  readonly second: number
}

/**
 * @param steering what a desk decided for the screen; a surface that nobody steers shows what is usual
 * @param urgent channels that are drawn at once; the others then step with the second
 */
export function useWallState(
  world: World,
  client: PictureClient,
  steering: Steering = UNSTEERED,
  urgent?: ReadonlySet<Channel>,
): WallState {
  const presented = usePresented(client, urgent)
  const lookBack = useLookBack(world.key)
  const past = usePast(lookBack)
  const second = useSecond(client)
  useFreeze(lookBack, steering.state.asOf)
  const { pulse } = useLiveness(client)
  const version = Math.max(client.picture.catalogueVersion, pulse?.catalogueVersion ?? 0)
  const catalogue = useLastAnswer(useCatalogue(world.key, version).answer)
  const index = useMemo(() => (catalogue === undefined ? undefined : new CatalogueIndex(catalogue)), [catalogue])
  const clock = pulse?.clock ?? world.clock
  const present = worldTimeAt(clock, epochMillis(second))
  if (index === undefined) return { wall: undefined, second }
  const now = past?.at ?? present
  const shown = { picture: past?.picture ?? client.picture, now, asOf: past?.at, present, lookBack }
  const told = { steering, shown: shownScene(steering, second) }
  const wall: Wall = {
    world: { ...world, clock },
    client,
    index,
    ...told,
    ...shown,
    version: `${presented} ${second} ${now}`,
  }
  return { wall, second }
}

/** The carousel's turn at this second, or what the desk chose; its camera sets out when every tile knows. */
function shownScene({ state }: Steering, second: number): ShownScene {
  const { scene, from } = sceneAt(state, second)
  const { layers, panels } = state.carousel === undefined ? state : scenes[scene]
  return { scene, from: Math.max(from, state.movedAt) + PRESENTATION_DELAY, layers: new Set(layers), panels }
}

/** A frozen wall shows what was known at that moment, on every tile the same. */
function useFreeze(lookBack: LookBack, asOf: EpochMillis | undefined): void {
  useEffect(() => {
    if (asOf === undefined) return undefined
    lookBack.hold(asOf)
    return () => lookBack.toNow()
  }, [lookBack, asOf])
}

/** While a newer catalogue is on its way, the surface goes on with the last one. */
function useLastAnswer<Answer>(answer: Answer | undefined): Answer | undefined {
  const [last, setLast] = useState(answer)
  if (answer !== undefined && answer !== last) setLast(answer)
  return answer ?? last
}
