import { useTranslations } from 'use-intl'
import { WarningColour } from '@/domain/api/warnings'
import type { DeskAct } from './act'
import type { DeskApi } from './deskApi'
import { textOf } from './fields'

/** A warning that somebody was told of, entered in twenty seconds: it drives triggers as a received one does. */
export function useWarningAct(api: DeskApi): DeskAct {
  const t = useTranslations('desk')
  const colours = WarningColour.options.map((value) => ({ value, label: t(`colour.${value}`) }))
  const text = (name: 'event' | 'area' | 'issuer') => ({
    ...{ name, label: t(`field.${name}`), required: true, maxLength: 200 },
    kind: 'text' as const,
  })
  return {
    key: 'warning.enter now',
    title: t('key.warning'),
    about: '',
    words: [t('key.warning'), 'enter warning', 'lryj'],
    consequence: t('consequence.warning'),
    authority: t('authority.own'),
    fields: [
      text('event'),
      { name: 'colour', label: t('field.colour'), kind: 'select', options: colours },
      text('area'),
      text('issuer'),
    ],
    initial: { event: t('usualEvent'), colour: 'red', issuer: t('usualIssuer') },
    personal: [],
    submit: (fields) =>
      api.enterWarning({
        event: textOf(fields, 'event'),
        colour: WarningColour.catch('red').parse(fields['colour']),
        area: textOf(fields, 'area'),
        issuer: textOf(fields, 'issuer'),
      }),
  }
}
