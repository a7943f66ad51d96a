import type { Datastream } from '@/domain/catalogue'
import type { Measured } from '@/domain/measured'
import type { LabelWish, Side } from '@/app/labels/solveLabels'
import { emWidth } from '@/app/ui/emWidth'
import type { OpenAlarm } from '@/app/situation/occurrences'

/** What wants to be written on the map, before it has a place. Degrees. */
export interface MapLabel {
  readonly key: string
  readonly kind: 'alarm' | 'sensor' | 'district' | 'road' | 'water'
  readonly position: readonly [number, number]
  readonly rank: number
  readonly text: string
  readonly stream: Datastream | undefined
  readonly alarm: OpenAlarm | undefined
  /** A figure that is no reading: the size of an occurrence, the speed of a mover. */
  readonly figure?: { readonly of: Measured; readonly decimals: number }
  /** How many characters the figure beside the text will need. */
  readonly figureLength: number
}

/** A label whose ground point is in the picture. CSS px. */
export interface SeenLabel extends MapLabel {
  readonly x: number
  readonly y: number
}

export interface PlacedMapLabel extends SeenLabel {
  readonly side: Side
  readonly left: number
  readonly top: number
}

/** Ranks: what is urgent, then names that orient, then plates of gauges with limits, then the other gauges. */
export const LABEL_RANK = {
  alarm: 0,
  water: 10,
  district: 11,
  limited: 20,
  occurrence: 25,
  road: 30,
  plain: 40,
} as const

/** Height of a plate and of the pin of an alarm, in em. */
export const PLATE_EM = 1.55
export const PIN_EM = 3.2

/** The place that a label asks for; CSS px for a type size of `em`. */
export function wishOf(label: MapLabel, x: number, y: number, em: number): LabelWish {
  const spaced = label.kind === 'sensor' || label.kind === 'alarm' ? 0 : 0.34 * Array.from(label.text).length
  const width = (emWidth(label.text) + spaced + label.figureLength * 0.62 + (label.figureLength > 0 ? 2.4 : 0.7)) * em
  const height = PLATE_EM * em
  const plain = label.kind !== 'alarm' && label.kind !== 'sensor'
  // A name lies centred over its own place; a pin's plate stands beside its glyph, above the ground point.
  if (plain) return { key: label.key, x: x - width / 2, y, width, height, rank: label.rank, gap: 0 }
  if (label.kind === 'alarm')
    return { key: label.key, x, y: y - PIN_EM * em, width, height, rank: label.rank, gap: 1.25 * em }
  return { key: label.key, x, y, width, height, rank: label.rank, gap: 0.62 * em }
}
