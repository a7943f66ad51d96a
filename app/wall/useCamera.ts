'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { Camera } from '@/app/stage/camera'
import { between, easeInOut, MOVE_MS, zoomed } from '@/app/stage/camera'
import { isCommandKey } from './commandKey'

/** Where the camera is told to stand, and from which machine time of the server it goes there. */
export interface Pose {
  readonly camera: Camera
  readonly from: number
}

interface Hands {
  /** The server's machine time: all tiles of a wall move by one clock. */
  readonly now: () => number
  /** Keys move this screen alone; never on a tile. */
  readonly keys: boolean
}

/** The camera of a wall: it rests and moves only on command. M home, + and − zoom, arrows pan. */
export function useCamera(pose: Pose, { now, keys }: Hands): Camera {
  const [camera, setCamera] = useState(pose.camera)
  const current = useRef(camera)
  const request = useRef(0)
  const moveTo = useCallback(
    (to: Camera, began: number) => {
      cancelAnimationFrame(request.current)
      const from = current.current
      const length = window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : MOVE_MS
      const step = (): void => {
        const x = length === 0 ? 1 : Math.min(1, Math.max(0, (now() - began) / length))
        current.current = x === 1 ? to : between(from, to, easeInOut(x))
        setCamera(current.current)
        if (x < 1) request.current = requestAnimationFrame(step)
      }
      step()
    },
    [now],
  )
  useEffect(() => {
    moveTo(pose.camera, pose.from)
    return () => cancelAnimationFrame(request.current)
  }, [pose, moveTo])
  useEffect(() => {
    if (!keys) return undefined
    const press = (event: KeyboardEvent): void => {
      if (!isCommandKey(event)) return
      const to = commanded(event.key, current.current, pose.camera)
      if (to !== undefined) moveTo(to, now())
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [pose, moveTo, keys, now])
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
