import { useLocale, useTranslations } from 'use-intl'
import { departmentOf } from '@/domain/access/departments'
import type { Incident, PeopleKind } from '@/domain/incident/incident'
import { incidentType } from '@/domain/incident/incidentTypes'
import type { Measured } from '@/domain/measured'
import { useNames } from '@/app/messages/locale'
import { formatLabel } from '@/app/ui/figure/formatNumber'

/** People first: the gravest figure of an Incident. */
const GRAVEST: readonly PeopleKind[] = ['trapped', 'missing', 'dead', 'injured', 'evacuated', 'affected', 'sheltered']

export const leadingFigure = ({ people }: Incident): PeopleKind | undefined =>
  GRAVEST.find((kind) => (people[kind]?.value ?? 0) > 0)

/** A figure of people as somebody told it: reported, with its time; `unit` is the word for people. */
export function measurePeople(incident: Incident, kind: PeopleKind, unit: string): Measured {
  const figure = incident.people[kind]
  if (figure === undefined) return { kind: 'absent', reason: 'noData', unit }
  return {
    kind: 'value',
    value: figure.value,
    unit,
    provenance: 'reported',
    asOf: figure.at,
    quality: 0,
    source: { kind: 'event', id: incident.id },
  }
}

/** Names of departments and types, the stated level in words. */
export function useIncidentWords() {
  const names = useNames()
  const locale = useLocale()
  const t = useTranslations('incident')
  const department = (code: string, short = false): string => {
    const found = departmentOf(code)
    return found === undefined ? code : names(short ? found.short : found.name)
  }
  return {
    department,
    type: (code: string): string => {
      const found = incidentType(code)
      return found === undefined ? code : names(found.name)
    },
    /** Who told a figure: a post or department in words, the call itself by its own word. */
    source: (source: string): string => (source === 'call' ? t('source.call') : source),
    number: (value: number): string => formatLabel(value, locale),
    /** 「初判 较大（险情 120 人）」: a level never stands without criterion and value. */
    level: ({ level }: Incident): string | undefined =>
      level === undefined
        ? undefined
        : t('level.stated', {
            basis: level.basis,
            level: t(`level.${level.value}`),
            criterion: t(`criterion.${level.criterion}`),
            value: formatLabel(level.number, locale),
          }),
  }
}
