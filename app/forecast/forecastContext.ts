import { createContext, useContext } from 'react'
import type { ForecastList } from '@/domain/api/forecasts'
import type { FloodResult } from '@/domain/flood/forecast'
import type { FloodPicture } from '@/app/layers/floodLayer'
import type { ShownForecast } from './shownForecast'

/** What the parts of a wall know of the forecast: the runs, the product, and the moment of it that is shown. */
export interface ForecastOnWall {
  readonly list: ForecastList
  readonly shown: ShownForecast
  /** Of the newest product; underpasses come from it. */
  readonly result: FloodResult | undefined
  /** Of the product with a map. */
  readonly mapResult: FloodResult | undefined
  /** Index of the frame that is shown, and whether a hand chose it. */
  readonly frame: number
  readonly held: boolean
  /** Frames that are here already. */
  readonly loaded: number
  readonly seek: (frame: number | undefined) => void
  /** A run is under way, or a product's time is not over for long. */
  readonly speaks: boolean
  readonly picture: FloodPicture | undefined
}

export const ForecastContext = createContext<ForecastOnWall | undefined>(undefined)

/** Undefined in a World without forecasts, and while one looks back. */
export const useForecastOnWall = (): ForecastOnWall | undefined => useContext(ForecastContext)
