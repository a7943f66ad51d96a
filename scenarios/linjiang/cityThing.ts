import type { Names } from '@/domain/ids'
import type { Point } from './curve'
import { DISTRICT_PLANS } from './divisions/plan'
import { between, textKey } from './random'

export const THING_KINDS = [
  'riverGauge',
  'brookGauge',
  'reservoir',
  'rainGauge',
  'underpass',
  'pumpStation',
  'airStation',
  'roadLoop',
  'substation',
  'weatherStation',
  'drainWell',
  'noiseStation',
  'switchRoom',
  'metroStation',
  'gasPoint',
  'waterMain',
  'bridge',
  'slope',
  'hospital',
  'chemicalDetector',
] as const
export type ThingKind = (typeof THING_KINDS)[number]

/** A place of the city with instruments. `size` scales its truth: catchment, traffic or load against the usual 1. */
export interface CityThing {
  readonly key: string
  readonly kind: ThingKind
  readonly name: Names
  readonly at: Point
  readonly district: string
  readonly size: number
}

/** The places are one city, whatever the seed of its weather. */
export const PLACES = 20_260_718

export const names = (zh: string, en: string): Names => ({ 'zh-CN': zh, en })

export function thing(kind: ThingKind, key: string, name: Names, at: Point): CityThing {
  return { key, kind, name, at, district: districtNear(at).key, size: between(0.7, 1.35, PLACES, textKey(key)) }
}

/** The district whose office is nearest. */
export function districtNear([x, y]: Point): (typeof DISTRICT_PLANS)[number] {
  const metres = ({ at }: (typeof DISTRICT_PLANS)[number]): number => Math.hypot(at[0] - x, at[1] - y)
  return DISTRICT_PLANS.reduce((best, plan) => (metres(plan) < metres(best) ? plan : best))
}
