'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { Camera } from '@/app/stage/camera'
import { between, easeInOut, MOVE_MS, zoomed } from '@/app/stage/camera'
import { machineNow } from '@/app/time/machineClock'

export interface DeskCamera {
  readonly camera: Camera
  /** Goes there in the time that every camera move takes. */
  readonly fly: (to: Camera) => void
  /** Puts it there at once: a hand on the map. */
  readonly put: (to: Camera) => void
  readonly zoom: (steps: number) => void
  readonly home: () => void
}

/** The camera of a desk: it moves by hand, by key, or to the incident that was opened, never by itself. */
export function useDeskCamera(home: Camera): DeskCamera {
  const [camera, setCamera] = useState(home)
  const current = useRef(camera)
  const request = useRef(0)
  const put = useCallback((to: Camera) => {
    cancelAnimationFrame(request.current)
    current.current = to
    setCamera(to)
  }, [])
  const fly = useCallback((to: Camera) => {
    cancelAnimationFrame(request.current)
    const from = current.current
    const began = machineNow()
    const length = window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : MOVE_MS
    const step = (): void => {
      const x = length === 0 ? 1 : Math.min(1, (machineNow() - began) / length)
      current.current = between(from, to, easeInOut(x))
      setCamera(current.current)
      if (x < 1) request.current = requestAnimationFrame(step)
    }
    step()
  }, [])
  useEffect(() => () => cancelAnimationFrame(request.current), [])
  const zoom = useCallback((steps: number) => fly(zoomed(current.current, steps)), [fly])
  return { camera, fly, put, zoom, home: useCallback(() => fly(home), [fly, home]) }
}
