import { useLocale, useTranslations } from 'use-intl'
import { scaleBar } from '@/app/scene/scaleSteps'
import { formatLabel } from '@/app/ui/figure/formatNumber'

/** A scale bar of at most so many pixels: its length in words and in pixels. */
export function useScale(metresPerPixel: number, most: number): { readonly words: string; readonly pixels: number } {
  const t = useTranslations('wall')
  const locale = useLocale()
  const { metres, pixels } = scaleBar(metresPerPixel, most)
  const words =
    metres >= 1000
      ? t('scale.kilometres', { n: formatLabel(metres / 1000, locale) })
      : t('scale.metres', { n: formatLabel(metres, locale) })
  return { words, pixels }
}
