'use client'

import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Alarm } from '@/domain/alarm'
import { SessionView } from '@/domain/api/session'
import { epochMillis } from '@/domain/time'
import type { World } from '@/domain/world'
import { worldTimeAt } from '@/domain/world'
import { getJson } from '@/app/fetch/getJson'
import { useAlarms, useCatalogue, useWorlds } from '@/app/fetch/questions'
import { useAct } from '@/app/fetch/useAct'
import { useAsked } from '@/app/fetch/useAsked'
import { useNames } from '@/app/messages/locale'
import { CatalogueIndex } from '@/app/situation/catalogueIndex'
import { Notice } from '@/app/ui/Notice'
import css from '@/app/ui/Sheet.module.css'
import { SignInFirst } from '@/app/ui/SignInFirst'
import { AlarmForm } from './AlarmForm'
import type { Wanted } from './AlarmForm'
import { AlarmRow } from './AlarmRow'

/** `/alarms?world=`: every open alarm of a World; an operator acknowledges, shelves for a time, or clears with a reason. */
export function AlarmsScreen() {
  const t = useTranslations('alarms')
  const session = useAsked('session', (signal) => getJson(SessionView, '/api/session', { signal }))
  const { answer } = useWorlds()
  const key = new URLSearchParams(window.location.search).get('world') ?? answer?.defaultWorld
  const world = answer?.worlds.find((one) => one.key === key)
  const actor = session.answer?.actor
  if (session.answer !== undefined && actor?.kind !== 'person') return <SignInFirst page="/alarms" who={t('only')} />
  if (answer === undefined) return <Notice text="" />
  return world === undefined ? (
    <Notice text={t('noWorld')} />
  ) : (
    <AlarmsOf world={world} serverTime={answer.serverTime} />
  )
}

function AlarmsOf({ world, serverTime }: { readonly world: World; readonly serverTime: number }) {
  const t = useTranslations('alarms')
  const names = useNames()
  const [wanted, setWanted] = useState<Wanted>()
  const act = useAct()
  const view = useAlarms(world.key).answer
  const catalogue = useCatalogue(world.key, view?.catalogueVersion ?? 0).answer
  const index = useMemo(() => (catalogue === undefined ? undefined : new CatalogueIndex(catalogue)), [catalogue])
  const alarms = view?.body.channel === 'alarms' ? view.body.alarms : []
  const now = worldTimeAt(world.clock, epochMillis(view?.at ?? serverTime))
  const open = alarms.filter(({ state }) => state !== 'shelved').sort(urgentFirst)
  const shelved = alarms.filter(({ state }) => state === 'shelved').sort((a, b) => (a.until ?? 0) - (b.until ?? 0))
  const list = (some: readonly Alarm[]) => (
    <table>
      <tbody>
        {some.map((alarm) => (
          <AlarmRow key={alarm.id} alarm={alarm} index={index} world={world} now={now} act={act} onWant={setWanted} />
        ))}
      </tbody>
    </table>
  )
  return (
    <main className={css['sheet']}>
      <header>
        <h1>
          {t('title')} · {names(world.name)}
        </h1>
        <a href={`/wall?world=${encodeURIComponent(world.key)}`}>{t('wall')}</a>
      </header>
      {wanted === undefined ? null : (
        <AlarmForm world={world} wanted={wanted} act={act} onEnd={() => setWanted(undefined)} />
      )}
      <p className={css['note']} role="alert">
        {act.refused === undefined ? '' : t('refused', { code: act.refused })}
      </p>
      <h2>{t('open')}</h2>
      {open.length === 0 ? <p className={css['note']}>{t('none')}</p> : list(open)}
      <h2>{t('shelved')}</h2>
      {shelved.length === 0 ? <p className={css['note']}>{t('none')}</p> : list(shelved)}
    </main>
  )
}

const urgentFirst = (a: Alarm, b: Alarm): number => a.level - b.level || b.raisedAt - a.raisedAt
