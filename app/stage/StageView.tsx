'use client'

import { useEffect, useRef, useState } from 'react'
import type { Camera } from './camera'
import { Stage } from './stage'
import css from './StageView.module.css'
import type { TwinViewport } from './twinViewport'
import type { WallWindow } from '@/domain/wall/wallLayout'

export interface StageViewProps {
  readonly camera: Camera
  readonly background: string
  readonly antialias: boolean
  readonly window?: WallWindow
  /** A stage that can draw; undefined while there is none: at first, and after its context was lost. */
  readonly onStage: (stage: Stage | undefined) => void
  readonly onDrawn: (viewport: TwinViewport) => void
  readonly onFault: (module: string, cause: unknown) => void
  readonly onClick?: (x: number, y: number) => void
}

/** A lost context comes back by a new canvas; not more often than this. Milliseconds. */
const REOPEN_AFTER = 500
/** A graphics card that had a context and gives none is asked again and again: it may be restarting. Milliseconds. */
const REOPEN_AGAIN = 5000

/** The stage in the page. Its canvas is born with its context and dies with it. */
export function StageView(props: StageViewProps) {
  const [life, setLife] = useState(0)
  const canvas = useRef<HTMLCanvasElement>(null)
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })
  useEffect(() => {
    const element = canvas.current
    if (element === null) return undefined
    return openStage(element, latest, () => setLife((n) => n + 1), life > 0)
  }, [life])
  return (
    <canvas
      key={life}
      ref={canvas}
      className={css['canvas']}
      data-stage-life={life}
      onClick={({ nativeEvent: { offsetX, offsetY } }) => props.onClick?.(offsetX, offsetY)}
    />
  )
}

type Latest = { readonly current: StageViewProps }

/** Opens a stage on a canvas and keeps it in size; returns its end. */
function openStage(canvas: HTMLCanvasElement, latest: Latest, again: () => void, reopened: boolean): () => void {
  let stage: Stage | undefined
  let ended = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const sizes = new ResizeObserver(() => stage?.resize())
  const lost = (event: Event): void => {
    event.preventDefault()
    latest.current.onStage(undefined)
    timer = setTimeout(again, REOPEN_AFTER)
  }
  canvas.addEventListener('webglcontextlost', lost)
  const { camera, background, antialias, window } = latest.current
  const options = { canvas, camera, background, antialias, ...(window === undefined ? {} : { window }) }
  Stage.open({
    ...options,
    onFault: (module, cause) => latest.current.onFault(module, cause),
    onDrawn: (viewport) => latest.current.onDrawn(viewport),
  })
    .then((opened) => {
      if (ended) return opened.dispose()
      stage = opened
      stage.resize()
      sizes.observe(canvas)
      latest.current.onStage(stage)
    })
    .catch((cause: unknown) => {
      latest.current.onFault('stage', cause)
      if (!ended && reopened) timer = setTimeout(again, REOPEN_AGAIN)
    })
  return () => {
    ended = true
    clearTimeout(timer)
    sizes.disconnect()
    canvas.removeEventListener('webglcontextlost', lost)
    if (stage !== undefined) latest.current.onStage(undefined)
    stage?.dispose()
  }
}
