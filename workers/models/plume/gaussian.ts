import { spread } from './spread'
import type { Spread, SpreadSet } from './spread'
import type { Stability } from './stability'

/** Where: downwind, across, above ground, m. */
export interface Receptor {
  readonly x: number
  readonly y: number
  readonly z: number
}

export interface Source {
  /** Release height and wind speed there, m and m/s. */
  readonly height: number
  readonly wind: number
  /** Height of the lid, m; none without it. */
  readonly mixingHeight?: number
}

const REFLECTIONS = 3

/**
 * Concentration of a steady release, in the unit of `rate` per m³: Gaussian with reflection at the ground and, once the
 * cloud reaches it, at the lid.
 * @throws RangeError for a rate, height, wind or spread that is none.
 */
export function plumeConcentration(rate: number, source: Source, { x, y, z }: Receptor, sigma: Spread): number {
  check(rate, source, sigma)
  if (x <= 0) return 0
  const across = Math.exp(-(y ** 2) / (2 * sigma.y ** 2))
  return (rate / (2 * Math.PI * source.wind * sigma.y * sigma.z)) * across * upwards(source, z, sigma.z)
}

/**
 * Concentration `seconds` after an instant release, in the unit of `mass` per m³; spreads at the travelled distance.
 * @throws RangeError as above.
 */
export function puffConcentration(
  mass: number,
  source: Source,
  receptor: Receptor & { readonly seconds: number },
  sigma: Spread & { readonly x?: number },
): number {
  check(mass, source, sigma)
  const { x, y, z, seconds } = receptor
  if (seconds <= 0) return 0
  const along = sigma.x ?? sigma.y
  const off = (x - source.wind * seconds) ** 2 / (2 * along ** 2) + y ** 2 / (2 * sigma.y ** 2)
  return (mass / ((2 * Math.PI) ** 1.5 * along * sigma.y * sigma.z)) * Math.exp(-off) * upwards(source, z, sigma.z)
}

const PUFF_SECONDS = 10

/** Concentration during or after a release of limited length, as puffs every 10 s; mass per m³ of `rate` per s. */
export function releaseConcentration(
  release: { readonly rate: number; readonly seconds: number; readonly set: SpreadSet; readonly stability: Stability },
  source: Source,
  receptor: Receptor & { readonly seconds: number },
): number {
  const puffs = Math.ceil(release.seconds / PUFF_SECONDS)
  const apart = release.seconds / puffs
  let sum = 0
  for (let k = 0; k < puffs; k++) {
    const age = receptor.seconds - (k + 0.5) * apart
    if (age <= 0) continue
    const sigma = spread(release.set, release.stability, source.wind * age)
    sum += puffConcentration(release.rate * apart, source, { ...receptor, seconds: age }, sigma)
  }
  return sum
}

/** Mirror images above ground; those of the lid only when the cloud is high enough to feel it. */
function upwards({ height, mixingHeight }: Source, z: number, sigma: number): number {
  const image = (offset: number): number =>
    Math.exp(-((z - height + offset) ** 2) / (2 * sigma ** 2)) +
    Math.exp(-((z + height + offset) ** 2) / (2 * sigma ** 2))
  if (mixingHeight === undefined || sigma < 0.8 * mixingHeight) return image(0)
  let sum = 0
  for (let j = -REFLECTIONS; j <= REFLECTIONS; j++) sum += image(2 * j * mixingHeight)
  return sum
}

function check(amount: number, { height, wind }: Source, sigma: Spread): void {
  if (!(amount > 0 && height >= 0 && wind > 0 && sigma.y > 0 && sigma.z > 0))
    throw new RangeError(
      `A cloud has an amount, a height, a wind and spreads: ${[amount, height, wind, sigma.y, sigma.z].join(', ')}.`,
    )
}
