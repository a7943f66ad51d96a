import { ForecastList, ForecastView } from '@/domain/api/forecasts'
import type { FloodResult } from '@/domain/flood/forecast'
import { unpackFrame } from '@/domain/flood/framePack'
import type { FrameTiles } from '@/domain/flood/framePack'
import { getJson, send } from '@/app/fetch/getJson'
import type { Asked } from '@/app/fetch/useAsked'
import { useAsked } from '@/app/fetch/useAsked'

const pathOf = (world: string): string => `/api/worlds/${encodeURIComponent(world)}/forecasts`

/** Runs and what follows for them, every second: a fallback must be seen within five of the worker's death. */
export const useForecasts = (world: string): Asked<ForecastList> =>
  useAsked(world, (signal) => getJson(ForecastList, pathOf(world), { signal }), 1000)

/** A run's product; it stays as it is under the name of its result. */
export const useForecast = (world: string, run: string | undefined, result: string | undefined): Asked<ForecastView> =>
  useAsked(run === undefined ? undefined : `${run} ${result ?? ''}`, (signal) =>
    getJson(ForecastView, `${pathOf(world)}/${run ?? ''}`, { signal }),
  )

/** All frames of a product, each on the one before it; `onFrame` hears of every one as it comes. */
export async function fetchFrames(
  { world, run, result }: { world: string; run: string; result: FloodResult },
  signal: AbortSignal,
  onFrame: (frames: readonly FrameTiles[]) => void,
): Promise<void> {
  const frames: FrameTiles[] = []
  for (const number of result.frames.keys()) {
    const response = await send(`${pathOf(world)}/${run}/frames/${number}`, { signal })
    frames.push(unpackFrame(new Uint8Array(await response.arrayBuffer()), frames.at(-1)))
    if (signal.aborted) return
    onFrame([...frames])
  }
}
