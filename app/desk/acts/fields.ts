import { useTranslations } from 'use-intl'
import type { SpokenBy } from '@/domain/access/actedBy'
import { SpokenChannel } from '@/domain/access/actedBy'
import type { EpochMillis } from '@/domain/time'
import type { DraftFields } from '../draft/drafts'
import type { ActField } from './act'

/** Text of a field, trimmed; empty when nothing was typed. */
export const textOf = (fields: DraftFields, name: string): string => (fields[name] ?? '').trim()

/** The same, or undefined when nothing was typed. */
export const optional = (fields: DraftFields, name: string): string | undefined => textOf(fields, name) || undefined

/** A number, or undefined where none was typed. */
export function numberOf(fields: DraftFields, name: string): number | undefined {
  const text = textOf(fields, name)
  const value = Number(text)
  return text === '' || Number.isNaN(value) ? undefined : value
}

/** Leaves out what is undefined: an exact optional property must not be there at all. */
export function only<Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]: Exclude<Fields[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]: Exclude<Fields[Name], undefined>
  }
}

const PERSONAL_OF_BEHALF = ['behalfWho'] as const

/** For whom an act is entered: leaders telephone. Left empty the caller acts himself. */
export function useBehalfFields(): { readonly fields: readonly ActField[]; readonly personal: readonly string[] } {
  const t = useTranslations('desk.behalf')
  const channels = SpokenChannel.options.map((value) => ({ value, label: t(`channel.${value}`) }))
  const posts = (['leader', 'commander', 'chief', 'departmentDuty', 'scene'] as const).map((post) => ({
    value: t(`post.${post}`),
    label: t(`post.${post}`),
  }))
  return {
    fields: [
      { name: 'behalfPost', label: t('for'), kind: 'text', maxLength: 60, options: posts },
      { name: 'behalfChannel', label: t('by'), kind: 'select', options: channels },
      { name: 'behalfWho', label: t('who'), kind: 'text', maxLength: 60 },
    ],
    personal: PERSONAL_OF_BEHALF,
  }
}

/** `onBehalf` of a request, or undefined where no post was named. */
export function behalfOf(fields: DraftFields, now: EpochMillis): SpokenBy | undefined {
  const post = optional(fields, 'behalfPost')
  if (post === undefined) return undefined
  const channel = SpokenChannel.catch('phone').parse(fields['behalfChannel'])
  return only({ post, channel, saidAt: now, who: optional(fields, 'behalfWho') })
}
