'use client'

import { useEffect, useState } from 'react'
import type { Sketch } from '@/domain/api/sketch'
import { useCityPackage } from '@/app/fetch/questions'
import { alarmRings, reportRings } from '@/app/layers/ringLayers'
import { moverLayers } from '@/app/layers/moverLayers'
import { selectionLayer } from '@/app/layers/selectionLayer'
import { sensorLayer } from '@/app/layers/sensorLayer'
import type { MapPoints } from '@/app/map2d/drawPoints'
import { groundColors } from '@/app/scene/groundColors'
import type { Camera } from '@/app/stage/camera'
import type { Stage } from '@/app/stage/stage'
import { StageView } from '@/app/stage/StageView'
import type { TwinViewport } from '@/app/stage/twinViewport'
import type { CityGround } from './useCity'
import { useCity } from './useCity'
import { useGround } from './useGround'
import { useWall } from './wallContext'

export interface StageMapProps {
  readonly camera: Camera
  readonly sketch: Sketch | undefined
  /** Zoom of the World's home view: how wide it is. */
  readonly zoom: number
  readonly points: MapPoints
  readonly em: number
  readonly height: number
  /** Behind the flat map: it keeps what it has and draws nothing. */
  readonly resting: boolean
  readonly onViewport: (viewport: TwinViewport) => void
  /** The ground rose or fell: a city came, or finer tiles of it. */
  readonly onCity: (city: CityGround) => void
  readonly onFault: (module: string, cause: unknown) => void
}

/** The map on the stage: the ground in three, what stands on it in layers. */
export function StageMap(props: StageMapProps) {
  const { camera, sketch, zoom, points, em, height, resting, onViewport, onCity, onFault } = props
  const [stage, setStage] = useState<Stage>()
  const { world } = useWall()
  const built = useCityPackage(world.key).answer
  const city = useCity(stage, built)
  const { lift } = city
  useGround(stage, sketch, zoom, built !== undefined)
  useEffect(() => onCity(city), [city, onCity])
  useEffect(() => {
    if (!resting) stage?.setCamera(camera)
  }, [stage, camera, resting])
  useEffect(() => {
    if (resting || stage === undefined) return
    const scale = em / 16
    stage.setLayers([
      reportRings(points.reports, 'dark', scale, lift),
      sensorLayer(points.sensors, 'dark', scale, lift),
      ...moverLayers(points.movers, 'dark', scale, lift),
      alarmRings(points.rings, 'dark', scale, lift),
      selectionLayer(points.selected, 'dark', scale, lift),
    ])
  }, [stage, points, em, resting, lift])
  return (
    <StageView
      camera={camera}
      background={groundColors.dark.background}
      antialias={window.devicePixelRatio * height < 3000}
      onStage={setStage}
      onDrawn={onViewport}
      onFault={onFault}
    />
  )
}
