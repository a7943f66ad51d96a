import type { NewCallBody } from '@/domain/api/incidents'
import { epochMillis } from '@/domain/time'
import { newId } from '@/app/fetch/newId'
import { numberOf, only, optional, textOf } from '../acts/fields'
import type { DraftFields } from '../draft/drafts'

export const CALL_FORM = 'call'
/** Who called and from where: kept no longer than the session. */
export const CALL_PERSONAL = ['callerName', 'callerPhone'] as const
export const CALL_EMPTY: DraftFields = {
  id: '',
  receivedAt: '',
  said: '',
  place: '',
  longitude: '',
  latitude: '',
  typeCode: '',
  trapped: '',
  missing: '',
  injured: '',
  dead: '',
  callerName: '',
  callerPhone: '',
  measures: '',
}
export const COUNTED = ['trapped', 'missing', 'injured', 'dead'] as const

/** Where somebody pointed, or undefined. Degrees. */
export function pointOf(fields: DraftFields): { readonly longitude: number; readonly latitude: number } | undefined {
  const [longitude, latitude] = [numberOf(fields, 'longitude'), numberOf(fields, 'latitude')]
  return longitude === undefined || latitude === undefined ? undefined : { longitude, latitude }
}

/** The request that the form's fields make. */
export function callBody(fields: DraftFields, becomes: NewCallBody['becomes']): NewCallBody {
  const counted = COUNTED.flatMap((kind) => {
    const value = numberOf(fields, kind)
    return value === undefined ? [] : [[kind, value] as const]
  })
  return {
    id: textOf(fields, 'id') || newId(),
    receivedAt: epochMillis(Number(fields['receivedAt'])),
    caller: only({ name: optional(fields, 'callerName'), phone: optional(fields, 'callerPhone') }),
    typeCode: textOf(fields, 'typeCode'),
    place: { text: textOf(fields, 'place'), ...pointOf(fields) },
    said: textOf(fields, 'said'),
    people: Object.fromEntries(counted),
    ...only({ measures: optional(fields, 'measures') }),
    becomes,
  }
}
