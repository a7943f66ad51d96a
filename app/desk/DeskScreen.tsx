'use client'

import { useTranslations } from 'use-intl'
import { SessionView } from '@/domain/api/session'
import type { World } from '@/domain/world'
import { getJson } from '@/app/fetch/getJson'
import { useWorlds } from '@/app/fetch/questions'
import { useAsked } from '@/app/fetch/useAsked'
import type { PictureClient } from '@/app/picture/pictureClient'
import { usePictureClient } from '@/app/picture/usePicture'
import { WorldTimeProvider } from '@/app/time/WorldTime'
import { Notice } from '@/app/ui/Notice'
import { SignInFirst } from '@/app/ui/SignInFirst'
import { useWallState } from '@/app/wall/useWallState'
import { WallContext } from '@/app/wall/wallContext'
import type { Person } from './deskContext'
import { DeskSurface } from './DeskSurface'

/** `/desk?world=`: the seat of a duty officer on one World. */
export function DeskScreen() {
  const t = useTranslations('desk')
  const start = useTranslations('start')
  const person = useSeat()
  const { answer, refused } = useWorlds()
  const here = `${window.location.pathname}${window.location.search}`
  const shut = refused?.status === 401 || refused?.status === 403
  if (person === 'nobody' || shut) return <SignInFirst page={here} who={t('only')} />
  if (answer === undefined || person === undefined)
    return <Notice text={refused === undefined ? '' : start('unreachable')} />
  const key = new URLSearchParams(window.location.search).get('world') ?? answer.defaultWorld
  const world = answer.worlds.find((one) => one.key === key) ?? answer.worlds[0]
  return world === undefined ? (
    <Notice text={start('none')} />
  ) : (
    <DeskOf key={world.key} world={world} person={person} />
  )
}

/** Who sits here; `nobody` where no person is signed in, undefined while that is asked. */
function useSeat(): Person | 'nobody' | undefined {
  const { answer } = useAsked('session', (signal) => getJson(SessionView, '/api/session', { signal }))
  if (answer === undefined) return undefined
  return answer.actor?.kind === 'person' ? answer.actor : 'nobody'
}

function DeskOf({ world, person }: { readonly world: World; readonly person: Person }) {
  const client = usePictureClient(world.key)
  return client === undefined ? null : <DeskWith world={world} person={person} client={client} />
}

interface DeskWithProps {
  readonly world: World
  readonly person: Person
  readonly client: PictureClient
}

function DeskWith({ world, person, client }: DeskWithProps) {
  const { wall, second } = useWallState(world, client)
  if (wall === undefined) return <Notice text="" />
  return (
    <WallContext value={wall}>
      <WorldTimeProvider value={{ now: wall.now, timeZone: world.timeZone }}>
        <DeskSurface person={person} second={second} />
      </WorldTimeProvider>
    </WallContext>
  )
}
