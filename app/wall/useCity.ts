'use client'

import { useEffect, useState } from 'react'
import type { Lift } from '@/app/layers/lift'
import { FLAT } from '@/app/layers/lift'
import type { GroundName } from '@/app/scene/city/ground/groundAnswer'
import { openCity } from '@/app/scene/city/openCity'
import type { OpenCity } from '@/app/scene/city/openCity'
import type { Stage } from '@/app/stage/stage'
import type { CityView } from '@/domain/api/city'
import { useWall } from './wallContext'

export interface CityGround {
  /** The World has a city, and it hangs in the stage. */
  readonly open: boolean
  readonly lift: Lift
  /** Names of what is in the picture. */
  readonly names: readonly GroundName[]
  /** 审图号 of the city's map. */
  readonly approval?: string
}

/** The ground of a World without a city, and of one whose city is not built yet. */
export const BARE_GROUND: CityGround = { open: false, lift: FLAT, names: [] }

/** Hangs the World's city into the stage, when its package is there; until then the ground is flat. */
export function useCity(stage: Stage | undefined, city: CityView | undefined, theme: 'dark' | 'light'): CityGround {
  const { client } = useWall()
  const [ground, setGround] = useState(BARE_GROUND)
  useEffect(() => {
    if (stage === undefined || city === undefined) return undefined
    let close: (() => void) | undefined
    client.faults.guard('scene city', () => {
      const onFault: Report = (module, cause) => client.faults.report(module, cause)
      close = hang(stage, { city, theme, onFault, onGround: setGround })
    })
    return () => {
      close?.()
      setGround(BARE_GROUND)
    }
  }, [stage, city, theme, client])
  return ground
}

type Report = (module: string, cause: unknown) => void

interface Hanging {
  readonly city: CityView
  readonly theme: 'dark' | 'light'
  readonly onFault: Report
  readonly onGround: (ground: CityGround) => void
}

function hang(stage: Stage, { city, theme, onFault, onGround }: Hanging): () => void {
  const { longitude, latitude } = stage.frame
  let timer: ReturnType<typeof setTimeout> | undefined
  const settle = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => onGround(groundOf(opened, city)), SETTLE_MS)
  }
  const opened = openCity({
    manifest: city.manifest,
    root: city.root,
    painter: stage.openPainter(),
    quality: stage.quality,
    place: (east, north) => stage.frame.toLocal(east, north),
    longitude,
    latitude,
    theme,
    size: () => stage.fullSize,
    onFault,
    onChange: () => {
      stage.invalidate()
      settle()
    },
  })
  stage.setModules([opened.ground, ...opened.buildings, opened.bridges])
  onGround(groundOf(opened, city))
  return () => {
    clearTimeout(timer)
    stage.setModules([])
    stage.closePainter()
  }
}

/** Annotations are put on finer ground this long after the last tile came, not with each. */
const SETTLE_MS = 400

/** A new function each time: what is drawn by it is drawn anew. */
const groundOf = ({ ground }: OpenCity, { manifest: { identity } }: CityView): CityGround => ({
  open: true,
  lift: (longitude, latitude) => ground.heightAt(longitude, latitude),
  names: ground.names(),
  ...(identity.mapApproval === undefined ? {} : { approval: identity.mapApproval }),
})
