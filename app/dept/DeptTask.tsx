import { useTranslations } from 'use-intl'
import type { Incident } from '@/domain/incident/incident'
import type { Task } from '@/domain/task/task'
import { awaitsAck, isTaskOver } from '@/domain/task/taskState'
import type { DeskAct } from '@/app/desk/acts/act'
import { useLeft } from '@/app/incidents/useDeadlineWords'
import { clockOf } from '@/app/time/format'
import { useWorldTime } from '@/app/time/WorldTime'
import css from './Dept.module.css'

export interface DeptTaskProps {
  readonly task: Task
  readonly incident: Incident | undefined
  readonly chosen: boolean
  readonly acts: readonly DeskAct[]
  readonly onChoose: () => void
  readonly onAct: (act: DeskAct) => void
}

/** One order: what, about what, until when, and what the department can answer. */
export function DeptTask({ task, incident, chosen, acts, onChoose, onAct }: DeptTaskProps) {
  const t = useTranslations('dept')
  const state = useTranslations('task.state')
  const { now, timeZone } = useWorldTime()
  const left = useLeft()
  const waits = awaitsAck(task.state)
  const due = isTaskOver(task.state) ? undefined : waits ? task.ackDue : task.doneDue
  const issued = task.orders.at(-1)?.issued.at
  return (
    <li data-state={task.state} data-chosen={chosen} data-task={String(task.no)}>
      <button type="button" className={css['choose']} aria-current={chosen} onClick={onChoose}>
        <b>{task.title}</b>
        <strong>
          {due === undefined
            ? ''
            : due > now
              ? t(waits ? 'answerIn' : 'doneIn', { left: left(due - now) })
              : t(waits ? 'answerBy' : 'doneBy', { at: clockOf(due, timeZone) })}
        </strong>
        <span>
          {incident === undefined
            ? ''
            : t('about', { no: incident.no, title: incident.title, place: incident.place.text })}
        </span>
        <span>
          {state(task.state)}
          {issued === undefined ? '' : ` · ${t('issued', { at: clockOf(issued, timeZone) })}`}
        </span>
        {task.problem === undefined ? null : <q>{task.problem}</q>}
      </button>
      {acts.length === 0 ? null : (
        <div className={css['acts']}>
          {acts.map((act, i) => (
            <button key={act.key} type="button" data-main={i === 0} onClick={() => onAct(act)}>
              <kbd>{t('hot', { n: String(i + 1) })}</kbd> {act.short ?? act.title}
            </button>
          ))}
        </div>
      )}
    </li>
  )
}
