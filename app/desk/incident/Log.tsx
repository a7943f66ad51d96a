'use client'

import type { SubmitEvent } from 'react'
import { useTranslations } from 'use-intl'
import type { CallRecord } from '@/domain/api/incidents'
import type { Incident } from '@/domain/incident/incident'
import type { LogEntry } from '@/domain/incident/logEntry'
import { newId } from '@/app/fetch/newId'
import { useAct } from '@/app/fetch/useAct'
import { clockOf } from '@/app/time/format'
import { useWorldTime } from '@/app/time/WorldTime'
import { useDesk } from '../deskContext'
import { useDraft } from '../draft/useDraft'
import { Refusal } from '../Refusal'
import css from './IncidentPage.module.css'
import { useLogWords } from './useLogWords'

const EMPTY = { text: '' }
const NO_PERSONAL: readonly string[] = []
export const NOTE_FIELD = 'desk-note'

interface LogProps {
  readonly incident: Incident
  /** Oldest first. */
  readonly entries: readonly LogEntry[]
  readonly calls: readonly CallRecord[]
}

/** What was said, ordered and done: append-only, newest first, and a line to write the next. */
export function Log({ incident, entries, calls }: LogProps) {
  const { timeZone } = useWorldTime()
  const t = useTranslations('desk.log')
  const words = useLogWords()
  return (
    <section className={css['part']} data-testid="log" aria-label={t('title')}>
      <h3>
        {t('title')} <span>{t('appendOnly')}</span>
      </h3>
      <NoteLine incident={incident} />
      <ol className={css['log']}>
        {entries.toReversed().map((entry) => (
          <li key={entry.n} data-kind={entry.kind}>
            <time>{clockOf(entry.by.at, timeZone)}</time>
            <span>
              {words(entry)}
              {entry.by.onBehalf === undefined ? null : (
                <i>
                  {' '}
                  {t('behalf', {
                    post: entry.by.onBehalf.post,
                    who: entry.who ?? '',
                    channel: entry.by.onBehalf.channel,
                    at: clockOf(entry.by.onBehalf.saidAt, timeZone),
                  })}
                </i>
              )}
            </span>
          </li>
        ))}
      </ol>
      {calls.length === 0 ? null : (
        <>
          <h3>{t('calls')}</h3>
          <ol className={css['log']}>
            {calls.map((call) => (
              <li key={call.id}>
                <time>{clockOf(call.receivedAt, timeZone)}</time>
                <span>
                  <i>{[call.caller.post, call.caller.name, call.caller.phone].filter(Boolean).join(' ')}</i> {call.said}
                  {call.measures === undefined ? null : <i> {call.measures}</i>}
                </span>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  )
}

/** One line, always there: Enter writes it. */
function NoteLine({ incident }: { readonly incident: Incident }) {
  const { person, api } = useDesk()
  const t = useTranslations('desk.log')
  const act = useAct()
  const draft = useDraft(person.id, `note ${incident.id}`, EMPTY, NO_PERSONAL)
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const text = (draft.fields['text'] ?? '').trim()
    if (text === '') return
    act.run(async () => {
      await api.write(incident.id, { id: newId(), text })
      draft.drop()
    })
  }
  return (
    <form className={css['note']} onSubmit={submit}>
      <input
        id={NOTE_FIELD}
        value={draft.fields['text'] ?? ''}
        maxLength={2000}
        autoComplete="off"
        aria-label={t('write')}
        placeholder={t('write')}
        onChange={(event) => draft.set('text', event.target.value)}
      />
      <button type="submit" disabled={act.busy}>
        {t('send')}
      </button>
      {act.refused === undefined ? null : <Refusal code={act.refused} />}
    </form>
  )
}
