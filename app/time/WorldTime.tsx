'use client'

import type { ReactNode } from 'react'
import { createContext, useContext } from 'react'
import type { EpochMillis } from '@/domain/time'

/** What time it is in the World that a surface shows, and in which zone its people read a clock. */
export interface WorldTime {
  readonly now: EpochMillis
  readonly timeZone: string
}

const Context = createContext<WorldTime | undefined>(undefined)

/** Screens ask this context what time it is, never the machine. */
export function WorldTimeProvider({ value, children }: { readonly value: WorldTime; readonly children: ReactNode }) {
  return <Context value={value}>{children}</Context>
}

export function useWorldTime(): WorldTime {
  const time = useContext(Context)
  if (time === undefined) throw new Error('This component shows ages: it must stand inside a WorldTimeProvider.')
  return time
}
