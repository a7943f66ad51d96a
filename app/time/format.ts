import { useLocale, useTranslations } from 'use-intl'
import type { Locale } from '@/domain/ids'

const formats = new Map<string, Intl.DateTimeFormat>()

function format(
  kind: string,
  locale: Locale,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${kind} ${locale} ${timeZone}`
  const held = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone, hourCycle: 'h23' })
  formats.set(key, held)
  return held
}

const TWO = '2-digit'

/** 17:42:08 in the zone of the World. */
export const clockWithSeconds = (at: number, timeZone: string): string =>
  format('hms', 'en', timeZone, { hour: TWO, minute: TWO, second: TWO }).format(at)

/** 17:42 in the zone of the World. */
export const clockOf = (at: number, timeZone: string): string =>
  format('hm', 'en', timeZone, { hour: TWO, minute: TWO }).format(at)

/** 7月18日 周六; Sat 18 July. */
export const dayOf = (at: number, timeZone: string, locale: Locale): string =>
  format('day', locale, timeZone, {
    month: locale === 'en' ? 'short' : 'long',
    day: 'numeric',
    weekday: 'short',
  }).format(at)

/** 2016-07-20 17:42:08: for evidence, where the year matters. */
export const stampOf = (at: number, timeZone: string): string =>
  format('stamp', 'en', timeZone, {
    year: 'numeric',
    month: TWO,
    day: TWO,
    hour: TWO,
    minute: TWO,
    second: TWO,
  })
    .formatToParts(at)
    .filter((part) => part.type !== 'literal')
    .reduce((text, part) => text + (SEPARATOR[part.type] ?? '') + part.value, '')
    .replace(/^(..)-(..)-(....)/, '$3-$1-$2')

const SEPARATOR: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {
  day: '-',
  year: '-',
  hour: ' ',
  minute: ':',
  second: ':',
}

/** Whole parts of a span, largest first and at most two: 3 天 4 小时, 1 小时 22 分, 23 分, 12 秒. */
export function spanParts(
  ms: number,
): readonly { readonly unit: 'days' | 'hours' | 'minutes' | 'seconds'; readonly n: number }[] {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  const days = Math.floor(hours / 24)
  if (days > 0) return withRest({ unit: 'days', n: days }, { unit: 'hours', n: hours % 24 })
  if (hours > 0) return withRest({ unit: 'hours', n: hours }, { unit: 'minutes', n: minutes % 60 })
  return minutes > 0 ? [{ unit: 'minutes', n: minutes }] : [{ unit: 'seconds', n: seconds }]
}

type Part = ReturnType<typeof spanParts>[number]
const withRest = (whole: Part, rest: Part): Part[] => (rest.n === 0 ? [whole] : [whole, rest])

/** A span of time in words of this surface. Milliseconds in. */
export function useSpan(): (ms: number) => string {
  const t = useTranslations('span')
  return (ms) =>
    spanParts(ms)
      .map((part) => t(part.unit, { n: part.n }))
      .join(' ')
}

/** Date and clock in the language of this surface and a stated zone. */
export function useDay(): (at: number, timeZone: string) => string {
  const locale = useLocale()
  return (at, timeZone) => dayOf(at, timeZone, locale)
}
