import type { ReactNode } from 'react'
import { useEffect, useMemo, useState } from 'react'
import type { FloodResult } from '@/domain/flood/forecast'
import type { FrameTiles } from '@/domain/flood/framePack'
import type { FloodPicture } from '@/app/layers/floodLayer'
import { useWall } from '@/app/wall/wallContext'
import { fetchFrames, useForecast, useForecasts } from './forecastClient'
import { ForecastContext } from './forecastContext'
import type { ForecastOnWall } from './forecastContext'
import { frameAt, shownForecast } from './shownForecast'

/** A product is shown this long after its time, ms. */
const AFTER_MS = 30 * 60_000

/** Follows the runs of the World and holds the frames of the product that the map shows. */
export function ForecastProvider({ children }: { readonly children: ReactNode }) {
  const { world, present, asOf } = useWall()
  const { answer: list } = useForecasts(world.key)
  const shown = shownForecast(list?.runs ?? [], present)
  const { product, mapped, outdated } = shown
  const result = useForecast(world.key, product?.id, product?.result).answer?.result
  const mapResult = useForecast(world.key, mapped?.id, mapped?.result).answer?.result
  const frames = useFrames(world.key, mapped?.id, mapResult)
  const [held, seek] = useState<number>()
  const frame = mapResult === undefined ? 0 : (held ?? frameAt(mapResult.frames, present))
  const tiles = frames[frame]
  const grid = mapResult?.grid
  const picture = useMemo(
    (): FloodPicture | undefined => (tiles === undefined || grid === undefined ? undefined : { tiles, grid, outdated }),
    [tiles, grid, outdated],
  )
  const onWall: ForecastOnWall | undefined =
    list === undefined || list.runs.length === 0 || asOf !== undefined
      ? undefined
      : {
          ...{ list, shown, result, mapResult, picture, seek },
          speaks: shown.inFlight !== undefined || present < (shown.product?.validTo ?? 0) + AFTER_MS,
          ...{ frame, held: held !== undefined, loaded: frames.length },
        }
  return <ForecastContext value={onWall}>{children}</ForecastContext>
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
