'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useRefusal } from '@/app/messages/useRefusal'
import { SessionView } from '@/domain/api/session'
import { WallView } from '@/domain/api/wall'
import type { World } from '@/domain/world'
import { FIRST_WALL } from '@/domain/wall/wallLayout'
import type { WallAct } from '@/domain/wall/wallState'
import { getJson, send } from '@/app/fetch/getJson'
import { useWorlds } from '@/app/fetch/questions'
import type { Act } from '@/app/fetch/useAct'
import { useAct } from '@/app/fetch/useAct'
import { useAsked } from '@/app/fetch/useAsked'
import { Notice } from '@/app/ui/Notice'
import sheet from '@/app/ui/Sheet.module.css'
import { SignInFirst } from '@/app/ui/SignInFirst'
import { ActLog } from './ActLog'
import { CameraKeys } from './CameraKeys'
import { LayoutForm } from './LayoutForm'
import { SceneKeys } from './SceneKeys'
import css from './SteerScreen.module.css'
import { TileStates } from './TileStates'

/** What every part of the desk of a wall reads and does. */
export interface Desk {
  readonly view: WallView
  readonly world: World
  readonly act: Act
  /** Steers the wall. */
  readonly steer: (act: WallAct) => void
  /** Sends something else to the wall's address; its answer does not matter. */
  readonly put: (path: string, method: 'POST' | 'PUT', body?: unknown) => void
}

/** `/desk/wall?wall=`: everything a desk decides for a wall, what its tiles say, and who did what. */
export function SteerScreen() {
  const t = useTranslations('steer')
  const session = useAsked('session', (signal) => getJson(SessionView, '/api/session', { signal }))
  if (session.answer === undefined) return <Notice text="" />
  return session.answer.actor?.kind === 'person' ? <SteerDesk /> : <SignInFirst page="/desk/wall" who={t('only')} />
}

function SteerDesk() {
  const wall = new URLSearchParams(window.location.search).get('wall') ?? FIRST_WALL
  const path = `/api/walls/${encodeURIComponent(wall)}`
  const [round, setRound] = useState(0)
  const { answer: view } = useAsked(`${wall} ${round}`, (signal) => getJson(WallView, path, { signal }), 1000)
  const { answer: worlds } = useWorlds()
  const [last, setLast] = useState(view)
  const act = useAct()
  if (view !== undefined && view !== last) setLast(view)
  const shown = view ?? last
  if (shown === undefined || worlds === undefined) return <Notice text="" />
  const key = shown.orders.state.body.world ?? worlds.defaultWorld
  const world = worlds.worlds.find((one) => one.key === key) ?? worlds.worlds[0]
  if (world === undefined) return <Notice text="" />
  const put: Desk['put'] = (to, method, body) =>
    act.run(async () => {
      await send(`${path}${to}`, { method, body })
      setRound((n) => n + 1)
    })
  const desk: Desk = { view: shown, world, act, put, steer: (one) => put('/acts', 'POST', one) }
  return <Sheet desk={desk} worlds={worlds.worlds} />
}

function Sheet({ desk, worlds }: { readonly desk: Desk; readonly worlds: readonly World[] }) {
  const t = useTranslations('steer')
  const says = useRefusal()
  const { act, put, view } = desk
  return (
    <main
      className={`${sheet['sheet'] ?? ''} ${css['steer'] ?? ''}`}
      data-testid="steer"
      data-version={view.orders.state.version}
    >
      <header>
        <h1>{t('title')}</h1>
        <a href="/wall">{t('wall')}</a>
      </header>
      <p className={sheet['note']} role="alert">
        {act.refused === undefined ? '' : t('refused', { code: says(act.refused) })}
      </p>
      <SceneKeys desk={desk} worlds={worlds} />
      <CameraKeys desk={desk} />
      <div className={css['group']}>
        <button type="button" onClick={() => put('/undo', 'POST')} data-act="undo">
          {t('undo')}
        </button>
      </div>
      <TileStates view={view} world={desk.world.key} />
      <LayoutForm key={view.orders.layout.version} desk={desk} />
      <ActLog view={view} timeZone={desk.world.timeZone} />
    </main>
  )
}
