import type { Alarm } from '../alarm'
import type { Decision } from '../decision/decision'
import type { FeedHealth } from '../feedHealth'
import type { Incident } from '../incident/incident'
import type { Activation } from '../plan/activation'
import type { Report } from '../report'
import type { Task } from '../task/task'
import { DirtyRows, MoverColumns, ReadingColumns } from './columns'

/** Keys that changed since they were last taken, by channel. */
export interface ChangedKeys {
  readonly readings: DirtyRows
  readonly movers: DirtyRows
  readonly reports: Set<string>
  readonly alarms: Set<string>
  readonly feeds: Set<number>
  readonly incidents: Set<string>
  readonly tasks: Set<string>
  readonly activations: Set<string>
  readonly decisions: Set<string>
}

/**
 * The Situation of one World at one instant: the fold of its events. The server's live state, a screen and a
 * replay each own one. `foldSituation` and `applyDelta` mutate it and say what changed.
 */
export class PictureStore {
  readonly readings = new ReadingColumns()
  readonly movers = new MoverColumns()
  readonly reports = new Map<string, Report>()
  readonly alarms = new Map<string, Alarm>()
  readonly feeds = new Map<number, FeedHealth>()
  /** Incidents that are not over, with all of their Tasks and Decisions. */
  readonly incidents = new Map<string, Incident>()
  readonly tasks = new Map<string, Task>()
  readonly activations = new Map<string, Activation>()
  readonly decisions = new Map<string, Decision>()
  /** Highest outbox number folded; a re-delivered event is ignored. */
  outboxN = 0
  catalogueVersion = 0
  readonly changed: ChangedKeys = {
    readings: new DirtyRows(),
    movers: new DirtyRows(),
    reports: new Set(),
    alarms: new Set(),
    feeds: new Set(),
    incidents: new Set(),
    tasks: new Set(),
    activations: new Set(),
    decisions: new Set(),
  }
}

/** Forgets what changed in one channel, for an owner that has nobody to tell. */
export function forgetChanges(picture: PictureStore, channel: keyof ChangedKeys): void {
  const changed = picture.changed[channel]
  if (changed instanceof DirtyRows) changed.take()
  else changed.clear()
}
