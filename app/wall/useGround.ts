'use client'

import { useEffect } from 'react'
import type { Topology } from 'topojson-specification'
import type { Sketch } from '@/domain/api/sketch'
import { groundColors } from '@/app/scene/groundColors'
import { Land } from '@/app/scene/land'
import { Plan } from '@/app/scene/plan'
import { ScaleGrid } from '@/app/scene/scaleGrid'
import type { SceneModule } from '@/app/scene/sceneModule'
import type { Stage } from '@/app/stage/stage'
import { useWall } from './wallContext'

/** Worlds wider than this show land and sea; a city shows its plan. Zoom of web mercator. */
const LAND_BELOW = 9.5

interface Ground {
  readonly sketch: Sketch | undefined
  /** Zoom of the World's home view. */
  readonly zoom: number
  /** A city stands there. */
  readonly city: boolean
  readonly theme: 'dark' | 'light'
}

/** Hangs the plan or the land into the stage, as long as no city stands there. */
export function useGround(stage: Stage | undefined, { sketch, zoom, city, theme }: Ground): void {
  const { client } = useWall()
  useEffect(() => {
    if (stage === undefined || city) return undefined
    let gone = false
    const place = (longitude: number, latitude: number) => stage.frame.toLocal(longitude, latitude)
    const colors = groundColors[theme]
    const modules: SceneModule[] = [new ScaleGrid(place, colors)]
    const hasPlan = sketch !== undefined && sketch.features.length > 0
    if (hasPlan) client.faults.guard('scene plan', () => modules.push(new Plan(sketch, place, colors)))
    stage.setModules(modules)
    const addLand = async (): Promise<void> => {
      const { default: topology } = await import('world-atlas/land-50m.json')
      if (!gone) stage.setModules([new Land(topology as unknown as Topology, place, colors), ...modules])
    }
    if (!hasPlan && zoom < LAND_BELOW) addLand().catch((cause: unknown) => client.faults.report('scene land', cause))
    return () => {
      gone = true
    }
  }, [stage, sketch, zoom, city, theme, client])
}
