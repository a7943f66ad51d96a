'use client'

import { useEffect, useMemo, useState } from 'react'
import type { CityView } from '@/domain/api/city'
import type { Sketch } from '@/domain/api/sketch'
import { useCityPackage } from '@/app/fetch/questions'
import { useForecastOnWall } from '@/app/forecast/forecastContext'
import { floodLayer, waterRuns } from '@/app/layers/floodLayer'
import { alarmRings, reportRings } from '@/app/layers/ringLayers'
import { moverLayers } from '@/app/layers/moverLayers'
import { placeLayers } from '@/app/layers/placeLayers'
import type { PlaceLine } from '@/app/layers/placeLayers'
import { selectionLayer } from '@/app/layers/selectionLayer'
import { sensorLayer } from '@/app/layers/sensorLayer'
import type { MapPoints } from '@/app/map2d/drawPoints'
import { groundColors } from '@/app/scene/groundColors'
import type { Camera } from '@/app/stage/camera'
import type { Stage } from '@/app/stage/stage'
import { StageView } from '@/app/stage/StageView'
import type { TwinViewport } from '@/app/stage/twinViewport'
import type { WallWindow } from '@/domain/wall/wallLayout'
import { useDistricts, useUnderground } from './places/cityPlaces'
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
  /** The part of the map that this tile shows; the whole without one. */
  readonly region: WallWindow | undefined
  /** Behind the flat map: it keeps what it has and draws nothing. */
  readonly resting: boolean
  readonly onViewport: (viewport: TwinViewport) => void
  /** The ground rose or fell: a city came, or finer tiles of it. */
  readonly onCity: (city: CityGround) => void
  readonly onFault: (module: string, cause: unknown) => void
}

/** The map on the stage: the ground in three, what stands on it in layers. */
export function StageMap(props: StageMapProps) {
  const { camera, sketch, zoom, points, em, height, region, resting, onViewport, onCity, onFault } = props
  const [stage, setStage] = useState<Stage>()
  const { world, steering, shown } = useWall()
  const { theme } = steering.state
  const { background } = groundColors[theme]
  useEffect(() => stage?.setBackground(background), [stage, background])
  useEffect(() => stage?.setWindow(region), [stage, region])
  const built = useCityPackage(world.key).answer
  const city = useCity(stage, built, theme)
  const { lift } = city
  const lines = usePlaceLines(built)
  useGround(stage, { sketch, zoom, city: built !== undefined, theme })
  useEffect(() => onCity(city), [city, onCity])
  useEffect(() => {
    if (!resting) stage?.setCamera(camera)
  }, [stage, camera, resting])
  const shownLayers = [...shown.layers].join(' ')
  const layers = useMemo(() => new Set(shownLayers.split(' ')), [shownLayers])
  const picture = useForecastOnWall()?.picture
  const water = layers.has('water') ? picture : undefined
  const runs = useMemo(() => (water === undefined ? [] : waterRuns(water)), [water])
  useEffect(() => {
    if (resting || stage === undefined) return
    const scale = em / 16
    stage.setLayers([
      floodLayer(water, runs, { theme, lift }),
      ...placeLayers(lines, theme, scale, lift),
      reportRings(points.reports, theme, scale, lift),
      sensorLayer(layers.has('sensors') ? points.sensors : [], theme, scale, lift),
      ...moverLayers(layers.has('movers') ? points.movers : [], theme, scale, lift),
      alarmRings(points.rings, theme, scale, lift),
      selectionLayer(points.selected, theme, scale, lift),
    ])
  }, [stage, points, lines, em, resting, lift, theme, layers, water, runs])
  return (
    <StageView
      camera={camera}
      background={background}
      {...(region === undefined ? {} : { window: region })}
      antialias={window.devicePixelRatio * height < 3000}
      onStage={setStage}
      onDrawn={onViewport}
      onFault={onFault}
    />
  )
}

/** Borders of districts, always; what lies below the streets, when the desk wants it. */
function usePlaceLines(city: CityView | undefined): readonly PlaceLine[] {
  const { shown } = useWall()
  const districts = useDistricts(city)
  const pipes = useUnderground(city, shown.layers.has('underground'))
  return useMemo(() => {
    const borders = (districts ?? []).flatMap(({ polygons }) => polygons.flat())
    return [...borders.map((path) => ({ kind: 'district', path }) as const), ...(pipes ?? [])]
  }, [districts, pipes])
}
