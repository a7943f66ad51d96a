import type { StreamSpan } from './judgeFeed'

/** A stream that says something else than those around it; `amount` in units of its property. */
export interface Disagreement {
  readonly key: string
  readonly amount: number
}

const NEIGHBOURS = 5
/** With fewer streams of a property nobody can say what is usual. */
const STREAMS_LEAST = 6
/** Robust deviations from what is usual between neighbours. */
const TOO_FAR = 8

/**
 * Streams whose value, or whose change since the span before, lies far from that of their five nearest of the same
 * property. Far is measured by how much neighbours usually differ: in a storm they differ more, and nobody is accused.
 */
export function disagreements(streams: readonly StreamSpan[], all: readonly StreamSpan[]): Disagreement[] {
  const own = new Set(streams.map(({ key }) => key))
  const found = new Map<string, number>()
  for (const group of groupsOf(all, new Set(streams.map(({ property }) => property)))) {
    const around = group.map((stream) => nearest(stream, group))
    const values = residuals(group, around, ({ median }) => median)
    const changes = residuals(group, around, ({ median, medianBefore = Number.NaN }) => median - medianBefore)
    for (const residual of [changes, values]) {
      const scale = scaleOf(residual)
      residual.forEach((amount, i) => {
        const { key } = group[i] as StreamSpan
        if (own.has(key) && Math.abs(amount) > TOO_FAR * scale) found.set(key, amount)
      })
    }
  }
  return [...found].map(([key, amount]) => ({ key, amount }))
}

function groupsOf(all: readonly StreamSpan[], properties: ReadonlySet<string>): StreamSpan[][] {
  const groups = new Map<string, StreamSpan[]>()
  for (const stream of all) {
    if (!properties.has(stream.property) || stream.records === 0 || stream.place === undefined) continue
    groups.set(stream.property, [...(groups.get(stream.property) ?? []), stream])
  }
  return [...groups.values()].filter((group) => group.length >= STREAMS_LEAST)
}

function nearest({ key, place }: StreamSpan, group: readonly StreamSpan[]): number[] {
  const [east = 0, north = 0] = place ?? []
  const narrowing = Math.cos((north * Math.PI) / 180)
  return group
    .map((other, i) => {
      const [e = 0, n = 0] = other.place ?? []
      return { i, far: other.key === key ? Number.POSITIVE_INFINITY : Math.hypot((e - east) * narrowing, n - north) }
    })
    .toSorted((a, b) => a.far - b.far)
    .slice(0, NEIGHBOURS)
    .map(({ i }) => i)
}

/** How far each stream is from the median of its neighbours; 0 where that cannot be said. */
function residuals(
  group: readonly StreamSpan[],
  around: readonly (readonly number[])[],
  pick: (stream: StreamSpan) => number,
): number[] {
  const values = group.map(pick)
  return values.map((value, i) => {
    const others = (around[i] ?? []).map((no) => values[no] as number).filter((other) => !Number.isNaN(other))
    const usual = middle(others)
    return Number.isNaN(value) || others.length < NEIGHBOURS - 1 ? 0 : value - usual
  })
}

/** Median absolute deviation as a standard deviation, with a floor where most neighbours say the very same. */
function scaleOf(residual: readonly number[]): number {
  const sizes = residual.map((one) => Math.abs(one))
  const spread = 1.4826 * middle(sizes)
  const upper = sizes.toSorted((a, b) => a - b)[Math.floor(sizes.length * 0.75)] ?? 0
  return Math.max(spread, upper / 2, 1e-9)
}

function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? Number.NaN
}
