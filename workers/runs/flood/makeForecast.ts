import { DEPTH_LINES_CM, depthScale } from '@/domain/flood/depthScale'
import { cutDepthTiles } from '@/domain/flood/depthTiles'
import { FLOOD_FORECAST_VERSION } from '@/domain/flood/forecast'
import type { FloodRequest, FloodResult } from '@/domain/flood/forecast'
import { packFrame } from '@/domain/flood/framePack'
import type { FrameTiles } from '@/domain/flood/framePack'
import { epochMillis } from '@/domain/time'
import type { Rung } from '@/domain/runs/modelRun'
import { cityFloodInput } from '@/workers/models/flood/city/cityFlood'
import { COVER } from '@/workers/models/flood/city/cityGround'
import type { CityGround } from '@/workers/models/flood/city/cityGround'
import { coarsen } from '@/workers/models/flood/city/coarsen'
import type { FloodRun } from '@/workers/models/flood/floodRun'
import type { FloodRefusal } from '@/workers/models/flood/input'
import { prepareFlood, startFlood } from '@/workers/models/flood/model'
import { openFloodKernel } from '@/workers/threads/floodKernel'
import { Consequences } from './consequences'
import { rainOverCity } from './rainFields'
import type { CityPlaces } from './readCityPlaces'
import { UnderpassWatch } from './underpassWatch'

/** Cells of the coarse rung are this many times as wide. */
export const COARSE_FACTOR = 4
const MINUTE_S = 60
const MINUTE_MS = 60_000
const CALIBRATED_UP_TO_MMH = 120

/** The model refused its input: the run fails with the refusal's code, field and value. */
export class FloodRefused extends Error {
  readonly retry = false
  readonly refusal: FloodRefusal
  constructor(refusal: FloodRefusal) {
    super(`flood.${refusal.code}: ${refusal.field} ${refusal.value ?? ''}`)
    this.refusal = refusal
  }
}

/** A city as a run needs it. */
export interface City {
  readonly ground: CityGround
  readonly places: CityPlaces
}

export interface ForecastHooks {
  readonly threads: number
  /** Keeps bytes and returns their sha256. */
  readonly put: (bytes: Uint8Array) => Promise<string>
  /** Called each minute of model time with the share that is done; throws to give up. */
  readonly progress: (share: number) => void
}

/** What a run came to; frames are kept as blobs already. */
export type MadeForecast = Omit<FloodResult, 'request'>

/**
 * Runs the city from dry ground through the measured rain to the horizon. Everything follows from the request and the
 * rung. @throws FloodRefused, RainUnknown, KernelMissing, and whatever `progress` throws.
 */
export async function makeForecast(
  request: FloodRequest,
  { ground: fine, places }: City,
  rung: Exclude<Rung, 'rule'>,
  hooks: ForecastHooks,
): Promise<MadeForecast> {
  const ground = coarsen(fine, rung === 'full' ? 1 : COARSE_FACTOR)
  const rain = rainOverCity(request, ground)
  const prepared = prepareFlood({
    ...cityFloodInput(ground, {
      rain: rain.fields,
      riverRise_m: request.riverRise_m,
      faults: {
        pumpsOut: new Set(request.pumpsOut),
        gatesShut: new Set(request.gatesShut),
        blocked: new Map(Object.entries(request.blocked)),
      },
    }),
    extremeRainConfirmed: request.extremeRainConfirmed,
  })
  if (!prepared.ok) throw new FloodRefused(prepared.error)
  const kernel = await openFloodKernel(prepared.value.layoutFor(hooks.threads).bytes, hooks.threads)
  try {
    const run = startFlood(prepared.value, kernel)
    const consequences = new Consequences(ground, places, request.timeZone)
    const followed = await follow(run, { ground, consequences }, request, hooks)
    const most = Math.max(rain.measured_mmh, rain.assumed_mmh)
    return {
      model: 'flood',
      version: FLOOD_FORECAST_VERSION,
      rung,
      issueTime: request.issueTime,
      lines_cm: [...DEPTH_LINES_CM],
      quality: [...rain.quality, ...(most > CALIBRATED_UP_TO_MMH ? ['EXTRAPOLATED'] : [])],
      assumption: request.assumption,
      grid: { columns: ground.columns, rows: ground.rows, ...ground.place },
      rain: { measured_mmh: nine(rain.measured_mmh), assumed_mmh: nine(rain.assumed_mmh) },
      massErrorQuanta: run.massError().toString(),
      activeShare: nine(Number(run.work.cells) / Number(run.work.ticks) / (ground.columns * ground.rows)),
      ...followed,
      consequences: consequences.result(),
    }
  } finally {
    await kernel.close()
  }
}

async function follow(
  run: FloodRun,
  { ground, consequences }: { ground: CityGround; consequences: Consequences },
  { issueTime, warmUpMinutes, horizonMinutes, frameMinutes }: FloodRequest,
  { put, progress }: ForecastHooks,
): Promise<Pick<FloodResult, 'frames' | 'underpasses'>> {
  const watch = new UnderpassWatch(ground.underpasses, DEPTH_LINES_CM)
  const frames: FloodResult['frames'][number][] = []
  const all = warmUpMinutes + horizonMinutes
  let before: FrameTiles = new Map()
  for (let minute = -warmUpMinutes; minute <= horizonMinutes; minute++) {
    run.advance((minute + warmUpMinutes) * MINUTE_S)
    progress((minute + warmUpMinutes) / all)
    if (minute < 0) continue
    watch.look((cell) => run.depthAt(cell))
    if (minute % frameMinutes !== 0) continue
    const depths = landDepths(run, ground)
    consequences.look(depths, minute, issueTime + minute * MINUTE_MS)
    const tiles = frameOf(depths, ground)
    const bytes = packFrame(tiles, before)
    frames.push({ validTime: epochMillis(issueTime + minute * MINUTE_MS), blob: await put(bytes), bytes: bytes.length })
    before = tiles
  }
  return { frames, underpasses: watch.forecasts() }
}

const scale = depthScale()

/** Depths over land, m; rivers and lakes at rest are no flood. */
function landDepths(run: FloodRun, { cover }: CityGround): Float32Array {
  const depths = run.depths()
  for (let cell = 0; cell < depths.length; cell++)
    if (cover[cell] === COVER.river || cover[cell] === COVER.still) depths[cell] = 0
  return depths
}

/** Depths as codes by tile; what is under the first line is no class. */
function frameOf(depths: Float32Array, { columns, rows }: CityGround): FrameTiles {
  const least = DEPTH_LINES_CM[0] / 100
  const depth_m = depths.map((depth) => (depth < least ? 0 : depth))
  const tiles = new Map<number, Uint8Array>()
  for (const [number, codes] of cutDepthTiles(scale, { columns, rows, depth_m }).entries())
    if (codes.some((code) => code !== 0)) tiles.set(number, codes)
  return tiles
}

/** Nine significant digits, so that a result is the same text everywhere. */
const nine = (value: number): number => Number(value.toPrecision(9))
