'use client'

import type { ReactNode } from 'react'
import { useEffect, useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { WorldList } from '@/domain/api/worlds'
import { SessionView } from '@/domain/api/session'
import { epochMillis } from '@/domain/time'
import type { World } from '@/domain/world'
import { worldTimeAt } from '@/domain/world'
import { getJson, send } from './fetch/getJson'
import { useFeedHealth, useWorlds } from './fetch/questions'
import { useAsked } from './fetch/useAsked'
import { chooseLocale, useNames } from './messages/locale'
import css from './StartScreen.module.css'
import { clockWithSeconds, useDay } from './time/format'
import { machineNow } from './time/machineClock'

/** `/`: what this is, which worlds run and what time it is in each, who is signed in, and where everything is. */
export function StartScreen() {
  const t = useTranslations('start')
  const worlds = useWorlds()
  return (
    <main className={css['page']}>
      <Head />
      <section className={css['worlds']} aria-label={t('worlds')}>
        <h2>{t('worlds')}</h2>
        <p className={css['note']}>{t('worldsNote')}</p>
        {worlds.answer === undefined ? (
          <p className={css['note']}>{worlds.refused === undefined ? '' : t('unreachable')}</p>
        ) : (
          <Worlds list={worlds.answer} />
        )}
      </section>
      <footer className={css['foot']}>
        <Addresses />
        <Session />
      </footer>
    </main>
  )
}

function Head() {
  const t = useTranslations('start')
  const locale = useLocale()
  return (
    <header className={css['head']}>
      <h1>
        {t('title')} <i>{locale === 'en' ? '钟楼' : 'Belfry'}</i>
      </h1>
      <p>{t('claim')}</p>
      <button type="button" onClick={() => chooseLocale(locale === 'en' ? 'zh-CN' : 'en')} data-testid="language">
        {t('language')}
      </button>
    </header>
  )
}

/** Machine time of the server, a step each second. Epoch ms. */
function useServerNow(list: WorldList): number {
  const [offset, setOffset] = useState(0)
  const [now, setNow] = useState(list.serverTime)
  useEffect(() => setOffset(list.serverTime - machineNow()), [list.serverTime])
  useEffect(() => {
    const timer = setInterval(() => setNow(machineNow() + offset), 1000)
    return () => clearInterval(timer)
  }, [offset])
  return now
}

function Worlds({ list }: { readonly list: WorldList }) {
  const now = useServerNow(list)
  const t = useTranslations('start')
  if (list.worlds.length === 0) return <p className={css['note']}>{t('none')}</p>
  return (
    <ul>
      {list.worlds.map((world) => (
        <WorldRow key={world.key} world={world} now={now} first={world.key === list.defaultWorld} />
      ))}
    </ul>
  )
}

function WorldRow({ world, now, first }: { readonly world: World; readonly now: number; readonly first: boolean }) {
  const names = useNames()
  const day = useDay()
  const t = useTranslations('start')
  const kinds = useTranslations('world')
  const at = worldTimeAt(world.clock, epochMillis(now))
  const { rate } = world.clock
  return (
    <li data-world={world.key} data-first={first}>
      <a href={`/wall?world=${encodeURIComponent(world.key)}`}>
        <span className={css['kind']} data-kind={world.kind}>
          {kinds(`kind.${world.kind}`)}
        </span>
        <b>{names(world.name)}</b>
        <FeedsOnTime world={world.key} />
        <span className={css['clock']}>
          {day(at, world.timeZone)} <b>{clockWithSeconds(at, world.timeZone)}</b>
          {rate === 1 ? null : <i>{rate === 0 ? kinds('stopped') : kinds('rate', { rate })}</i>}
        </span>
        <span className={css['open']}>{t('open')} →</span>
      </a>
    </li>
  )
}

/** 「8/9 按时」 of a World, as its server measured it; nothing where no feed was ever measured. */
function FeedsOnTime({ world }: { readonly world: string }) {
  const t = useTranslations('start')
  const { answer } = useFeedHealth(world)
  const feeds = answer?.body.channel === 'feeds' ? answer.body.feeds : []
  const onTime = feeds.filter(({ state }) => state === 'onTime').length
  return (
    <span className={css['feeds']}>
      {feeds.length === 0 ? t('empty') : t('feedsOnTime', { onTime, all: feeds.length })}
    </span>
  )
}

const ADDRESSES = [
  ['push', 'POST', '/api/worlds/{world}/feeds/{feed}/records', undefined],
  ['openapi', 'GET', '/api/openapi.json', '/api/openapi.json'],
  ['health', 'GET', '/health', '/health'],
  ['metrics', 'GET', '/metrics', '/metrics'],
  ['states', 'GET', '/dev/states', '/dev/states'],
] as const

function Addresses() {
  const t = useTranslations('start')
  return (
    <section>
      <h2>{t('addresses')}</h2>
      <table>
        <tbody>
          {ADDRESSES.map(([name, method, path, href]) => (
            <tr key={name}>
              <td>{t(`address.${name}`)}</td>
              <td className={css['path']}>
                {method} {href === undefined ? path : <a href={href}>{path}</a>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Session() {
  const t = useTranslations('start')
  const { answer } = useAsked('session', (signal) => getJson(SessionView, '/api/session', { signal }))
  const actor = answer?.actor ?? undefined
  const signOut = async (): Promise<void> => {
    await send('/api/session', { method: 'DELETE' }).catch(() => undefined)
    window.location.reload()
  }
  const who: ReactNode = actor === undefined ? t('anonymous') : actor.kind === 'screen' ? t('screen') : actor.name
  return (
    <section>
      <h2>{t('session')}</h2>
      <p>
        {t('signedInAs')} <b>{who}</b>
      </p>
      {actor?.kind === 'person' ? (
        <p>
          <a href="/alarms">{t('alarms')}</a>
          {actor.roles.includes('administrator') ? (
            <>
              {' · '}
              <a href="/accounts">{t('accounts')}</a>
            </>
          ) : null}
        </p>
      ) : null}
      <p>
        {actor?.kind === 'person' ? (
          <button type="button" onClick={() => void signOut()}>
            {t('signOut')}
          </button>
        ) : (
          <a href="/login">{t('signIn')}</a>
        )}
      </p>
    </section>
  )
}
