'use client'

import { useMemo, useState } from 'react'
import { epochMillis } from '@/domain/time'
import type { World } from '@/domain/world'
import { worldTimeAt } from '@/domain/world'
import { useCatalogue } from '@/app/fetch/questions'
import type { PictureClient } from '@/app/picture/pictureClient'
import { useLookBack, usePast } from '@/app/picture/useLookBack'
import { useLiveness, usePresented, useSecond } from '@/app/picture/usePicture'
import { CatalogueIndex } from '@/app/situation/catalogueIndex'
import type { Wall } from './wallContext'

/** What a surface of one World shows, anew with each presentation and each second; no `wall` before the catalogue came. */
export interface WallState {
  readonly wall: Wall | undefined
  /** The server's machine time in whole seconds. Epoch ms. */
  readonly second: number
}

export function useWallState(world: World, client: PictureClient): WallState {
  const presented = usePresented(client)
  const lookBack = useLookBack(world.key)
  const past = usePast(lookBack)
  const second = useSecond(client)
  const { pulse } = useLiveness(client)
  const version = Math.max(client.picture.catalogueVersion, pulse?.catalogueVersion ?? 0)
  const catalogue = useLastAnswer(useCatalogue(world.key, version).answer)
  const index = useMemo(() => (catalogue === undefined ? undefined : new CatalogueIndex(catalogue)), [catalogue])
  const clock = pulse?.clock ?? world.clock
  const present = worldTimeAt(clock, epochMillis(second))
  if (index === undefined) return { wall: undefined, second }
  const now = past?.at ?? present
  const shown = { picture: past?.picture ?? client.picture, now, asOf: past?.at, present, lookBack }
  const wall: Wall = { world: { ...world, clock }, client, index, ...shown, version: `${presented} ${second} ${now}` }
  return { wall, second }
}

/** While a newer catalogue is on its way, the surface goes on with the last one. */
function useLastAnswer<Answer>(answer: Answer | undefined): Answer | undefined {
  const [last, setLast] = useState(answer)
  if (answer !== undefined && answer !== last) setLast(answer)
  return answer ?? last
}
