import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { hostFacts } from '@/platform/env'
import { writePackage } from '@/workers/city/package/writePackage'
import { tinyCity } from '@/workers/city/tinyCity'
import { startBelfry } from '../belfry'
import { runCityCommand } from '../import/cityCommand'
import { runBench } from '../report'
import type { BenchContext, BenchResult, Figure } from '../report'
import { startServices } from '../services'
import { openBenchBrowser } from './browser'
import { fly, heapOver, stitchedDifference } from './sceneRun'

/** The aim of the issue: thread time of a picture with 60 000 buildings and 20 000 movers at 1 Hz, ms. */
const FRAME_AIM = 4
const MOVERS = 20_000
/** Seconds of flight, and hangings of the whole city. `--soak` is the long tier. */
const SECONDS = { quick: 10, usual: 30 } as const
const SWITCHES = { quick: 3, usual: 12, soak: 200 } as const

/**
 * What the scene costs: 临江 with 82 000 buildings (`--quick`: a tiny city), flown over with 20 000 movers; four tiles beside
 * one screen; the heap over hangings of the whole city. The pages must be built; `bin/bench.mjs` sees to it.
 */
await runBench('scene', async (context) => {
  const services = await startServices(context.say)
  try {
    await makeCity(context, join(services.folder, 'cities'), services.folder)
    const belfry = await startBelfry({ services, env: { BELFRY_EXERCISE: 'off' } })
    try {
      return await measure(context, belfry.url)
    } finally {
      await belfry.stop()
    }
  } finally {
    await services.stop()
  }
})

/** A World shows the package of its own key: the city is put where the live World looks. */
async function makeCity({ quick, say }: BenchContext, cities: string, folder: string): Promise<void> {
  say(quick ? 'writing a tiny city' : 'building 临江')
  if (quick) await writePackage(tinyCity(), { cities, stamp: 'bench' })
  else await runCityCommand(['build', 'linjiang'], folder)
  await rename(join(cities, quick ? 'tiny' : 'linjiang'), join(cities, 'live'))
}

async function measure({ quick, say }: BenchContext, address: string): Promise<BenchResult> {
  const browser = await openBenchBrowser(address)
  try {
    say(`painted by ${browser.renderer}`)
    const seconds = quick ? SECONDS.quick : SECONDS.usual
    const flown = await fly(browser, MOVERS, seconds)
    say('four tiles beside one screen')
    const stitched = await stitchedDifference(browser)
    const switches = hostFacts().argv.includes('--soak') ? SWITCHES.soak : quick ? SWITCHES.quick : SWITCHES.usual
    say(`hanging the city ${switches} times`)
    const heap = await heapOver(browser, switches)
    const p95 = quantile(flown.frames, 0.95)
    const one = (value: number, unit: string, n = 1): Figure => ({ value, unit, n })
    return {
      figures: {
        firstPictureMs: one(flown.firstPictureMs, 'ms'),
        jsFrameP50Ms: one(quantile(flown.frames, 0.5), 'ms', flown.frames.length),
        jsFrameP95Ms: one(p95, 'ms', flown.frames.length),
        longestTaskMs: one(flown.last.longestTaskMs, 'ms'),
        drawCalls: one(flown.last.calls, 'calls'),
        triangles: one(flown.last.triangles, 'triangles'),
        heapMB: one(flown.last.heapBytes / 1e6, 'MB'),
        stitchedPixelDifference: one(stitched, 'share', 1280 * 720),
        heapSlopeKBPerHour: one(slope(heap.slice(Math.floor(heap.length / 3))) / 1024, 'KB/h', heap.length),
        heapGrowthKBPerSwitch: one(growth(heap) / 1024, 'KB', heap.length),
      },
      ratios: { jsFrameOfAim: p95 / FRAME_AIM },
    }
  } finally {
    await browser.close()
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** Bytes an hour, by least squares; of a few switches in minutes it says little, of 200 much. */
function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (at: 0 | 1): number => points.reduce((sum, point) => sum + point[at], 0) / points.length
  const [hour, bytes] = [mean(0), mean(1)]
  const over = points.reduce((sum, [x, y]) => sum + (x - hour) * (y - bytes), 0)
  return over / points.reduce((sum, [x]) => sum + (x - hour) ** 2, 0)
}

/** Bytes that stay after a switch, between the first and the last. */
const growth = (points: readonly (readonly [number, number])[]): number =>
  ((points.at(-1)?.[1] ?? Number.NaN) - (points[0]?.[1] ?? Number.NaN)) / Math.max(1, points.length - 1)
