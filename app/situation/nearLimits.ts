import type { Datastream, Threshold } from '@/domain/catalogue'
import type { ReadingColumns } from '@/domain/fold/columns'
import type { CatalogueIndex } from './catalogueIndex'
import { streamState } from './streamState'

/** A series that has limits, and how near it is to the gravest of them. */
export interface NearLimit {
  readonly stream: Datastream
  /** The gravest limit. */
  readonly limit: Threshold
  /** Share of the way from zero to the limit; 1 and more has crossed. Undefined where the series is silent. */
  readonly share: number | undefined
}

export interface NearLimits {
  /** Crossed, silent and nearest first: a silent point is not a safe one. */
  readonly list: readonly NearLimit[]
  readonly crossed: number
  readonly silent: number
}

/** Series whose limit is an upper one above zero, each with its share of it. World time, epoch ms. */
export function nearLimits(index: CatalogueIndex, readings: ReadingColumns, property: string, now: number): NearLimits {
  const streams = index.catalogue.datastreams.filter((stream) => stream.property === property && stream.covered)
  const list = streams.flatMap((stream): NearLimit[] => {
    const limit = gravest(stream.thresholds)
    if (limit === undefined) return []
    const speaks = streamState(readings, stream, now) === 'fresh'
    return [{ stream, limit, share: speaks ? readings.value[stream.no]! / limit.value : undefined }]
  })
  // A silent critical point ranks as about to cross.
  const rank = ({ share }: NearLimit): number => share ?? 0.999
  list.sort((a, b) => rank(b) - rank(a) || a.stream.no - b.stream.no)
  return {
    list,
    crossed: list.filter(({ share }) => share !== undefined && share >= 1).length,
    silent: list.filter(({ share }) => share === undefined).length,
  }
}

const gravest = (thresholds: readonly Threshold[]): Threshold | undefined =>
  thresholds
    .filter(({ op, value }) => op === '>=' && value > 0)
    .reduce<Threshold | undefined>(
      (worst, one) => (worst === undefined || one.level < worst.level ? one : worst),
      undefined,
    )

/** The property that most of the series with the gravest limits measure: what a storm asks for first. */
export function criticalProperty({ catalogue }: CatalogueIndex): string | undefined {
  const counts = new Map<string, number>()
  for (const { property, thresholds, covered } of catalogue.datastreams)
    if (covered && (gravest(thresholds)?.level ?? 9) === 1) counts.set(property, (counts.get(property) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0]
}
