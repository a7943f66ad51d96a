'use client'

import type { PointerEvent } from 'react'
import { useMemo, useState } from 'react'
import { useSketch } from '@/app/fetch/questions'
import type { Lift } from '@/app/layers/lift'
import { FlatMap } from '@/app/map2d/FlatMap'
import { flatView } from '@/app/map2d/flatView'
import { leading, openAlarms } from '@/app/situation/occurrences'
import { zoomForHeight } from '@/app/stage/camera'
import type { TwinViewport } from '@/app/stage/twinViewport'
import { HoverCard } from './HoverCard'
import type { Project } from './MapOverlay'
import { MapOverlay } from './MapOverlay'
import type { Aim } from './nearestPoint'
import { nearestPoint } from './nearestPoint'
import { StageMap } from './StageMap'
import { useCamera } from './useCamera'
import { BARE_GROUND } from './useCity'
import { useFlat } from './useFlat'
import { useMapLabels } from './useMapLabels'
import { useMapPoints } from './useMapPoints'
import { useWall } from './wallContext'
import css from './WallMap.module.css'

export interface WallMapProps {
  readonly width: number
  readonly height: number
  readonly em: number
  readonly selected: string | undefined
  readonly onSelect: (thing: string | undefined) => void
}

/** Where: the plan, the gauges on it, what is wrong, and what moves; on the stage, or flat by key and without WebGL2. */
export function WallMap({ width, height, em, selected, onSelect }: WallMapProps) {
  const { world, client, picture, index } = useWall()
  const home = useMemo(() => ({ ...world.view, zoom: zoomForHeight(world.view.zoom, height) }), [world.view, height])
  const camera = useCamera(home)
  const [viewport, setViewport] = useState<TwinViewport>()
  const [city, setCity] = useState(BARE_GROUND)
  const { flat, broken, breakDown } = useFlat()
  const sketch = useSketch(world.key).answer
  const alarms = leading(openAlarms(picture.alarms.values(), index))
  const labels = useMapLabels(city.open ? undefined : sketch, city.names, alarms)
  const points = useMapPoints(alarms, selected)
  const dots = useDots()
  const [aim, setAim] = useState<Aim>()
  const above = useMemo(() => flatView(camera, { width, height }), [camera, width, height])
  const seen = flat ? above : viewport === undefined ? undefined : seenBy(viewport, city.lift)
  const fault = (module: string, cause: unknown): void => {
    client.faults.report(module, cause)
    if (module === 'stage') breakDown()
  }
  const aimAt = (event: PointerEvent): Aim | undefined => {
    const { left, top } = event.currentTarget.getBoundingClientRect()
    return seen && nearestPoint(points, seen.project, [event.clientX - left, event.clientY - top], em)
  }
  return (
    <div
      className={css['map']}
      data-testid="map"
      data-drawn={seen !== undefined}
      data-flat={flat}
      onPointerMove={(event) => setAim(aimAt(event))}
      onPointerLeave={() => setAim(undefined)}
      onPointerUp={(event) => {
        const hit = aimAt(event)
        if (event.target instanceof HTMLCanvasElement) onSelect(hit?.kind === 'thing' ? hit.key : undefined)
      }}
    >
      {broken ? null : (
        <div className={css['canvas']} data-resting={flat}>
          <StageMap
            {...{ camera, sketch, points, em, height }}
            zoom={world.view.zoom}
            resting={flat}
            onViewport={(drawn) => setViewport((last) => (last !== undefined && last.equals(drawn) ? last : drawn))}
            onCity={setCity}
            onFault={fault}
          />
        </div>
      )}
      {flat ? (
        <div className={css['canvas']}>
          <FlatMap view={above} sketch={sketch} points={points} scale={em / 16} onFault={fault} />
        </div>
      ) : null}
      {seen === undefined ? null : (
        <MapOverlay {...{ labels, dots, width, height, em, flat }} approval={city.approval} {...seen} />
      )}
      {aim === undefined ? null : <HoverCard aim={aim} width={width} height={height} em={em} />}
    </div>
  )
}

const seenBy = (viewport: TwinViewport, lift: Lift): { project: Project; metresPerPixel: number } => ({
  project: ([longitude, latitude]) =>
    viewport.project([longitude, latitude, lift(longitude, latitude)]) as [number, number],
  metresPerPixel: viewport.distanceScales.metersPerUnit[2]! / viewport.scale,
})

/** Where instruments stand; changes with the catalogue alone. */
function useDots(): readonly (readonly [number, number])[] {
  const { index } = useWall()
  return useMemo(
    () =>
      index.catalogue.things.flatMap(({ longitude, latitude }) =>
        longitude === undefined || latitude === undefined ? [] : [[longitude, latitude] as const],
      ),
    [index],
  )
}
