'use client'

import { useEffect, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { DEPARTMENTS } from '@/domain/access/departments'
import type { Task } from '@/domain/task/task'
import { awaitsAck, isTaskOver, taskMoves, TaskVerb } from '@/domain/task/taskState'
import { ActPanel } from '@/app/desk/acts/ActPanel'
import type { DeskAct } from '@/app/desk/acts/act'
import type { DeskApi } from '@/app/desk/acts/deskApi'
import { deskApi } from '@/app/desk/acts/deskApi'
import { useTaskActs } from '@/app/desk/acts/useTaskActs'
import type { Person } from '@/app/desk/deskContext'
import { useDeskKeys } from '@/app/desk/useDeskKeys'
import type { Queued } from '@/app/incidents/queue'
import { queueOf } from '@/app/incidents/queue'
import { useIncidentWords } from '@/app/incidents/useIncidentWords'
import { useNames } from '@/app/messages/locale'
import { Band } from '@/app/ui/Band'
import { useWall } from '@/app/wall/wallContext'
import css from './Dept.module.css'
import { DeptFeeds } from './DeptFeeds'
import { DeptTask } from './DeptTask'

/** Tasks of one department by the time that is left, the acts of the chosen one by key, and its own feeds. */
export function DeptSurface({ person }: { readonly person: Person }) {
  const { world } = useWall()
  const t = useTranslations('dept')
  const band = useTranslations('world.band')
  const names = useNames()
  const words = useIncidentWords()
  const [code, setCode] = useState(() => person.department ?? asked() ?? 'XF')
  const { queue, tasks, acts, begun, begin, close, chosen, choose } = useDept(person, code)
  const own = person.department !== undefined
  return (
    <main className={css['dept']} data-testid="dept" data-department={code}>
      {world.kind === 'live' ? null : <Band text={band(world.kind)} />}
      <header>
        <h1>{words.department(code)}</h1>
        {own ? null : (
          <label>
            {t('lookOn')}{' '}
            <select value={code} onChange={(event) => setCode(event.target.value)}>
              {DEPARTMENTS.map((one) => (
                <option key={one.code} value={one.code}>
                  {names(one.name)}
                </option>
              ))}
            </select>
          </label>
        )}
        <span>
          {person.name} · {names(world.name)}
        </span>
      </header>
      <section aria-label={t('tasks')}>
        <h2>
          {t('tasks')} <i>{t('count', { n: words.number(tasks.filter(({ state }) => !isTaskOver(state)).length) })}</i>
        </h2>
        {tasks.length === 0 ? <p>{t('none')}</p> : null}
        <ul>
          {tasks.map((task) => (
            <DeptTask
              key={task.id}
              task={task}
              incident={queue.find(({ incident }) => incident.id === task.incident)?.incident}
              chosen={task.id === chosen?.id}
              acts={task.id === chosen?.id ? acts : []}
              onChoose={() => choose(task.id)}
              onAct={begin}
            />
          ))}
        </ul>
      </section>
      {begun === undefined ? null : (
        <div className={css['over']}>
          <ActPanel key={begun.key} act={begun} account={person.id} onClose={close} />
        </div>
      )}
      <DeptFeeds department={code} />
    </main>
  )
}

const asked = (): string | undefined =>
  new URLSearchParams(window.location.search).get('department')?.slice(0, 12) ?? undefined

/** Tasks, the chosen one with its acts, and the keys for both. */
function useDept(person: Person, code: string) {
  const { world, picture, now } = useWall()
  const api = useMemo(() => deskApi(world.key), [world.key])
  const [picked, choose] = useState<string>()
  const [act, setAct] = useState<string>()
  const queue = queueOf(picture.incidents.values(), picture.tasks.values(), now)
  const tasks = tasksOf(queue, code)
  const chosen = tasks.find(({ id }) => id === picked) ?? tasks[0]
  const all = useTaskActs(queue, person, api)
  const acts = all.filter(({ key }) => isReceivers(key, chosen))
  useSeen(tasks, person, api)
  const close = (): void => setAct(undefined)
  const move = (by: number): void =>
    choose(tasks[tasks.findIndex(({ id }) => id === chosen?.id) + by]?.id ?? chosen?.id)
  const hot = (n: number): void => setAct(acts[n]?.key)
  useDeskKeys({
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Escape: close,
    ...Object.fromEntries([0, 1, 2, 3, 4].map((n) => [`Alt+${n + 1}`, () => hot(n)])),
  })
  return {
    ...{ queue, tasks, acts, chosen, choose, close },
    begun: all.find(({ key }) => key === act),
    begin: (one: DeskAct) => setAct(one.key),
  }
}

/** Open ones by the time that is left, then what is over. */
function tasksOf(queue: readonly Queued[], code: string): readonly Task[] {
  const due = (task: Task): number => (awaitsAck(task.state) ? task.ackDue : task.doneDue) ?? Number.POSITIVE_INFINITY
  return queue
    .flatMap((one) => one.tasks)
    .filter(({ to, state }) => to === code && state !== 'draft')
    .sort((a, b) => Number(isTaskOver(a.state)) - Number(isTaskOver(b.state)) || due(a) - due(b) || a.no - b.no)
}

const RECEIVER = TaskVerb.options.filter((verb) => taskMoves[verb].side === 'receiver')
const isReceivers = (key: string, task: Task | undefined): boolean =>
  task !== undefined && RECEIVER.some((verb) => key === `task.${verb} ${task.id}`)

/** What stands on the department's own screen has been seen; a desk that looks on says nothing. */
function useSeen(tasks: readonly Task[], person: Person, api: DeskApi): void {
  const unseen = tasks
    .filter((task) => task.to === person.department && awaitsAck(task.state) && task.orders.at(-1)?.seen === undefined)
    .map(({ id }) => id)
    .join(' ')
  useEffect(() => {
    for (const id of unseen.split(' ').filter(Boolean)) api.seen(id).catch(() => undefined)
  }, [unseen, api])
}
