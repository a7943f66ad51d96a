import type { ReactNode } from 'react'
import { ForecastPanel } from './ForecastPanel'
import { useForecastOnWall } from './forecastContext'

/** The forecast takes the column as long as one of its runs speaks of now; before and after it is the usual panel's. */
export function ForecastOr({ children }: { readonly children: ReactNode }) {
  const forecast = useForecastOnWall()
  return forecast?.speaks === true ? <ForecastPanel /> : children
}
