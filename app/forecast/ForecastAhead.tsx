import { useTranslations } from 'use-intl'
import { clockOf } from '@/app/time/format'
import { useWall } from '@/app/wall/wallContext'
import { useForecastOnWall } from './forecastContext'

/** What the ribbon says of the time to come: which forecast covers it, and until when; else what it says without one. */
export function ForecastAhead({ without }: { readonly without: string }) {
  const product = useForecastOnWall()?.shown.product
  const { world, present } = useWall()
  const t = useTranslations('forecast')
  if (product === undefined || product.validTo < present) return without
  return t('ahead', { at: clockOf(product.issueTime, world.timeZone), until: clockOf(product.validTo, world.timeZone) })
}
