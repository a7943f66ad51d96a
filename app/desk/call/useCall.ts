'use client'

import { useEffect, useState } from 'react'
import type { NewCallBody } from '@/domain/api/incidents'
import type { Nearby } from '@/domain/incident/nearbyIncidents'
import { nearbyIncidents } from '@/domain/incident/nearbyIncidents'
import { newId } from '@/app/fetch/newId'
import type { Act } from '@/app/fetch/useAct'
import { useAct } from '@/app/fetch/useAct'
import { useWorldTime } from '@/app/time/WorldTime'
import { numberOf, textOf } from '../acts/fields'
import { useDesk } from '../deskContext'
import type { DraftFields } from '../draft/drafts'
import type { Draft } from '../draft/useDraft'
import { useDraft } from '../draft/useDraft'
import { CALL_EMPTY, CALL_FORM, CALL_PERSONAL, callBody, pointOf } from './callFields'
import { guessTrapped, guessType } from './guessType'

export interface Call {
  readonly draft: Draft
  readonly act: Act
  /** World time of the first key, epoch ms: the report clocks start there. */
  readonly receivedAt: number
  readonly typeCode: string
  readonly near: readonly Nearby[]
  readonly isPointed: boolean
  /** Takes what was said; the type and the number of trapped people are drafted from it. */
  readonly say: (text: string) => void
  readonly send: (becomes: NewCallBody['becomes']) => void
}

/** One call while it is being written down. */
export function useCall(pointed: readonly [number, number] | undefined, onDone: () => void): Call {
  const { person, api, queue, select } = useDesk()
  const { now } = useWorldTime()
  const act = useAct()
  const draft = useDraft(person.id, CALL_FORM, CALL_EMPTY, CALL_PERSONAL)
  const { fields, setAll } = draft
  const [opened] = useState(now)
  const receivedAt = numberOf(fields, 'receivedAt') ?? opened
  const place = pointOf(fields)
  useEffect(() => {
    if (pointed !== undefined) setAll({ longitude: String(pointed[0]), latitude: String(pointed[1]) })
  }, [pointed, setAll])
  const typeCode = textOf(fields, 'typeCode') || guessType(fields['said'] ?? '') || '11A02'
  const send = (becomes: NewCallBody['becomes']): void =>
    act.run(async () => {
      const { incident } = await api.call(callBody({ ...fields, typeCode, receivedAt: String(receivedAt) }, becomes))
      draft.drop()
      if (incident !== undefined) select(incident.id)
      onDone()
    })
  return {
    ...{ draft, act, receivedAt, typeCode, send },
    near: nearbyIncidents(
      queue.map(({ incident }) => incident),
      place,
      now,
    ),
    isPointed: place !== undefined,
    say: (text) => setAll({ said: text, ...begun(fields, opened), ...trappedIn(fields, text) }),
  }
}

/** The first key gives the call its id and its moment. */
const begun = (fields: DraftFields, at: number): DraftFields =>
  fields['id'] === '' ? { id: newId(), receivedAt: String(at) } : {}

/** The drafted number of trapped people, as long as nobody typed another. */
function trappedIn(fields: DraftFields, text: string): DraftFields {
  const before = guessTrapped(fields['said'] ?? '')
  const untouched = fields['trapped'] === '' || fields['trapped'] === String(before)
  return untouched ? { trapped: String(guessTrapped(text) ?? '') } : {}
}
