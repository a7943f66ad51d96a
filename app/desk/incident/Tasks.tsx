import { useTranslations } from 'use-intl'
import type { Order, Task } from '@/domain/task/task'
import { standingOrder } from '@/domain/task/task'
import type { TaskVerb } from '@/domain/task/taskState'
import { awaitsAck, isTaskOver, taskVerbsFrom } from '@/domain/task/taskState'
import type { Queued } from '@/app/incidents/queue'
import { taskCounts } from '@/app/incidents/queue'
import { useLeft } from '@/app/incidents/useDeadlineWords'
import { useIncidentWords } from '@/app/incidents/useIncidentWords'
import { clockOf, useSpan } from '@/app/time/format'
import { useWorldTime } from '@/app/time/WorldTime'
import { useDesk } from '../deskContext'
import css from './IncidentPage.module.css'

/** Tasks with their receipts; what nobody has answered stands in bold words with its minutes. */
export function Tasks({ of }: { readonly of: Queued }) {
  const { begin } = useDesk()
  const t = useTranslations('desk.tasks')
  const words = useIncidentWords()
  const counts = taskCounts(of.tasks)
  return (
    <section className={css['part']} data-testid="tasks" aria-label={t('title')}>
      <h3>
        {t('title')}
        <span>
          {t('count', {
            all: words.number(counts.all),
            acknowledged: words.number(counts.acknowledged),
            open: words.number(counts.open),
          })}
        </span>
      </h3>
      {of.tasks.length === 0 ? <p className={css['quiet']}>{t('none')}</p> : null}
      <ul className={css['tasks']}>
        {of.tasks
          .toSorted((a, b) => Number(isTaskOver(a.state)) - Number(isTaskOver(b.state)) || a.no - b.no)
          .map((task) => (
            <TaskRow key={task.id} task={task} onAct={begin} />
          ))}
      </ul>
    </section>
  )
}

/** The verb that leads on, of those that a state allows: the desk's next step. */
const FORWARD: readonly TaskVerb[] = ['issue', 'accept', 'start', 'reportDone', 'verify', 'unblock', 'reassign']

function TaskRow({ task, onAct }: { readonly task: Task; readonly onAct: (key: string) => void }) {
  const t = useTranslations('desk')
  const state = useTranslations('task.state')
  const words = useIncidentWords()
  const { now } = useWorldTime()
  const standing = useStanding(task)
  const verbs = taskVerbsFrom(task.state)
  const forward = FORWARD.find((verb) => verbs.includes(verb) && !(verb === 'issue' && needsApproval(task)))
  const owes = task.countersign !== undefined && task.countersign.done === undefined
  const undo = task.undoUntil !== undefined && task.undoUntil > now
  const acts = [
    ...(forward === undefined ? [] : [{ key: `task.${forward}`, text: t(`taskVerb.${forward}`) }]),
    ...(needsApproval(task) ? [{ key: 'task.approve', text: t('act.approve') }] : []),
    ...(awaitsAck(task.state) ? [{ key: 'task.callOut', text: t('act.callOut') }] : []),
    ...(owes ? [{ key: 'task.countersign', text: t('act.countersign') }] : []),
    ...(undo ? [{ key: 'task.undo', text: t('act.undo') }] : []),
  ]
  return (
    <li data-task={String(task.no)} data-state={task.state}>
      <b>{task.title}</b>
      <span data-strong={standing.strong}>{standing.text}</span>
      <i>
        {words.department(task.to)}
        {task.units.length === 0 ? '' : ` · ${task.units.join(' ')}`}
      </i>
      <i>
        {state(task.state)}
        {standing.left === undefined ? '' : ` · ${standing.left}`}
      </i>
      <Receipts order={standingOrder(task)} />
      {task.problem === undefined ? null : <q>{task.problem}</q>}
      {isTaskOver(task.state) ? null : (
        <div className={css['small']}>
          {acts.map(({ key, text }) => (
            <button key={key} type="button" onClick={() => onAct(`${key} ${task.id}`)}>
              {text}
            </button>
          ))}
        </div>
      )}
    </li>
  )
}

const needsApproval = ({ state, authority }: Task): boolean =>
  state === 'draft' && (authority === 'approve' || authority === 'two')

interface Standing {
  readonly text: string
  readonly left: string | undefined
  readonly strong: boolean
}

/** 未回执 4 分, 回执 17:33, 完成 17:40; and what time is left. */
function useStanding(task: Task): Standing {
  const t = useTranslations('desk.tasks')
  const { now, timeZone } = useWorldTime()
  const span = useSpan()
  const left = useLeft()
  const order = standingOrder(task)
  if (order === undefined) return { text: t('notIssued'), left: undefined, strong: true }
  const calls = task.callOuts.filter(({ by }) => by.at >= order.issued.at).length
  const called = calls === 0 ? undefined : t('called', { n: calls })
  if (awaitsAck(task.state)) {
    const late = task.ackDue !== undefined && task.ackDue <= now
    return { text: t('unanswered', { span: span(now - order.issued.at) }), left: called, strong: late }
  }
  const due = isTaskOver(task.state) ? undefined : task.doneDue
  const overdue = (at: number): string => t('overdue', { at: clockOf(at, timeZone) })
  const remaining = (at: number): string => (at > now ? t('left', { left: left(at - now) }) : overdue(at))
  const said = lastReceipt(order)
  return {
    text: said === undefined ? '' : t('answered', { at: clockOf(said.at, timeZone), state: task.state }),
    left: due === undefined ? undefined : remaining(due),
    strong: task.state === 'refused' || task.state === 'blocked',
  }
}

const lastReceipt = ({ verified, reportedDone, accepted, refused }: Order): Order['accepted'] =>
  verified ?? reportedDone ?? accepted ?? refused

const STEPS = ['issued', 'seen', 'accepted', 'started', 'reportedDone', 'verified'] as const

/** Six receipts in their order, each with its moment and with whoever entered it on behalf. */
function Receipts({ order }: { readonly order: Order | undefined }) {
  const t = useTranslations('desk.receipt')
  const behalf = useTranslations('desk.behalf')
  const { timeZone } = useWorldTime()
  if (order === undefined) return null
  return (
    <ol className={css['receipts']} aria-label={t('title')}>
      {STEPS.map((step) => {
        const act = order[step]
        const spoken = act?.onBehalf
        const words = [
          t(step),
          act === undefined ? '' : clockOf(act.at, timeZone),
          spoken === undefined
            ? ''
            : behalf('entered', { post: spoken.post, channel: behalf(`channel.${spoken.channel}`) }),
        ]
        return (
          <li key={step} data-done={act !== undefined} title={words.join(' ')}>
            {t(step)} {act === undefined ? null : <time>{clockOf(act.at, timeZone)}</time>}
            {spoken === undefined ? null : <em>{t('spoken')}</em>}
          </li>
        )
      })}
    </ol>
  )
}
