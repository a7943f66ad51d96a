import type { Datastream } from '@/domain/catalogue'
import type { ReadingColumns } from '@/domain/fold/columns'
import { RowState } from '@/domain/fold/columns'
import type { CatalogueIndex } from './catalogueIndex'

/**
 * The series whose last day a wall shows: those in alarm, then those with limits, then those with a usual band, each
 * property once before any comes twice. Series never heard stand last. The choice changes only when alarms do.
 */
export function chooseTrends(
  index: CatalogueIndex,
  readings: ReadingColumns,
  inAlarm: ReadonlySet<number>,
  count: number,
): Datastream[] {
  const heard = ({ no }: Datastream) => no < readings.length && readings.state[no] !== RowState.never
  const weight = (stream: Datastream): number =>
    (inAlarm.has(stream.no) ? 0 : 8) +
    (heard(stream) ? 0 : 4) +
    (stream.thresholds.length > 0 ? 0 : 2) +
    (index.property(stream.property)?.baseline === 'hourOfDay' ? 0 : 1)
  const candidates = index.catalogue.datastreams
    .filter(({ covered, masked }) => covered && !masked)
    .map((stream) => ({ stream, weight: weight(stream) }))
    .sort((a, b) => a.weight - b.weight || a.stream.no - b.stream.no)
  const turns = new Map<string, number>()
  const ranked = candidates.map(({ stream, weight: own }) => {
    const turn = turns.get(stream.property) ?? 0
    turns.set(stream.property, turn + 1)
    return { stream, alarm: own < 8 ? 0 : 1, turn, own }
  })
  ranked.sort((a, b) => a.alarm - b.alarm || a.turn - b.turn || a.own - b.own || a.stream.no - b.stream.no)
  return ranked.slice(0, count).map(({ stream }) => stream)
}
