import { barnes, cressman, inverseDistance } from './weights'
import { krige } from './kriging'
import { naturalNeighbour } from './naturalNeighbour'
import { fitVariogram } from './variogram'

/** Gauges to any place: weights by distance, Sibson's neighbours, ordinary kriging (docs/models/interpolation.md). */
export const interpolation = { inverseDistance, cressman, barnes, naturalNeighbour, krige, fitVariogram } as const
