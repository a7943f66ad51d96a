'use client'

import type { KeyboardEvent, SubmitEvent } from 'react'
import { useTranslations } from 'use-intl'
import { INCIDENT_TYPES } from '@/domain/incident/incidentTypes'
import { useNames } from '@/app/messages/locale'
import { clockOf } from '@/app/time/format'
import { useWorldTime } from '@/app/time/WorldTime'
import css from '../Panel.module.css'
import { PlaceField } from '../places/PlaceField'
import { Refusal } from '../Refusal'
import { COUNTED } from './callFields'
import { NearbyList } from './NearbyList'
import type { Call } from './useCall'
import { useCall } from './useCall'

export interface CallFormProps {
  readonly onClose: () => void
  /** A point that somebody clicked on the map while the form is open. */
  readonly pointed: readonly [number, number] | undefined
}

/** 接报: seven fields, kept with each key, sent by one. What the words say is drafted, never decided. */
export function CallForm({ onClose, pointed }: CallFormProps) {
  const t = useTranslations('desk.call')
  const call = useCall(pointed, onClose)
  const { near, send, act } = call
  const first = near[0]?.incident
  const follow = (incident: string): void => send({ kind: 'followUp', incident })
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    send({ kind: 'incident' })
  }
  const press = (event: KeyboardEvent<HTMLFormElement>): void => {
    const form = event.currentTarget
    const name = event.altKey ? event.key : event.ctrlKey && event.key === 'Enter' ? '1' : ''
    if (!['1', '2', '3'].includes(name)) return
    event.preventDefault()
    if (!form.reportValidity()) return
    if (name === '1') form.requestSubmit()
    else if (name === '3') send({ kind: 'record' })
    else if (first !== undefined) follow(first.id)
  }
  return (
    <form className={css['panel']} onSubmit={submit} onKeyDown={press} data-testid="call-form" aria-label={t('title')}>
      <CallHead call={call} onClose={onClose} />
      <CallFields call={call} />
      <NearbyList near={near} onFollow={follow} />
      <Refusal code={act.refused} />
      <footer>
        <button type="submit" data-main disabled={act.busy}>
          <kbd>Alt+1</kbd> {t('open')}
        </button>
        <button
          type="button"
          disabled={act.busy || first === undefined}
          onClick={() => (first === undefined ? undefined : follow(first.id))}
        >
          <kbd>Alt+2</kbd> {t('follow', { no: first?.no ?? 0 })}
        </button>
        <button type="button" disabled={act.busy} onClick={() => send({ kind: 'record' })}>
          <kbd>Alt+3</kbd> {t('record')}
        </button>
        <span>{t('authority')}</span>
      </footer>
    </form>
  )
}

function CallHead({ call, onClose }: { readonly call: Call; readonly onClose: () => void }) {
  const t = useTranslations('desk.call')
  const { timeZone } = useWorldTime()
  const received = t('received', { at: clockOf(call.receivedAt, timeZone) })
  return (
    <header>
      <h2>{t('title')}</h2>
      <span>{call.draft.restored ? `${received} · ${t('restored')}` : received}</span>
      <button type="button" onClick={onClose}>
        {t('close')} <kbd>Esc</kbd>
      </button>
    </header>
  )
}

function CallFields({ call: { draft, typeCode, isPointed, say } }: { readonly call: Call }) {
  const t = useTranslations('desk.call')
  const { fields, set, setAll } = draft
  const typed = (name: string) => ({
    name,
    value: fields[name],
    autoComplete: 'off',
    onChange: (event: { readonly target: { readonly value: string } }) => set(name, event.target.value),
  })
  return (
    <>
      <label>
        {t('said')}
        <textarea
          {...typed('said')}
          required
          maxLength={2000}
          rows={2}
          autoFocus
          onChange={(event) => say(event.target.value)}
        />
      </label>
      <label>
        {t('place')}
        <PlaceField
          value={fields['place'] ?? ''}
          pointed={isPointed}
          onText={(text) => set('place', text)}
          onPlace={({ text, longitude, latitude }) =>
            setAll({ place: text, longitude: String(longitude), latitude: String(latitude) })
          }
        />
      </label>
      <label>
        {t('type')}
        <select {...typed('typeCode')} value={typeCode}>
          <TypeOptions />
        </select>
      </label>
      <Counted draft={draft} />
      <div className={css['pair']}>
        <label>
          {t('caller')}
          <input {...typed('callerName')} maxLength={40} />
        </label>
        <label>
          {t('phone')}
          <input {...typed('callerPhone')} type="tel" pattern="[0-9+ \(\)\-]*" maxLength={30} />
        </label>
      </div>
      <label>
        {t('measures')}
        <input {...typed('measures')} maxLength={500} />
      </label>
    </>
  )
}

/** What was said of people; a number that was not said stays empty and is unknown. */
function Counted({ draft: { fields, set } }: { readonly draft: Call['draft'] }) {
  const t = useTranslations('desk.call')
  const people = useTranslations('incident.people')
  return (
    <fieldset>
      <legend>{t('people')}</legend>
      {COUNTED.map((kind) => (
        <label key={kind}>
          {people(kind)}
          <input
            name={kind}
            value={fields[kind]}
            inputMode="numeric"
            pattern="[0-9]*"
            maxLength={6}
            onChange={(event) => set(kind, event.target.value)}
          />
        </label>
      ))}
    </fieldset>
  )
}

function TypeOptions() {
  const names = useNames()
  return INCIDENT_TYPES.map(({ code, name }) => (
    <option key={code} value={code}>
      {names(name)} {code}
    </option>
  ))
}
