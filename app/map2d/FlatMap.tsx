'use client'

import { useEffect, useRef, useState } from 'react'
import type { Sketch } from '@/domain/api/sketch'
import { groundColors } from '@/app/scene/groundColors'
import type { FlatGround } from './drawGround'
import { drawGround } from './drawGround'
import type { MapPoints } from './drawPoints'
import { drawPoints } from './drawPoints'
import css from './FlatMap.module.css'
import type { FlatView } from './flatView'
import { landRings } from './landRings'

export interface FlatMapProps {
  readonly view: FlatView
  /** Undefined while it is not known whether the World has a plan. */
  readonly sketch: Sketch | undefined
  readonly points: MapPoints
  /** Enlarges symbols with the type of the wall; 1 at 16 px. */
  readonly scale: number
  readonly onFault: (module: string, cause: unknown) => void
}

/** The map without WebGL: the same data, symbols and greys on a canvas of two dimensions, straight from above. */
export function FlatMap({ view, sketch, points, scale, onFault }: FlatMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const under = useRef<{ readonly of: readonly unknown[]; readonly image: HTMLCanvasElement } | undefined>(undefined)
  const land = useLand(sketch !== undefined && sketch.features.length === 0, onFault)
  useEffect(() => {
    const element = canvas.current
    if (element === null) return
    const pen = sized(element, view)
    if (pen === null) return
    const of = [view, sketch, land]
    if (under.current === undefined || under.current.of.some((part, i) => part !== of[i]))
      under.current = { of, image: groundImage(view, { sketch, land }) }
    pen.drawImage(under.current.image, 0, 0, view.width, view.height)
    drawPoints(pen, points, view, { theme: 'dark', scale })
  }, [view, sketch, land, points, scale])
  return <canvas ref={canvas} className={css['canvas']} data-testid="flat-map" />
}

/** The ground changes with the camera alone: it is drawn once and lies under every picture of the points. */
function groundImage(view: FlatView, ground: FlatGround): HTMLCanvasElement {
  const image = document.createElement('canvas')
  const pen = sized(image, view)
  if (pen !== null) drawGround(pen, ground, view, groundColors.dark)
  return image
}

/** A canvas as sharp as the screen, with a pen in CSS px; cleared. */
function sized(canvas: HTMLCanvasElement, { width, height }: FlatView): CanvasRenderingContext2D | null {
  const ratio = window.devicePixelRatio
  canvas.width = Math.round(width * ratio)
  canvas.height = Math.round(height * ratio)
  const pen = canvas.getContext('2d')
  pen?.scale(ratio, ratio)
  return pen
}

const NO_LAND: FlatGround['land'] = []

function useLand(wanted: boolean, onFault: FlatMapProps['onFault']): FlatGround['land'] {
  const [land, setLand] = useState(NO_LAND)
  const fault = useRef(onFault)
  useEffect(() => {
    fault.current = onFault
  })
  useEffect(() => {
    if (!wanted) return undefined
    let gone = false
    landRings()
      .then((rings) => (gone ? undefined : setLand(rings)))
      .catch((cause: unknown) => fault.current('flat map land', cause))
    return () => {
      gone = true
    }
  }, [wanted])
  return land
}
