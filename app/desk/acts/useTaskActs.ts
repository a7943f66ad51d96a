import { useTranslations } from 'use-intl'
import { authorityOf, DECIDERS, TaskAct } from '@/domain/access/authority'
import { DEPARTMENTS } from '@/domain/access/departments'
import { isWorked } from '@/domain/incident/incidentState'
import { incidentType } from '@/domain/incident/incidentTypes'
import type { MoveTaskBody } from '@/domain/api/tasks'
import type { EpochMillis } from '@/domain/time'
import { isStepOpen, ladderDue } from '@/domain/task/ladder'
import type { Task } from '@/domain/task/task'
import type { TaskVerb } from '@/domain/task/taskState'
import { awaitsAck, taskMoves, taskVerbsFrom } from '@/domain/task/taskState'
import { newId } from '@/app/fetch/newId'
import type { Queued } from '@/app/incidents/queue'
import { useIncidentWords } from '@/app/incidents/useIncidentWords'
import { useNames } from '@/app/messages/locale'
import { useWorldTime } from '@/app/time/WorldTime'
import type { Person } from '../deskContext'
import type { DraftFields } from '../draft/drafts'
import type { ActField, DeskAct } from './act'
import type { DeskApi } from './deskApi'
import { behalfOf, numberOf, only, optional, textOf, useBehalfFields } from './fields'
import { usualTask } from './usualTask'

/** What can be ordered about an Incident: one act for each kind of order, with the department that usually has it. */
export function useOrderActs(of: Queued | undefined, api: DeskApi): readonly DeskAct[] {
  const t = useTranslations('desk')
  const acts = useTranslations('task.act')
  const names = useNames()
  const behalf = useBehalfFields()
  const { now } = useWorldTime()
  if (of === undefined || !isWorked(of.incident.state)) return []
  const { incident } = of
  const departments = DEPARTMENTS.map(({ code, name }) => ({ value: code, label: names(name) }))
  return orderOf(of).map((act): DeskAct => {
    const usual = usualTask(act, incidentType(incident.typeCode)?.lead ?? incident.lead)
    const authority = authorityOf(act)
    return {
      key: `order.${act} ${incident.id}`,
      title: t('orders', { act: acts(act), place: incident.place.text }),
      short: acts(act),
      about: t('aboutIncident', { no: incident.no, title: incident.title }),
      words: [t('orders', { act: acts(act), place: incident.place.text }), act, t('act.order'), 'order task rw'],
      consequence: t('consequence.order', { ack: String(usual.ackMinutes), done: String(usual.doneMinutes) }),
      authority: t(`authority.${authority}`),
      fields: [
        { name: 'title', label: t('field.task'), kind: 'text', required: true, maxLength: 80 },
        { name: 'to', label: t('field.department'), kind: 'select', options: departments },
        { name: 'ackMinutes', label: t('field.ackMinutes'), kind: 'number', required: true },
        { name: 'doneMinutes', label: t('field.doneMinutes'), kind: 'number', required: true },
        { name: 'channel', label: t('field.channel'), kind: 'select', options: channels(t) },
        ...behalf.fields,
      ],
      initial: {
        title: t('taskTitle', { act: acts(act), place: incident.place.text }),
        to: usual.to,
        ackMinutes: String(usual.ackMinutes),
        doneMinutes: String(usual.doneMinutes),
        channel: 'belfry',
      },
      personal: behalf.personal,
      submit: (fields) =>
        api.order(incident.id, {
          id: newId(),
          title: textOf(fields, 'title'),
          act,
          to: textOf(fields, 'to'),
          place: incident.place.text,
          ackMinutes: numberOf(fields, 'ackMinutes') ?? usual.ackMinutes,
          doneMinutes: numberOf(fields, 'doneMinutes') ?? usual.doneMinutes,
          channel: channelOf(fields),
          ...only({ onBehalf: behalfOf(fields, now) }),
        }),
    }
  })
}

/** The order in which acts are offered: what the type usually needs first, what was ordered already last. */
function orderOf({ incident, tasks }: Queued): readonly TaskAct[] {
  const node = incidentType(incident.typeCode)?.node
  const first: Partial<Record<string, readonly TaskAct[]>> = {
    UNDERPASS: ['closeUnderpass', 'rescue', 'pump', 'cutPower', 'medical'],
    PONDING: ['pump', 'closeRoad', 'verifyOnSite', 'inform'],
    CHEM: ['evacuate', 'closeRoad', 'rescue', 'medical', 'monitor'],
    METRO_IN: ['stopTrain', 'closeStation', 'evacuate', 'pump'],
    EPIDEMIC: ['verifyOnSite', 'monitor', 'supply', 'inform'],
  }
  const leading = first[node ?? ''] ?? ['verifyOnSite', 'rescue', 'closeRoad']
  const ordered = new Set(tasks.filter(({ state }) => state !== 'cancelled').map(({ act }) => act))
  const all = [...new Set([...leading, ...TaskAct.options])]
  return [...all.filter((act) => !ordered.has(act)), ...all.filter((act) => ordered.has(act))]
}

const CHANNELS = ['belfry', 'phone', 'radio', 'inPerson'] as const
const channels = (t: ReturnType<typeof useTranslations<'desk'>>) =>
  CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }))
const channelOf = (fields: DraftFields) => CHANNELS.find((one) => one === fields['channel']) ?? 'belfry'

/** What can be done about each Task that is shown, by its state: receipts, on behalf where it is another's, verification. */
export function useTaskActs(shown: readonly Queued[], person: Person, api: DeskApi): readonly DeskAct[] {
  const t = useTranslations('desk')
  const { now } = useWorldTime()
  const words = useIncidentWords()
  const behalf = useBehalfFields()
  const moveOf = useTaskMove(person, api)
  const signer = person.roles.some((role) => DECIDERS.includes(role))
    ? {}
    : { behalfPost: t('behalf.post.leader'), behalfChannel: 'phone' }
  const making = { t, api, now, behalf, signer }
  return shown.flatMap(({ incident, tasks }) =>
    tasks.flatMap((task) => {
      const department = words.department(task.to, true)
      const common = {
        about: t('aboutTask', { no: incident.no, task: task.title, department }),
        personal: behalf.personal,
      }
      return [
        ...taskVerbsFrom(task.state).map((verb) => moveOf(task, verb, common)),
        ...signatures(task, { ...making, common }),
        ...callOuts(task, { ...making, common, post: t('dutyOf', { department }) }),
      ]
    }),
  )
}

/** One step of a Task; where it is another department's, it is drafted as entered on behalf of its duty officer. */
function useTaskMove(person: Person, api: DeskApi) {
  const t = useTranslations('desk')
  const { now } = useWorldTime()
  const words = useIncidentWords()
  const names = useNames()
  const behalf = useBehalfFields()
  const departments = DEPARTMENTS.map(({ code, name }) => ({ value: code, label: names(name) }))
  return (task: Task, verb: TaskVerb, common: Pick<DeskAct, 'about' | 'personal'>): DeskAct => {
    const { needs, side } = taskMoves[verb]
    const isOther = side === 'receiver' && person.department !== task.to
    const title = t('taskAct', { verb: t(`taskVerb.${verb}`), task: task.title })
    const to: ActField = { name: 'to', label: t('field.department'), kind: 'select', options: departments }
    const post = t('dutyOf', { department: words.department(task.to, true) })
    return {
      ...common,
      key: `task.${verb} ${task.id}`,
      title,
      short: t(`taskVerb.${verb}`),
      words: [title, verb, words.department(task.to)],
      consequence: t('taskConsequence', { verb }),
      authority: t(isOther ? 'authority.behalf' : 'authority.own'),
      fields: [...need(needs, t), ...(verb === 'reassign' ? [to] : []), ...behalf.fields],
      initial: { to: task.to, ...(isOther ? { behalfPost: post, behalfChannel: 'phone' } : {}) },
      submit: (fields) => api.moveTask(task.id, moveBody(verb, fields, now)),
    }
  }
}

function moveBody(verb: TaskVerb, fields: DraftFields, now: EpochMillis): MoveTaskBody {
  const isProved = taskMoves[verb].needs === 'evidence'
  return only({
    verb,
    reason: optional(fields, 'reason'),
    evidence: isProved ? { kind: evidenceKind(fields), text: textOf(fields, 'evidence') } : undefined,
    to: verb === 'reassign' ? textOf(fields, 'to') : undefined,
    onBehalf: behalfOf(fields, now),
  })
}

const KINDS = ['call', 'sensor', 'video', 'photo', 'otherDepartment', 'onSite'] as const
const evidenceKind = (fields: DraftFields) => KINDS.find((kind) => kind === fields['evidenceKind']) ?? 'call'

function need(needs: 'reason' | 'evidence' | undefined, t: ReturnType<typeof useTranslations<'desk'>>): ActField[] {
  if (needs === undefined) return []
  const words: ActField = { name: needs, label: t(`field.${needs}`), kind: 'text', required: true, maxLength: 200 }
  if (needs === 'reason') return [words]
  const options = KINDS.map((value) => ({ value, label: t(`evidence.${value}`) }))
  return [words, { name: 'evidenceKind', label: t('field.evidenceKind'), kind: 'select', options }]
}

interface Making {
  readonly t: ReturnType<typeof useTranslations<'desk'>>
  readonly api: DeskApi
  readonly now: ReturnType<typeof useWorldTime>['now']
  readonly common: Pick<DeskAct, 'about' | 'personal'>
}

interface Signing extends Making {
  readonly behalf: ReturnType<typeof useBehalfFields>
  /** Whose word a desk that may not sign itself usually enters. */
  readonly signer: DraftFields
}

/** Approval before an order leaves, and the signature after an act that could not wait. */
function signatures(task: Task, { t, api, now, common, behalf, signer }: Signing): DeskAct[] {
  const made = (what: 'approve' | 'countersign', send: DeskApi['approve']): DeskAct => ({
    ...common,
    key: `task.${what} ${task.id}`,
    title: t('taskAct', { verb: t(`act.${what}`), task: task.title }),
    words: [t('taskAct', { verb: t(`act.${what}`), task: task.title }), what],
    consequence: t(`consequence.${what}`),
    authority: t('authority.decider'),
    fields: behalf.fields,
    initial: signer,
    submit: (fields) => send(task.id, only({ onBehalf: behalfOf(fields, now) })),
  })
  const waits = task.state === 'draft' && (task.authority === 'approve' || task.authority === 'two')
  const owes = task.countersign !== undefined && task.countersign.done === undefined
  const back: DeskAct = {
    ...common,
    key: `task.undo ${task.id}`,
    title: t('taskAct', { verb: t('act.undo'), task: task.title }),
    words: [t('taskAct', { verb: t('act.undo'), task: task.title }), 'undo'],
    consequence: t('consequence.undo'),
    authority: t('authority.own'),
    fields: [],
    initial: {},
    submit: () => api.undo(task.id),
  }
  return [
    ...(task.undoUntil !== undefined && task.undoUntil > now ? [back] : []),
    ...(waits ? [made('approve', api.approve)] : []),
    ...(owes ? [made('countersign', api.countersign)] : []),
  ]
}

/** 叫应: the step of the ladder that is due, answered or not. */
function callOuts(task: Task, { t, api, now, common, post }: Making & { readonly post: string }): DeskAct[] {
  const due = ladderDue(task, now)
  const step = due !== undefined && isStepOpen(task, due) ? due : 'callAgain'
  if (!awaitsAck(task.state)) return []
  return [
    {
      ...common,
      key: `task.callOut ${task.id}`,
      title: t('taskAct', { verb: t(`ladder.${step}`), task: task.title }),
      words: [t('taskAct', { verb: t(`ladder.${step}`), task: task.title }), 'call out jy'],
      consequence: t('consequence.callOut'),
      authority: t('authority.own'),
      fields: [
        { name: 'post', label: t('field.post'), kind: 'text', required: true, maxLength: 60 },
        { name: 'answered', label: t('field.answered'), kind: 'check' },
      ],
      initial: { post },
      submit: (fields) =>
        api.callOut(task.id, { step, post: textOf(fields, 'post'), answered: fields['answered'] === 'true' }),
    },
  ]
}
