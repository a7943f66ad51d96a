'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { Camera } from '@/app/stage/camera'
import { between, easeInOut, MOVE_MS, zoomed } from '@/app/stage/camera'
import { machineNow } from '@/app/time/machineClock'
import { isCommandKey } from './commandKey'

/** The camera of a wall: it rests at home and moves only on command. M home, + and − zoom, arrows pan. */
export function useCamera(home: Camera): Camera {
  const [camera, setCamera] = useState(home)
  const current = useRef(camera)
  const request = useRef(0)
  const moveTo = useCallback((to: Camera) => {
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
  useEffect(() => {
    current.current = home
    setCamera(home)
  }, [home])
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!isCommandKey(event)) return
      const to = commanded(event.key, current.current, home)
      if (to !== undefined) moveTo(to)
    }
    window.addEventListener('keydown', press)
    return () => {
      window.removeEventListener('keydown', press)
      cancelAnimationFrame(request.current)
    }
  }, [home, moveTo])
  return camera
}

/** Share of the picture that an arrow key moves. */
const PAN = 0.2

const commands: Record<string, (camera: Camera, home: Camera) => Camera> = {
  m: (_camera, home) => home,
  '+': (camera) => zoomed(camera, 1),
  '=': (camera) => zoomed(camera, 1),
  '-': (camera) => zoomed(camera, -1),
  arrowleft: (camera) => panned(camera, -1, 0),
  arrowright: (camera) => panned(camera, 1, 0),
  arrowup: (camera) => panned(camera, 0, 1),
  arrowdown: (camera) => panned(camera, 0, -1),
}

const commanded = (key: string, camera: Camera, home: Camera): Camera | undefined =>
  commands[key.toLowerCase()]?.(camera, home)

const MERCATOR_LIMIT = 84

function panned(camera: Camera, east: number, north: number): Camera {
  const step = (PAN * 360) / 2 ** camera.zoom
  const latitude = Math.max(-MERCATOR_LIMIT, Math.min(MERCATOR_LIMIT, camera.latitude + north * step))
  return { ...camera, longitude: camera.longitude + east * step, latitude }
}
