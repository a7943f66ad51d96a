import type { Crossing, Underpass } from '../fabric/crossings'
import { CORRIDORS } from '../plan/expressways'
import type { HeightRaster } from './heightRaster'
import { ramp } from './noise'

/** How deep the carriageway lies below the street, and how far its ramps reach from the middle, metres. */
const SAG_DEPTH = 5.2
const FLAT = 22
const RAMP_END = 118
const HALF_WIDTH = 14

/** Raises railways and motorways on their embankments, then digs the underpasses through. */
export function shapeRoads(
  ground: HeightRaster,
  {
    crossings,
    underpasses,
    isWater,
  }: { crossings: readonly Crossing[]; underpasses: readonly Underpass[]; isWater: (x: number, y: number) => boolean },
): void {
  const gaps = crossings.filter(({ overKind }) => overKind !== 'trunk')
  for (const { key, kind, line, half } of CORRIDORS) {
    const rise = kind === 'rail' ? 1.6 : 2.4
    const own = gaps.filter(({ over }) => over === key)
    const dry = line.filter(([x, y]) => !isWater(x, y) && ground.at(x, y) < 60)
    if (dry.length < line.length * 0.05) continue
    for (const run of runs(
      line,
      ([x, y]) =>
        !isWater(x, y) && ground.at(x, y) < 60 && own.every(({ at }) => Math.hypot(at[0] - x, at[1] - y) > 45),
    ))
      ground.shape(run, half - 4, (old, away) => old + rise * (1 - ramp(half * 0.45, half - 4, away)))
  }
  for (const underpass of underpasses) dig(ground, underpass)
}

function dig(ground: HeightRaster, { stretch, middle, at }: Underpass): void {
  const rim = ground.at(at[0], at[1])
  ground.shape(stretch, HALF_WIDTH, (old, away, along) => {
    const off = Math.abs(along - middle)
    if (off > RAMP_END) return old
    const floor = rim - SAG_DEPTH * (1 - ramp(FLAT, RAMP_END, off))
    return Math.min(old, away < HALF_WIDTH - 4 ? floor : (floor + old) / 2)
  })
}

function runs<T>(line: readonly T[], keep: (one: T) => boolean): T[][] {
  const out: T[][] = [[]]
  for (const one of line) {
    if (keep(one)) out[out.length - 1]!.push(one)
    else if (out[out.length - 1]!.length > 0) out.push([])
  }
  return out.filter((run) => run.length > 1)
}
