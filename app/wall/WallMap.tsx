'use client'

import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { alarmRings, ALARM_RADIUS, reportRings, ruptureRadius } from '@/app/layers/ringLayers'
import { moverLayers } from '@/app/layers/moverLayers'
import { selectionLayer } from '@/app/layers/selectionLayer'
import { sensorLayer } from '@/app/layers/sensorLayer'
import { useSketch } from '@/app/fetch/questions'
import { groundColors } from '@/app/scene/groundColors'
import type { OpenAlarm } from '@/app/situation/occurrences'
import { leading, openAlarms } from '@/app/situation/occurrences'
import { placedThings } from '@/app/situation/sensors'
import { placedMovers, Trails } from '@/app/situation/trails'
import { zoomForHeight } from '@/app/stage/camera'
import type { Stage } from '@/app/stage/stage'
import { StageView } from '@/app/stage/StageView'
import type { TwinViewport } from '@/app/stage/twinViewport'
import { MapOverlay } from './MapOverlay'
import { useCamera } from './useCamera'
import { useGround } from './useGround'
import { useMapLabels } from './useMapLabels'
import { useWall } from './wallContext'
import css from './WallMap.module.css'

export interface WallMapProps {
  readonly width: number
  readonly height: number
  readonly em: number
  readonly selected: string | undefined
  readonly onSelect: (thing: string | undefined) => void
}

/** Where: the plan, the gauges on it, what is wrong, and what moves. */
export function WallMap({ width, height, em, selected, onSelect }: WallMapProps) {
  const { world, client, index } = useWall()
  const t = useTranslations('wall')
  const home = useMemo(() => ({ ...world.view, zoom: zoomForHeight(world.view.zoom, height) }), [world.view, height])
  const camera = useCamera(home)
  const [stage, setStage] = useState<Stage>()
  const [viewport, setViewport] = useState<TwinViewport>()
  const [broken, setBroken] = useState(false)
  const sketch = useSketch(world.key).answer
  const alarms = leading(openAlarms(client.picture.alarms.values(), index))
  const labels = useMapLabels(sketch, alarms)
  const dots = useDots()
  useGround(stage, sketch, world.view.zoom)
  useLayers(stage, alarms, selected, em)
  useEffect(() => stage?.setCamera(camera), [stage, camera])
  const fault = (module: string, cause: unknown): void => {
    client.faults.report(module, cause)
    if (module === 'stage') setBroken(true)
  }
  const pick = async (x: number, y: number): Promise<void> => {
    const found: unknown = (await stage?.pick(x, y))?.object
    onSelect(isKeyed(found) ? found.key : undefined)
  }
  return (
    <div className={css['map']} data-testid="map" data-drawn={viewport !== undefined}>
      {broken ? (
        <p className={css['none']}>{t('noWebGl')}</p>
      ) : (
        <div className={css['canvas']}>
          <StageView
            camera={camera}
            background={groundColors.dark.background}
            antialias={window.devicePixelRatio * height < 3000}
            onStage={setStage}
            onDrawn={(drawn) => setViewport((last) => (last !== undefined && last.equals(drawn) ? last : drawn))}
            onFault={fault}
            onClick={(x, y) => void pick(x, y)}
          />
        </div>
      )}
      {viewport === undefined ? null : (
        <MapOverlay
          labels={labels}
          dots={dots}
          project={([longitude, latitude]) => viewport.project([longitude, latitude]) as [number, number]}
          width={width}
          height={height}
          em={em}
          metresPerPixel={viewport.distanceScales.metersPerUnit[2]! / viewport.scale}
        />
      )}
    </div>
  )
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

const isKeyed = (found: unknown): found is { readonly key: string } =>
  typeof found === 'object' && found !== null && 'key' in found && typeof found.key === 'string'

/** Puts what was presented into the layers, and nothing twice: a still city is not drawn again. */
function useLayers(
  stage: Stage | undefined,
  alarms: readonly OpenAlarm[],
  selected: string | undefined,
  em: number,
): void {
  const { client, index, now, version } = useWall()
  const trails = useRef(new Trails())
  const shown = useRef('')
  useEffect(() => client.onPresented(({ movers }) => trails.current.take(client.picture.movers, movers)), [client])
  useEffect(() => {
    if (stage === undefined) {
      shown.current = ''
      return
    }
    const { picture } = client
    const sensors = placedThings(index, picture.readings, now)
    const movers = placedMovers(picture.movers, trails.current, index, now)
    const rings = alarms.flatMap(({ alarm, stream }) => {
      const thing = stream === undefined ? undefined : index.thing(stream.thing)
      if (thing?.longitude === undefined || thing.latitude === undefined) return []
      return [
        {
          key: thing.key,
          position: [thing.longitude, thing.latitude] as const,
          radius: ALARM_RADIUS,
          urgency: alarm.level,
        },
      ]
    })
    const reports = [...picture.reports.values()].flatMap(({ id, longitude, latitude, magnitude, phenomenonTime }) => {
      const seen = longitude !== undefined && latitude !== undefined && phenomenonTime <= now
      return seen
        ? [{ key: id, position: [longitude, latitude] as const, radius: ruptureRadius(magnitude ?? 0), urgency: 0 }]
        : []
    })
    const firm = sensors.filter(({ key }) => key === selected).map(({ position }) => ({ position, firm: true }))
    const drawing = JSON.stringify([
      sensors.map(({ state }) => state),
      movers,
      rings,
      reports.length,
      reports.at(-1)?.key,
      firm,
      em,
    ])
    if (drawing === shown.current) return
    shown.current = drawing
    const scale = em / 16
    stage.setLayers([
      reportRings(reports, 'dark', scale),
      sensorLayer(sensors, 'dark', scale),
      ...moverLayers(movers, 'dark', scale),
      alarmRings(rings, 'dark', scale),
      selectionLayer(firm, 'dark', scale),
    ])
  }, [stage, client, index, now, version, alarms, selected, em])
}
