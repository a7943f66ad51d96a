import type { Datastream, ObservedProperty } from './catalogue'
import type { CountSubject } from './evidenceId'
import { formatEvidenceId } from './evidenceId'
import type { ReadingColumns } from './fold/columns'
import { RowState } from './fold/columns'
import type { EvidenceSource, Measured, Provenance } from './measured'
import { isFlagged } from './quality'
import type { EpochMillis } from './time'
import { epochMillis } from './time'

/** One Observation as it lies in the picture or in a stored row; times in the World's clock. */
export interface LatestObservation {
  readonly value: number
  readonly phenomenonTime: number
  readonly quality: number
  readonly epoch: number
  readonly offset: number
  /** Since when the Datastream is known to be overdue; 0 while it is not. */
  readonly silentSince: number
}

/** What a number is measured against: its series, its unit, and the World's now. */
export interface ReadingContext {
  readonly datastream: Datastream
  readonly property: ObservedProperty
  readonly worldNow: EpochMillis
}

/** The latest value of a Datastream as the Measured that a screen draws and that its evidence must equal. */
export function measureReading(readings: ReadingColumns, context: ReadingContext): Measured {
  const { no } = context.datastream
  const heard = no < readings.length && readings.state[no] !== RowState.never
  if (!heard) return measureObservation(undefined, context)
  return measureObservation(
    {
      value: readings.value[no]!,
      phenomenonTime: readings.phenomenonTime[no]!,
      quality: readings.quality[no]!,
      epoch: readings.epoch[no]!,
      offset: readings.offset[no]!,
      silentSince: readings.state[no] === RowState.silent ? readings.silentSince[no]! : 0,
    },
    context,
  )
}

/**
 * The five zeros: a measured zero is a value, a trace under the detection limit is `below`, an overdue value keeps its
 * number and says since when, nothing heard is `noData`, and a place that is not observed is `notCovered`.
 */
export function measureObservation(observation: LatestObservation | undefined, context: ReadingContext): Measured {
  const { datastream, property } = context
  const { unit } = property
  if (!datastream.covered) return { kind: 'absent', reason: 'notCovered', unit }
  if (datastream.masked) return { kind: 'absent', reason: 'masked', unit }
  if (observation === undefined) return { kind: 'absent', reason: 'noData', unit }
  const { value, quality } = observation
  const asOf = epochMillis(observation.phenomenonTime)
  const staleSince = overdueSince(observation, context)
  const common = {
    unit,
    provenance: provenanceOf(quality),
    asOf,
    ...(staleSince === undefined ? {} : { staleSince }),
    source: sourceOf(observation, datastream, asOf),
  }
  const limit = property.detectionLimit
  if (limit !== undefined && value > 0 && value < limit) return { kind: 'below', limit, ...common }
  return { kind: 'value', value, quality, ...common }
}

/** The told silence, or the moment the value fell due when nobody has told it yet. */
function overdueSince(observation: LatestObservation, context: ReadingContext): EpochMillis | undefined {
  if (observation.silentSince > 0) return epochMillis(observation.silentSince)
  const due = observation.phenomenonTime + context.datastream.staleAfterSeconds * 1000
  return context.worldNow > due ? epochMillis(due) : undefined
}

function provenanceOf(quality: number): Provenance {
  if (isFlagged(quality, 'manual')) return 'reported'
  return isFlagged(quality, 'estimated') ? 'modelled' : 'measured'
}

function sourceOf(observation: LatestObservation, datastream: Datastream, phenomenonTime: EpochMillis): EvidenceSource {
  const { epoch, offset } = observation
  return {
    kind: 'query',
    id: formatEvidenceId({ kind: 'reading', stream: datastream.no, phenomenonTime, epoch, offset }),
  }
}

/** A total that Belfry counted itself at a moment of the World's clock; whole, so that its question fits in a link. */
export function measureCount(what: CountSubject, value: number, worldNow: EpochMillis): Measured {
  const knownTime = epochMillis(Math.floor(worldNow))
  const id = formatEvidenceId({ kind: 'count', what, knownTime })
  return {
    kind: 'value',
    value,
    unit: '',
    provenance: 'measured',
    quality: 0,
    asOf: knownTime,
    source: { kind: 'query', id },
  }
}
