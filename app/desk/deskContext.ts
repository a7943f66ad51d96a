import { createContext, useContext } from 'react'
import type { PlanList } from '@/domain/api/plans'
import type { Actor } from '@/domain/api/session'
import type { Decision } from '@/domain/decision/decision'
import type { Activation } from '@/domain/plan/activation'
import type { Queued } from '@/app/incidents/queue'
import type { DeskApi } from './acts/deskApi'

export type Person = Extract<Actor, { kind: 'person' }>

/** What every part of a desk reads: who sits there, what is open, what is chosen. */
export interface Desk {
  readonly person: Person
  readonly api: DeskApi
  /** By the time that is left. */
  readonly queue: readonly Queued[]
  readonly activations: readonly Activation[]
  readonly decisions: readonly Decision[]
  /** The plans that this World's triggers are watched by. */
  readonly plans: PlanList['plans']
  readonly selected: Queued | undefined
  readonly select: (incident: string) => void
  /** Opens an act's form by its key. */
  readonly begin: (act: string) => void
}

export const DeskContext = createContext<Desk | undefined>(undefined)

export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (desk === undefined) throw new Error('A part of the desk must stand inside its DeskContext.')
  return desk
}
