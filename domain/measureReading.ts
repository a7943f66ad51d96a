import type { Datastream, ObservedProperty, Threshold } from './catalogue'
import type { CountSubject, EvidenceId } from './evidenceId'
import { formatEvidenceId } from './evidenceId'
import type { ReadingColumns } from './fold/columns'
import { RowState } from './fold/columns'
import type { StreamNo, TrackNo } from './ids'
import type { EvidenceSource, Measured, Provenance } from './measured'
import { isFlagged } from './quality'
import type { Report } from './report'
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

/** A number that is told by the question behind it; whole moments, so that its question fits in a link. */
export function measureAnswer(id: EvidenceId, value: number, unit: string, asOf: EpochMillis): Measured {
  const source = { kind: 'query', id: formatEvidenceId(id) } as const
  return { kind: 'value', value, unit, provenance: 'measured', quality: 0, asOf, source }
}

/** A total that Belfry counted itself at a moment of the World's clock. */
export function measureCount(what: CountSubject, value: number, worldNow: EpochMillis): Measured {
  const knownTime = epochMillis(Math.floor(worldNow))
  return measureAnswer({ kind: 'count', what, knownTime }, value, '', knownTime)
}

/** A position as it lies in the picture or in a stored row; times in the World's clock, speed in m/s, NaN where none was told. */
export interface LatestPosition {
  readonly phenomenonTime: number
  readonly speed: number
  readonly quality: number
  readonly epoch: number
  readonly offset: number
}

/** How fast a Track moved in one position, km/h. */
export function measureSpeed(track: TrackNo, position: LatestPosition | undefined, staleSince?: EpochMillis): Measured {
  const unit = 'km/h'
  if (position === undefined) return { kind: 'absent', reason: 'noData', unit }
  const { epoch, offset, quality } = position
  const asOf = epochMillis(position.phenomenonTime)
  const source = {
    kind: 'query',
    id: formatEvidenceId({ kind: 'speed', track, phenomenonTime: asOf, epoch, offset }),
  } as const
  if (Number.isNaN(position.speed)) return { kind: 'absent', reason: 'noData', unit, lastAt: asOf, source }
  const value = Math.fround(position.speed) * 3.6
  const stale = staleSince === undefined ? {} : { staleSince }
  return { kind: 'value', value, unit, provenance: provenanceOf(quality), quality, asOf, ...stale, source }
}

/** A limit of the catalogue, in the unit of what is judged by it. */
export function measureLimit(stream: StreamNo, threshold: Threshold, unit: string, worldNow: EpochMillis): Measured {
  const knownTime = epochMillis(Math.floor(worldNow))
  return measureAnswer({ kind: 'limit', stream, threshold: threshold.key, knownTime }, threshold.value, unit, knownTime)
}

/** What somebody said the size of an occurrence is; it rests on one revision of the report. */
export function measureReport({ id, revisedAt, magnitude, unit = '', phenomenonTime }: Report): Measured {
  const source = { kind: 'query', id: formatEvidenceId({ kind: 'report', report: id, revisedAt }) } as const
  if (magnitude === undefined) return { kind: 'absent', reason: 'noData', unit, source }
  return { kind: 'value', value: magnitude, unit, provenance: 'reported', quality: 0, asOf: phenomenonTime, source }
}
