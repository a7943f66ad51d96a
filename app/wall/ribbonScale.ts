import { hours } from '@/domain/time'
import { RIBBON_HOURS } from './wallLayout'

const SPAN = hours(RIBBON_HOURS.past) + hours(RIBBON_HOURS.ahead)

/** Share of the ribbon's width at a World time; below 0 and above 1 lie outside. */
export const shareAt = (at: number, present: number): number => (at - present + hours(RIBBON_HOURS.past)) / SPAN

/** World time at a share of the ribbon's width. */
export const momentAt = (share: number, present: number): number => present - hours(RIBBON_HOURS.past) + share * SPAN

/** A share as a CSS length, held within the ribbon. */
export const percent = (share: number): string => `${(Math.min(1, Math.max(0, share)) * 100).toFixed(3)}%`
