import type { Datastream } from '@/domain/catalogue'
import { RowState } from '@/domain/fold/columns'
import { REPORTS_ON_SCREEN } from '@/domain/fold/foldSituation'
import { PictureStore } from '@/domain/fold/picture'
import { restorePosition } from '@/domain/fold/restore'
import { isOver } from '@/domain/incident/incidentState'
import { isActivationOpen } from '@/domain/plan/activation'
import type { EpochMillis } from '@/domain/time'
import type { History, ReadingsAsOf } from './history'
import type { CommandedAsOf } from './queries/commandedAsOf'

/**
 * What Belfry knew at a past moment of the World's clock: readings with their silences, positions, reports, alarms.
 * A correction that came later is not in it, a record that came late is in it only from its arrival on.
 */
export async function pictureAsOf(
  history: History,
  knownTime: EpochMillis,
  streams: readonly Datastream[],
): Promise<PictureStore> {
  const [readings, positions, reports, alarms, commanded] = await Promise.all([
    history.readings(knownTime, streams),
    history.positions(knownTime),
    history.reports(knownTime, REPORTS_ON_SCREEN),
    history.alarms(knownTime),
    history.commanded(knownTime),
  ])
  const picture = new PictureStore()
  for (const columns of readings) putReadings(picture, columns)
  for (const position of positions) restorePosition(picture, position)
  for (const report of reports) picture.reports.set(report.id, report)
  for (const alarm of alarms) picture.alarms.set(alarm.id, alarm)
  putCommanded(picture, commanded)
  for (const stream of streams) silenceWhenDue(picture, stream, knownTime)
  return picture
}

/** The same rule as the living picture's: what is over, and what belonged to it, is not shown. */
function putCommanded(picture: PictureStore, rows: readonly CommandedAsOf[]): void {
  for (const { kind, body } of rows) {
    if (kind === 'incident.moved' && !isOver(body.state)) picture.incidents.set(body.id, body)
    if (kind === 'task.moved' && picture.incidents.has(body.incident)) picture.tasks.set(body.id, body)
    if (kind === 'decision.moved' && picture.incidents.has(body.incident)) picture.decisions.set(body.id, body)
    if (kind === 'activation.moved' && isActivationOpen(body.state)) picture.activations.set(body.id, body)
  }
}

// Each stream comes once and already newest: written straight into its row, since 100 000 folds of one row would
// allocate half a million arrays.
function putReadings({ readings: rows }: PictureStore, columns: ReadingsAsOf): void {
  for (let i = 0; i < columns.stream.length; i++) {
    const no = columns.stream[i]!
    rows.reach(no)
    if (rows.state[no] !== RowState.never) continue
    rows.state[no] = RowState.fresh
    rows.value[no] = columns.value[i] ?? Number.NaN
    rows.phenomenonTime[no] = columns.phenomenonTime[i]!
    rows.knownTime[no] = columns.knownTime[i]!
    rows.quality[no] = columns.quality[i]!
    rows.epoch[no] = columns.epoch[i]!
    rows.offset[no] = columns.offset[i]!
  }
}

function silenceWhenDue({ readings: rows }: PictureStore, stream: Datastream, knownTime: EpochMillis): void {
  const { no } = stream
  if (no >= rows.length || rows.state[no] === RowState.never) return
  const due = rows.phenomenonTime[no]! + stream.staleAfterSeconds * 1000
  if (knownTime <= due) return
  rows.state[no] = RowState.silent
  rows.silentSince[no] = due
}
