'use client'

import type { CSSProperties, PointerEvent, ReactNode } from 'react'
import { useCallback, useMemo, useState } from 'react'
import { useSketch } from '@/app/fetch/questions'
import type { Lift } from '@/app/layers/lift'
import type { MapPoints } from '@/app/map2d/drawPoints'
import { FlatMap } from '@/app/map2d/FlatMap'
import { flatView } from '@/app/map2d/flatView'
import { leading, openAlarms } from '@/app/situation/occurrences'
import type { Camera } from '@/app/stage/camera'
import { zoomForHeight } from '@/app/stage/camera'
import { sceneView } from '@/domain/wall/scenes'
import type { WallWindow } from '@/domain/wall/wallLayout'
import type { TwinViewport } from '@/app/stage/twinViewport'
import { HoverCard } from './HoverCard'
import type { MapLabel } from './mapLabels'
import type { Project } from './MapOverlay'
import { MapOverlay } from './MapOverlay'
import type { Aim } from './nearestPoint'
import { nearestPoint } from './nearestPoint'
import { StageMap } from './StageMap'
import { bezelBoxes, regionOf } from './tileRegion'
import { useCamera } from './useCamera'
import type { Pose } from './useCamera'
import { BARE_GROUND } from './useCity'
import { useFlat } from './useFlat'
import { useMapLabels } from './useMapLabels'
import { useMapPoints } from './useMapPoints'
import { useWall } from './wallContext'
import type { Area } from './wallLayout'
import css from './WallMap.module.css'

export interface WallMapProps {
  /** Where it stands on the wall. */
  readonly area: Area
  readonly em: number
  readonly selected: string | undefined
  readonly onSelect: (thing: string | undefined) => void
}

/** Where: the plan, the gauges on it, what is wrong, and what moves; on the stage, or flat by key and without WebGL2. */
export function WallMap({ area, em, selected, onSelect }: WallMapProps) {
  const { world, client, picture, index, steering, shown } = useWall()
  const { tile } = steering
  const { width, height } = area
  const now = useCallback(() => client.clock.now(), [client])
  const camera = useCamera(usePose(height), { now, keys: tile === undefined })
  const { region, bezels } = useTileParts(area)
  const [viewport, setViewport] = useState<TwinViewport>()
  const [city, setCity] = useState(BARE_GROUND)
  const { flat, broken, breakDown } = useFlat()
  const sketch = useSketch(world.key).answer
  const alarms = leading(openAlarms(picture.alarms.values(), index))
  const wished = useMapLabels(city.open ? undefined : sketch, city.names, alarms)
  const labels = wished.filter((label) => isShown(label, shown.layers))
  const points = useMapPoints(alarms, selected)
  const dots = useDots()
  const above = useMemo(() => flatView(camera, { width, height }), [camera, width, height])
  const seen = flat ? above : viewport === undefined ? undefined : seenBy(viewport, city.lift)
  const fault = (module: string, cause: unknown): void => {
    client.faults.report(module, cause)
    if (module === 'stage') breakDown()
  }
  const { aim, hands } = useAim({ points, project: seen?.project, em, onSelect })
  return (
    <div
      className={css['map']}
      data-testid="map"
      data-drawn={seen !== undefined}
      data-flat={flat}
      data-city={city.open}
      {...hands}
    >
      {broken ? null : (
        <StagePart region={region} resting={flat}>
          <StageMap
            {...{ camera, sketch, points, em, height }}
            region={tile === undefined ? undefined : region}
            zoom={world.view.zoom}
            resting={flat}
            onViewport={(drawn) => setViewport((last) => (last !== undefined && last.equals(drawn) ? last : drawn))}
            onCity={setCity}
            onFault={fault}
          />
        </StagePart>
      )}
      {flat ? (
        <div className={css['faded']}>
          <FlatMap view={above} sketch={sketch} points={points} scale={em / 16} onFault={fault} />
        </div>
      ) : null}
      {seen === undefined ? null : (
        <MapOverlay {...{ labels, dots, bezels, width, height, em, flat }} approval={city.approval} {...seen} />
      )}
      {aim === undefined ? null : <HoverCard aim={aim} width={width} height={height} em={em} />}
    </div>
  )
}

interface Aiming {
  readonly points: MapPoints
  readonly project: Project | undefined
  readonly em: number
  readonly onSelect: (thing: string | undefined) => void
}

/** What lies under the pointer, and the hands that say so. */
function useAim({ points, project, em, onSelect }: Aiming) {
  const [aim, setAim] = useState<Aim>()
  const aimAt = (event: PointerEvent): Aim | undefined => {
    const box = event.currentTarget.getBoundingClientRect()
    return project && nearestPoint(points, project, [event.clientX - box.left, event.clientY - box.top], em)
  }
  const hands = {
    onPointerMove: (event: PointerEvent) => setAim(aimAt(event)),
    onPointerLeave: () => setAim(undefined),
    onPointerUp: (event: PointerEvent) => {
      const hit = aimAt(event)
      if (event.target instanceof HTMLCanvasElement) onSelect(hit?.kind === 'thing' ? hit.key : undefined)
    },
  }
  return { aim, hands }
}

interface StagePartProps {
  readonly region: WallWindow | undefined
  readonly resting: boolean
  readonly children: ReactNode
}

/** The canvas of this screen in its place of the whole map, which fades into the wall at its borders. */
function StagePart({ region, resting, children }: StagePartProps) {
  if (region === undefined) return null
  return (
    <div className={css['faded']} data-resting={resting}>
      <div className={css['part']} style={boxOf(region)}>
        {children}
      </div>
    </div>
  )
}

/** Alarms are always told; names and readings are layers of their own. */
const isShown = ({ kind }: MapLabel, layers: ReadonlySet<string>): boolean =>
  kind === 'alarm' || layers.has(kind === 'sensor' ? 'plates' : 'names')

const boxOf = ({ x, y, width, height }: WallWindow): CSSProperties => ({ left: x, top: y, width, height })

/** What of the map this tile shows, and where the wall's bezels lie on it. */
function useTileParts({ left, top, width, height }: Area) {
  const { tile } = useWall().steering
  return useMemo(() => {
    const area = { left, top, width, height }
    return { region: regionOf(area, tile?.window), bezels: bezelBoxes(area, tile?.layout) }
  }, [left, top, width, height, tile?.window, tile?.layout])
}

const seenBy = (viewport: TwinViewport, lift: Lift): { project: Project; metresPerPixel: number } => ({
  project: ([longitude, latitude]) =>
    viewport.full.project([longitude, latitude, lift(longitude, latitude)]) as [number, number],
  metresPerPixel: viewport.distanceScales.metersPerUnit[2]! / viewport.scale,
})

/** Where the desk wants the camera: the same object until it wants something else. */
function usePose(height: number): Pose {
  const { world, steering, shown } = useWall()
  const { camera } = steering.state
  const { scene, from } = shown
  return useMemo(() => {
    const view =
      steering.state.carousel === undefined ? (camera ?? sceneView(scene, world.view)) : sceneView(scene, world.view)
    const seen: Camera = { ...view, zoom: zoomForHeight(view.zoom, height) }
    return { camera: seen, from }
  }, [world.view, camera, scene, from, height, steering.state.carousel])
}

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
