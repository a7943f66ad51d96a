import type { RoadClass } from '@/domain/city/cityModel'

/** Carriageway and pavement of each class, metres; lanes both ways; legal limit, km/h. */
export const ROAD_FORM: Readonly<Record<RoadClass, { width: number; pavement: number; lanes: number; limit: number }>> =
  {
    motorway: { width: 30, pavement: 4, lanes: 6, limit: 100 },
    trunk: { width: 30, pavement: 6, lanes: 8, limit: 80 },
    primary: { width: 27, pavement: 6, lanes: 6, limit: 60 },
    secondary: { width: 20, pavement: 4.5, lanes: 4, limit: 50 },
    tertiary: { width: 13, pavement: 3.5, lanes: 2, limit: 40 },
    residential: { width: 8, pavement: 2.2, lanes: 2, limit: 30 },
    service: { width: 4.5, pavement: 1, lanes: 1, limit: 20 },
    track: { width: 4, pavement: 1, lanes: 1, limit: 30 },
    cycleway: { width: 3, pavement: 0, lanes: 1, limit: 15 },
    footway: { width: 3, pavement: 0.5, lanes: 1, limit: 5 },
    steps: { width: 3, pavement: 0, lanes: 1, limit: 5 },
  }
