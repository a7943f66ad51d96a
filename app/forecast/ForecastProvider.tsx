import type { ReactNode } from 'react'
import { useEffect, useMemo, useState } from 'react'
import type { FloodResult } from '@/domain/flood/forecast'
import type { FrameTiles } from '@/domain/flood/framePack'
import type { ModelRun } from '@/domain/runs/modelRun'
import type { FloodPicture } from '@/app/layers/floodLayer'
import { useWall } from '@/app/wall/wallContext'
import { fetchFrames, useForecast, useForecasts } from './forecastClient'
import { ForecastContext } from './forecastContext'
import type { ForecastOnWall } from './forecastContext'
import { frameAt, shownForecast } from './shownForecast'
import type { ShownForecast } from './shownForecast'

/** A product is shown this long after its time, ms. */
const AFTER_MS = 30 * 60_000

/** Follows the runs of the World and holds the frames of the product that the map shows. */
export function ForecastProvider({ children }: { readonly children: ReactNode }) {
  const { world, present, asOf } = useWall()
  const list = useForecasts(world.key).answer
  const shown = shownForecast(list?.runs ?? [], present)
  const result = useResult(world.key, shown.product)
  const map = useFloodMap(shown, present)
  const none = list === undefined || list.runs.length === 0 || asOf !== undefined
  const onWall: ForecastOnWall | undefined = none
    ? undefined
    : { ...map, list, shown, result, speaks: speaksOf(shown, present) }
  return <ForecastContext value={onWall}>{children}</ForecastContext>
}

const speaksOf = ({ inFlight, product }: ShownForecast, present: number): boolean =>
  inFlight !== undefined || present < (product?.validTo ?? 0) + AFTER_MS

const useResult = (world: string, run: ModelRun | undefined): FloodResult | undefined =>
  useForecast(world, run?.id, run?.result).answer?.result

type FloodMap = Pick<ForecastOnWall, 'mapResult' | 'picture' | 'seek' | 'frame' | 'held' | 'loaded'>

/** The frame that a hand chose, else the one that is nearest to the clock. */
function useFloodMap({ mapped, outdated }: ShownForecast, present: number): FloodMap {
  const { world } = useWall()
  const mapResult = useResult(world.key, mapped)
  const frames = useFrames(world.key, mapped?.id, mapResult)
  const [held, seek] = useState<number>()
  const frame = held ?? frameAt(mapResult?.frames ?? [], present)
  const tiles = frames[frame]
  const grid = mapResult?.grid
  const picture = useMemo(
    (): FloodPicture | undefined => (tiles === undefined || grid === undefined ? undefined : { tiles, grid, outdated }),
    [tiles, grid, outdated],
  )
  return { mapResult, picture, seek, frame, held: held !== undefined, loaded: frames.length }
}

const NONE: readonly FrameTiles[] = []

/** The frames of a product as they come; those of the last one stay until the first of the next is here. */
function useFrames(world: string, run: string | undefined, result: FloodResult | undefined): readonly FrameTiles[] {
  const { client } = useWall()
  const [frames, setFrames] = useState(NONE)
  useEffect(() => {
    if (run === undefined || result === undefined) return undefined
    const abort = new AbortController()
    fetchFrames({ world, run, result }, abort.signal, setFrames).catch((cause: unknown) => {
      if (!abort.signal.aborted) client.faults.report('forecast', cause)
    })
    return () => abort.abort()
  }, [world, run, result, client])
  return frames
}
