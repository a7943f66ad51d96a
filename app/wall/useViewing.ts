'use client'

import { useMemo, useSyncExternalStore } from 'react'
import type { TypeScale, Viewing } from '@/app/ui/typeScale'
import { typeScale, usualViewing } from '@/app/ui/typeScale'
import type { WallLayout } from '@/domain/wall/wallLayout'
import { windowOfTile } from '@/domain/wall/wallLayout'

export interface SurfaceSize {
  readonly width: number
  readonly height: number
  readonly scale: TypeScale
}

const subscribe = (changed: () => void): (() => void) => {
  window.addEventListener('resize', changed)
  return () => window.removeEventListener('resize', changed)
}
const size = (): string => `${window.innerWidth} ${window.innerHeight}`

/** Size of the surface and the type for it: of a wall of tiles as it was laid out; else of the window, `?pitch=` in mm and `?distance=` in m as commissioned, else the usual ones. */
export function useViewing(layout?: WallLayout): SurfaceSize {
  const [width = 0, height = 0] = useSyncExternalStore(subscribe, size, size).split(' ').map(Number)
  return useMemo(() => {
    if (layout === undefined) return { width, height, scale: typeScale(commissioned(usualViewing(width))) }
    const { fullWidth, fullHeight } = windowOfTile(layout, 1, 1)
    return { width: fullWidth, height: fullHeight, scale: typeScale(layout) }
  }, [width, height, layout])
}

function commissioned(usual: Viewing): Viewing {
  const asked = new URLSearchParams(window.location.search)
  const positive = (name: string, otherwise: number): number => {
    const value = Number(asked.get(name))
    return value > 0 ? value : otherwise
  }
  return { distance: positive('distance', usual.distance), pitch: positive('pitch', usual.pitch) }
}
