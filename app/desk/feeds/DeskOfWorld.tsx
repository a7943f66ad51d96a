'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { SessionView } from '@/domain/api/session'
import type { World } from '@/domain/world'
import { getJson } from '@/app/fetch/getJson'
import { useWorlds } from '@/app/fetch/questions'
import { useAsked } from '@/app/fetch/useAsked'
import { Notice } from '@/app/ui/Notice'
import { SignInFirst } from '@/app/ui/SignInFirst'

/** A page of data for people who are signed in: `?world=` says of which World. */
export function DeskOfWorld({
  page,
  children,
}: {
  readonly page: string
  readonly children: (world: World) => ReactNode
}) {
  const t = useTranslations('feedDesk')
  const session = useAsked('session', (signal) => getJson(SessionView, '/api/session', { signal }))
  const { answer } = useWorlds()
  if (session.answer !== undefined && session.answer.actor?.kind !== 'person')
    return <SignInFirst page={page} who={t('only')} />
  if (answer === undefined || session.answer === undefined) return <Notice text="" />
  const key = new URLSearchParams(window.location.search).get('world') ?? answer.defaultWorld
  const world = answer.worlds.find((one) => one.key === key)
  return world === undefined ? <Notice text={t('noWorld')} /> : children(world)
}
