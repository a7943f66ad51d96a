'use client'

import { SessionView } from '@/domain/api/session'
import type { WorldList } from '@/domain/api/worlds'
import type { World } from '@/domain/world'
import { getJson } from '@/app/fetch/getJson'
import { useWorlds } from '@/app/fetch/questions'
import { useAsked } from '@/app/fetch/useAsked'
import type { Person } from './deskContext'

/** Who sits at a page of one World, or why nobody can: `shut` without a person's session, `none` without a World. */
export type Seat =
  | { readonly kind: 'asking'; readonly unreachable: boolean }
  | { readonly kind: 'shut'; readonly page: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'open'; readonly person: Person; readonly world: World }

/** The person of this session and the World that `?world=` names. */
export function useSeat(): Seat {
  const session = useAsked('session', (signal) => getJson(SessionView, '/api/session', { signal }))
  const { answer, refused } = useWorlds()
  const actor = session.answer?.actor
  const isNobody = session.answer !== undefined && actor?.kind !== 'person'
  if (isNobody || [401, 403].includes(refused?.status ?? 0))
    return { kind: 'shut', page: `${window.location.pathname}${window.location.search}` }
  if (answer === undefined || actor?.kind !== 'person') return { kind: 'asking', unreachable: refused !== undefined }
  const world = askedWorld(answer)
  return world === undefined ? { kind: 'none' } : { kind: 'open', person: actor, world }
}

function askedWorld({ worlds, defaultWorld }: WorldList): World | undefined {
  const key = new URLSearchParams(window.location.search).get('world') ?? defaultWorld
  return worlds.find((one) => one.key === key) ?? worlds[0]
}
