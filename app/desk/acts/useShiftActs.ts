import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ShiftList } from '@/domain/api/shifts'
import type { ShiftVerb } from '@/domain/api/shifts'
import type { Shift } from '@/domain/shift/shift'
import { getJson } from '@/app/fetch/getJson'
import { useAsked } from '@/app/fetch/useAsked'
import { useWorldTime } from '@/app/time/WorldTime'
import { useWall } from '@/app/wall/wallContext'
import type { DraftFields } from '../draft/drafts'
import type { ActField, DeskAct } from './act'
import type { DeskApi } from './deskApi'
import { behalfOf, only, textOf, useBehalfFields } from './fields'

/** Others may have signed meanwhile. Milliseconds. */
const ASKED_EVERY = 10_000

/** The handover of a shift: drafted from data, each point checked by hand, signed by who leaves and by who comes. */
export function useShiftAct(api: DeskApi): DeskAct | undefined {
  const t = useTranslations('desk')
  const { world } = useWall()
  const { now } = useWorldTime()
  const behalf = useBehalfFields()
  const [round, setRound] = useState(0)
  const path = `/api/worlds/${encodeURIComponent(world.key)}/shifts`
  const { answer } = useAsked(`${path} ${round}`, (signal) => getJson(ShiftList, path, { signal }), ASKED_EVERY)
  const subject = useTranslations('desk.handover')
  if (answer === undefined) return undefined
  const shift = answer.shifts[0]
  const verb = nextVerb(shift)
  const points = (shift?.items ?? []).map(
    (item): ActField => ({
      name: item.subject,
      label: [subject(item.subject), item.lines.length === 0 ? t('nothing') : item.lines.join('；')].join('：'),
      kind: 'check',
      required: true,
    }),
  )
  const remark: ActField = { name: 'remark', label: t('field.remark'), kind: 'area', maxLength: 1000 }
  return {
    key: `shift.${verb} ${shift?.no ?? 0}`,
    title: t(`shift.${verb}`),
    about: t('shiftNo', { no: shift?.no ?? 0 }),
    words: [t(`shift.${verb}`), t('key.shift'), 'shift handover jjb'],
    consequence: t(`shiftConsequence.${verb}`),
    authority: t(verb === 'signIn' ? 'authority.other' : 'authority.own'),
    fields: verb === 'signOut' ? [...points, remark, ...behalf.fields] : behalf.fields,
    initial: {},
    personal: behalf.personal,
    async submit(fields) {
      const items = verb === 'signOut' ? checkedItems(shift, fields) : undefined
      await api.moveShift(verb, only({ items, onBehalf: behalfOf(fields, now) }))
      setRound((n) => n + 1)
    },
  }
}

/** No shift yet: begin; on: draft the handover; drafted: sign out; signed out: the next one signs in. */
function nextVerb(shift: Shift | undefined): ShiftVerb {
  if (shift === undefined || shift.state === 'closed') return 'begin'
  if (shift.state === 'on') return 'prepare'
  return shift.signedOut === undefined ? 'signOut' : 'signIn'
}

const checkedItems = (shift: Shift | undefined, fields: DraftFields): Shift['items'][number][] =>
  (shift?.items ?? []).map((item) => ({
    ...item,
    checked: fields[item.subject] === 'true',
    note: item.subject === 'remarks' ? textOf(fields, 'remark') : item.note,
  }))
