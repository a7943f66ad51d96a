import type { Urgency } from '@/app/ui/Glyph'

/** An incident on the map. Degrees. */
export interface MapPin {
  readonly key: string
  readonly position: readonly [number, number]
  readonly urgency: Urgency
  /** The short number by which people cite it. */
  readonly label: string
  readonly text: string
  readonly selected: boolean
}
