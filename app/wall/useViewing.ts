'use client'

import { useMemo, useSyncExternalStore } from 'react'
import type { TypeScale, Viewing } from '@/app/ui/typeScale'
import { typeScale, usualViewing } from '@/app/ui/typeScale'

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

/** Size of the window and the type for it: `?pitch=` in mm and `?distance=` in m as commissioned, else the usual ones. */
export function useViewing(): SurfaceSize {
  const [width = 0, height = 0] = useSyncExternalStore(subscribe, size, size).split(' ').map(Number)
  return useMemo(() => ({ width, height, scale: typeScale(commissioned(usualViewing(width))) }), [width, height])
}

function commissioned(usual: Viewing): Viewing {
  const asked = new URLSearchParams(window.location.search)
  const positive = (name: string, otherwise: number): number => {
    const value = Number(asked.get(name))
    return value > 0 ? value : otherwise
  }
  return { distance: positive('distance', usual.distance), pitch: positive('pitch', usual.pitch) }
}
