'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { Channel } from '@/domain/fold/delta'
import type { World } from '@/domain/world'
import type { PictureClient } from '@/app/picture/pictureClient'
import { usePictureClient } from '@/app/picture/usePicture'
import { WorldTimeProvider } from '@/app/time/WorldTime'
import { Notice } from '@/app/ui/Notice'
import { SignInFirst } from '@/app/ui/SignInFirst'
import { useWallState } from '@/app/wall/useWallState'
import { WallContext } from '@/app/wall/wallContext'
import type { Person } from './deskContext'
import { useSeat } from './useSeat'

/** What a person waits for is drawn at once; readings step with the second: a desk has no wall's machine. */
const COMMANDS: ReadonlySet<Channel> = new Set<Channel>(['alarms', 'incidents', 'tasks', 'activations', 'decisions'])

export interface SeatedProps {
  /** Whose page it is, said to whoever has no right to it. */
  readonly only: string
  readonly children: (person: Person, second: number) => ReactNode
}

/** A page of one person on one World, with its living picture and its time. */
export function Seated({ only, children }: SeatedProps) {
  const start = useTranslations('start')
  const seat = useSeat()
  if (seat.kind === 'shut') return <SignInFirst page={seat.page} who={only} />
  if (seat.kind === 'asking') return <Notice text={seat.unreachable ? start('unreachable') : ''} />
  if (seat.kind === 'none') return <Notice text={start('none')} />
  return <OnWorld key={seat.world.key} world={seat.world} shown={(second) => children(seat.person, second)} />
}

interface OnWorldProps {
  readonly world: World
  readonly shown: (second: number) => ReactNode
}

function OnWorld({ world, shown }: OnWorldProps) {
  const client = usePictureClient(world.key)
  return client === undefined ? null : <WithPicture world={world} client={client} shown={shown} />
}

function WithPicture({ world, client, shown }: OnWorldProps & { readonly client: PictureClient }) {
  const { wall, second } = useWallState(world, client, undefined, COMMANDS)
  if (wall === undefined) return <Notice text="" />
  return (
    <WallContext value={wall}>
      <WorldTimeProvider value={{ now: wall.now, timeZone: world.timeZone }}>{shown(second)}</WorldTimeProvider>
    </WallContext>
  )
}
