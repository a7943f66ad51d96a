/** A linear way from values to CSS px. */
export interface Scale {
  (value: number): number
  readonly domain: readonly [number, number]
}

export function linear(domain: readonly [number, number], range: readonly [number, number]): Scale {
  const [d0, d1] = domain
  const span = d1 - d0 || 1
  return Object.assign((value: number) => range[0] + ((value - d0) / span) * (range[1] - range[0]), { domain })
}

/** The extent of all finite values, widened a little; a flat line gets a domain of its own. `undefined` without values. */
export function extentOf(...columns: readonly (readonly number[])[]): [number, number] | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const column of columns)
    for (const value of column) {
      if (!Number.isFinite(value)) continue
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
  if (low > high) return undefined
  const margin = high === low ? Math.max(1, Math.abs(high)) * 0.1 : (high - low) * 0.06
  // A quantity that never went below zero starts at zero, so that its height is its size.
  return [low >= 0 && low - margin < 0 ? 0 : low - margin, high + margin]
}

/** Round values inside a domain, about `count` of them. */
export function ticks([low, high]: readonly [number, number], count: number): number[] {
  const rough = (high - low) / Math.max(1, count)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((lead) => lead * power >= rough) ?? 10) * power
  const first = Math.ceil(low / step)
  return Array.from({ length: Math.max(0, Math.floor(high / step) - first + 1) }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  )
}

/** Full hours (or whole multiples of them) between two moments; milliseconds, zone offset in milliseconds. */
export function hourTicks(from: number, to: number, everyHours: number, zoneOffset: number): number[] {
  const step = everyHours * 3_600_000
  const first = Math.ceil((from + zoneOffset) / step) * step - zoneOffset
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, i) => first + i * step)
}
