'use client'

import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { isTaskOver } from '@/domain/task/taskState'
import type { Queued } from '@/app/incidents/queue'
import { queueOf } from '@/app/incidents/queue'
import { useDeadlineWords } from '@/app/incidents/useDeadlineWords'
import { measurePeople, useIncidentWords } from '@/app/incidents/useIncidentWords'
import { useNames } from '@/app/messages/locale'
import { clockOf, useDay } from '@/app/time/format'
import { Figure } from '@/app/ui/figure/Figure'
import { useWall } from '@/app/wall/wallContext'
import type { Person } from '../deskContext'
import { useDeskKeys } from '../useDeskKeys'
import css from './Sheet.module.css'

/** A paper is as old as its printing: after this long it says that a new one is due. Milliseconds. */
const EVERY = 15 * 60_000

/** Incidents with their people, open tasks and decisions on paper: light, without colour that a printer needs. */
export function Sheet({ person }: { readonly person: Person }) {
  const { world, picture, now } = useWall()
  const t = useTranslations('sheet')
  const band = useTranslations('world.band')
  const names = useNames()
  const day = useDay()
  const queue = queueOf(picture.incidents.values(), picture.tasks.values(), now)
  const printed = useRef(now)
  useEffect(() => {
    const note = (): void => {
      printed.current = now
    }
    window.addEventListener('afterprint', note)
    return () => window.removeEventListener('afterprint', note)
  }, [now])
  const back = (): void => window.location.assign(`/desk${window.location.search}`)
  useDeskKeys({ F10: () => window.print(), Escape: back })
  const stamp = `${day(now, world.timeZone)} ${clockOf(now, world.timeZone)}`
  return (
    <main className={css['sheet']} data-theme="light" data-testid="sheet">
      <nav>
        <button type="button" onClick={() => window.print()} autoFocus>
          {t('print')} <kbd>F10</kbd>
        </button>
        <button type="button" onClick={back}>
          {t('back')} <kbd>Esc</kbd>
        </button>
        <span role="status">{now - printed.current >= EVERY ? t('due') : t('every')}</span>
      </nav>
      <header>
        <h1>
          {names(world.name)} {t('title')}
        </h1>
        <p>
          {world.kind === 'live' ? null : <b>{band(world.kind)} </b>}
          {t('asOf', { at: stamp, by: person.name })}
        </p>
      </header>
      {queue.length === 0 ? <p>{t('none')}</p> : null}
      {queue.map((one) => (
        <OnPaper key={one.incident.id} of={one} />
      ))}
      <Waiting />
      <footer>{t('foot')}</footer>
    </main>
  )
}

function OnPaper({ of: { incident, tasks, deadline, urgency } }: { readonly of: Queued }) {
  const { world } = useWall()
  const t = useTranslations('incident')
  const state = useTranslations('task.state')
  const words = useIncidentWords()
  const deadlineWords = useDeadlineWords()
  const next = deadline === undefined ? undefined : deadlineWords(deadline, incident)
  const figures = Object.keys(incident.people) as (keyof typeof incident.people)[]
  return (
    <section>
      <h2>
        {t('no', { no: incident.no })} {incident.title}
        <span>
          {t(`urgency.${urgency}`)} · {t(`state.${incident.state}`)} · {words.level(incident) ?? t('level.none')}
        </span>
      </h2>
      <p>
        {incident.place.text} · {t('lead')} {words.department(incident.lead)} ·{' '}
        {clockOf(incident.reportedAt, world.timeZone)}
        {incident.condition === undefined ? '' : ` · ${incident.condition}`}
        {next === undefined ? null : (
          <b>
            {' '}
            · {next.what} {next.when}
          </b>
        )}
      </p>
      <p>
        {figures.map((kind) => (
          <span key={kind} className={css['people']}>
            {t(`people.${kind}`)}{' '}
            <Figure of={measurePeople(incident, kind, t('unit'))} title={t(`people.${kind}`)} mark="always" />
          </span>
        ))}
      </p>
      <table>
        <tbody>
          {tasks
            .filter((task) => !isTaskOver(task.state))
            .map((task) => (
              <tr key={task.id}>
                <td>{task.title}</td>
                <td>{words.department(task.to)}</td>
                <td>{state(task.state)}</td>
                <td>{task.doneDue === undefined ? '' : t('latest', { at: clockOf(task.doneDue, world.timeZone) })}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  )
}

/** Decisions that wait and plans at work. */
function Waiting() {
  const { world, picture } = useWall()
  const t = useTranslations('decide')
  const open = [...picture.decisions.values()].filter(({ state }) => state === 'open')
  if (open.length === 0) return null
  return (
    <section>
      <h2>{t('title')}</h2>
      {open.map((one) => (
        <p key={one.id}>
          <b>{one.question}</b> {t('latest', { at: clockOf(one.latestAt, world.timeZone) })} ·{' '}
          {t('default', { option: one.byDefault, decider: one.decider })}
        </p>
      ))}
    </section>
  )
}
