'use client'

import { useState } from 'react'
import { Refused } from './getJson'

/** One act at a time: `run` does it, `busy` while it is under way, `refused` names why the last one was not done. */
export interface Act {
  readonly busy: boolean
  readonly refused: string | undefined
  readonly run: (act: () => Promise<void>) => void
}

export function useAct(): Act {
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<string>()
  const doIt = async (act: () => Promise<void>): Promise<void> => {
    setBusy(true)
    setRefused(undefined)
    try {
      await act()
    } catch (cause) {
      setRefused(cause instanceof Refused ? cause.code : 'screen.error')
    }
    setBusy(false)
  }
  return { busy, refused, run: (act) => void (busy ? undefined : doIt(act)) }
}

/** A field of a submitted form as text. */
export function fieldOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}
