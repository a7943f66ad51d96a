'use client'

import { useMemo } from 'react'
import type { Sketch } from '@/domain/api/sketch'
import { useNames } from '@/app/messages/locale'
import { namedPlaces } from '@/app/desk/places/namedPlaces'
import { useWall } from '@/app/wall/wallContext'

/** A name on the ground. Degrees; lower ranks are written first. */
export interface GroundName {
  readonly key: string
  readonly text: string
  readonly kind: 'district' | 'road' | 'facility' | 'thing'
  readonly position: readonly [number, number]
  readonly rank: number
}

const RANK = { district: 0, road: 1, facility: 2, thing: 3 } as const

/** All names that the desk can write: districts, roads, facilities and instruments. */
export function useDeskNames(sketch: Sketch | undefined): readonly GroundName[] {
  const { index } = useWall()
  const names = useNames()
  return useMemo(
    () =>
      namedPlaces(index.catalogue, sketch).map(({ key, name, kind, longitude, latitude }) => ({
        key,
        text: names(name),
        kind,
        position: [longitude, latitude] as const,
        rank: RANK[kind],
      })),
    [index, sketch, names],
  )
}
