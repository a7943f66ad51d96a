'use client'

import type { PointerEvent, WheelEvent } from 'react'
import { useRef } from 'react'
import type { FlatView } from '@/app/map2d/flatView'
import { zoomed } from '@/app/stage/camera'
import type { DeskCamera } from './useDeskCamera'

/** Less than this between down and up is a click. CSS px. */
const CLICK_WITHIN = 4

interface Held {
  readonly x: number
  readonly y: number
  readonly view: FlatView
}

/** Drag moves the map, the wheel zooms it, a click points at a place. Keys do the same: nothing needs a drag. */
export function useDrag(view: FlatView, { camera, put }: DeskCamera, onClick: (x: number, y: number) => void) {
  const held = useRef<Held | undefined>(undefined)
  const place = (event: PointerEvent): readonly [number, number] => {
    const { left, top } = event.currentTarget.getBoundingClientRect()
    return [event.clientX - left, event.clientY - top]
  }
  return {
    onPointerDown(event: PointerEvent): void {
      const [x, y] = place(event)
      held.current = { x, y, view }
      event.currentTarget.setPointerCapture(event.pointerId)
    },
    onPointerMove(event: PointerEvent): void {
      const from = held.current
      if (from === undefined) return
      const [x, y] = place(event)
      if (Math.hypot(x - from.x, y - from.y) < CLICK_WITHIN) return
      const [longitude, latitude] = from.view.unproject(
        from.view.width / 2 - (x - from.x),
        from.view.height / 2 - (y - from.y),
      )
      put({ ...camera, longitude, latitude })
    },
    onPointerUp(event: PointerEvent): void {
      const from = held.current
      held.current = undefined
      if (from === undefined) return
      const [x, y] = place(event)
      if (Math.hypot(x - from.x, y - from.y) < CLICK_WITHIN) onClick(x, y)
    },
    onWheel: (event: WheelEvent): void => put(zoomed(camera, event.deltaY < 0 ? 0.5 : -0.5)),
  }
}
