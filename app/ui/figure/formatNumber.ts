import type { Locale } from '@/domain/ids'

/** The only place that turns numbers into text for a screen: half-width digits, thousands commas, a true minus. */
export function formatNumber(value: number, decimals: number, locale: Locale): string {
  const text = new Intl.NumberFormat(locale, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    useGrouping: true,
    numberingSystem: 'latn',
    signDisplay: 'negative', // −0.04 with one decimal is 0.0, not −0.0
  }).format(value)
  return text.replace('-', '−')
}

/** Figures of a label or axis without padding zeros: 0.5, 12, 1,500. */
export const formatLabel = (value: number, locale: Locale): string =>
  formatNumber(value, Math.abs(value) >= 10 || Number.isInteger(value) ? 0 : Math.abs(value) >= 1 ? 1 : 2, locale)
