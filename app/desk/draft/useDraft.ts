'use client'

import { useCallback, useMemo, useState } from 'react'
import { machineNow } from '@/app/time/machineClock'
import type { DraftFields } from './drafts'
import { Drafts } from './drafts'

export interface Draft {
  readonly fields: DraftFields
  /** Was it found as it had been left, or is it new? */
  readonly restored: boolean
  readonly set: (name: string, value: string) => void
  readonly setAll: (fields: DraftFields) => void
  /** After it was sent or thrown away. */
  readonly drop: () => void
}

/** A form's fields, kept with each change under the account: a re-lock, a crash or a killed browser loses nothing. */
export function useDraft(account: string, form: string, initial: DraftFields, personal: readonly string[]): Draft {
  const drafts = useMemo(() => new Drafts(window.localStorage, account, machineNow), [account])
  const [found] = useState(() => drafts.read(form))
  const [fields, setFields] = useState<DraftFields>(() => ({ ...initial, ...found }))
  const setAll = useCallback(
    (changed: DraftFields) =>
      setFields((held) => {
        const next = { ...held, ...changed }
        drafts.write(form, next, personal)
        return next
      }),
    [drafts, form, personal],
  )
  const set = useCallback((name: string, value: string) => setAll({ [name]: value }), [setAll])
  const drop = useCallback(() => {
    drafts.drop(form)
    setFields(initial)
  }, [drafts, form, initial])
  return { fields, restored: found !== undefined, set, setAll, drop }
}
