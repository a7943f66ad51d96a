import type { FloodEngine, Ground } from '../engine'
import { nearest } from './faces'

const { fround } = Math

interface Fields {
  readonly rain: Float32Array | undefined
  readonly ground: Ground
  /** In 1/64 quanta. */
  readonly infiltrated: Int32Array
}

/** Rain, Green-Ampt infiltration and inlet capacity over an interval, cell by cell; returns what moved, quanta. */
export function rainAndLoss(
  engine: Pick<FloodEngine, 'depthOf' | 'add'>,
  { start, until, rainSince }: { start: number; until: number; rainSince: number },
  { rain, ground, infiltrated }: Fields,
): { rain: bigint; infiltrated: bigint; drained: bigint } {
  const dt = fround(until - start)
  let [fell, sank, drained] = [0, 0, 0]
  for (let cell = 0; cell < infiltrated.length; cell++) {
    const added = rain === undefined ? 0 : between(rain[cell]!, fround(start - rainSince), fround(until - rainSince))
    const depth = engine.depthOf(cell) + added
    const sunk = soak(cell, Math.max(depth, 0), dt, { ground, infiltrated })
    const open = between(ground.drain[cell]!, fround(start), fround(until))
    const out = Math.min(open, Math.max(depth - sunk, 0))
    engine.add(cell, added - sunk - out)
    fell += added
    sank += sunk
    drained += out
  }
  return { rain: BigInt(fell), infiltrated: BigInt(sank), drained: BigInt(drained) }
}

/** What a constant rate gives between two times: round(rate T) at both, so that rounding loses nothing over time. */
const between = (rate: number, from: number, to: number): number =>
  nearest(fround(rate * to)) - nearest(fround(rate * from))

function soak(cell: number, held: number, dt: number, { ground, infiltrated }: Omit<Fields, 'rain'>): number {
  const before = infiltrated[cell]!
  const f = fround(fround(before) * 0.015625)
  const kdt = fround(ground.conductivity[cell]! * dt)
  const a = fround(kdt - fround(f + f))
  const within = fround(fround(a * a) + fround(fround(kdt * 8) * fround(f + ground.suction[cell]!)))
  const after = before + nearest(fround(fround(a + fround(Math.sqrt(within))) * 32))
  const want = Math.max((after >> 6) - (before >> 6), 0)
  const sunk = Math.min(want, held)
  infiltrated[cell] = want === sunk ? after : before + (sunk << 6)
  return sunk
}
