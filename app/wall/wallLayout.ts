import type { TypeScale } from '@/app/ui/typeScale'
import type { Stretch, WallLayout as WallGrid } from '@/domain/wall/wallLayout'
import { stretches, within } from '@/domain/wall/wallLayout'

/** A rectangle of the wall, CSS px. */
export interface Area {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Past → now → next runs left to right: everything right of `nowLine` is what follows. */
export interface WallLayout {
  readonly band: Area | undefined
  readonly status: Area
  /** People over all incidents, while there are any. */
  readonly people: Area | undefined
  readonly now: Area
  readonly city: Area
  readonly nowLine: number
  /** One column on a 16:9 screen, two on a wide wall. */
  readonly right: readonly Area[]
  readonly ribbon: Area
}

/** Hours that the ribbon shows before and after now. */
export const RIBBON_HOURS = { past: 6, ahead: 3 } as const

interface Composition {
  readonly margin: number
  readonly now: readonly [number, number]
  readonly city: readonly [number, number]
  readonly nowLine: number
  readonly right: readonly (readonly [number, number])[]
}

// Shares of the width, from the drawn walls of 7680 and 3840 px.
const wide: Composition = {
  margin: 80 / 7680,
  now: [80 / 7680, 1370 / 7680],
  city: [1290 / 7680, 5130 / 7680],
  nowLine: 5092 / 7680,
  right: [
    [5185 / 7680, 6420 / 7680],
    [6510 / 7680, 7600 / 7680],
  ],
}
const standard: Composition = {
  margin: 40 / 3840,
  now: [40 / 3840, 900 / 3840],
  city: [860 / 3840, 2570 / 3840],
  nowLine: 2560 / 3840,
  right: [[2600 / 3840, 3800 / 3840]],
}

/** A surface to be laid out; px. */
export interface Surface {
  readonly width: number
  readonly height: number
  readonly type: TypeScale
  /** An exercise or a replay wears a band. */
  readonly banded: boolean
  /** Incidents are handled: people have a line of their own. */
  readonly peopled?: boolean
  /** Its tiles, where it has some: columns of text snap to them. */
  readonly grid?: WallGrid | undefined
}

/** Where everything stands on a surface. */
export function wallLayout({ width, height, type, banded, peopled = false, grid }: Surface): WallLayout {
  const { body } = type
  const free = grid === undefined ? undefined : stretches(grid.columns, grid.tileWidth, grid.bezelX)
  const shares = width / height >= 2.6 ? wide : standard
  const bandHeight = banded ? Math.round(body * 1.5) : 0
  const statusHeight = Math.round(body * 2.75)
  const ribbonHeight = Math.round(body * 6.6)
  const peopleHeight = peopled ? Math.round(body * 1.9) : 0
  const people = bandHeight + statusHeight
  const top = people + peopleHeight
  const bottom = height - ribbonHeight
  const columnTop = top + Math.round(body * 0.9)
  const span = ([from, to]: readonly [number, number], from_: number, to_: number): Area => ({
    left: Math.round(from * width),
    top: from_,
    width: Math.round((to - from) * width),
    height: to_ - from_,
  })
  const whole: readonly [number, number] = [shares.margin, 1 - shares.margin]
  return {
    band: banded ? span([0, 1], 0, bandHeight) : undefined,
    status: span(whole, bandHeight, people),
    people: peopled ? span(whole, people, top) : undefined,
    now: snapped(span(shares.now, columnTop, bottom), free),
    city: span(shares.city, top, bottom),
    nowLine: Math.round(shares.nowLine * width),
    right: shares.right.map((column) => snapped(span(column, columnTop, bottom - Math.round(body * 0.4)), free)),
    ribbon: span(whole, bottom, height),
  }
}

/** A column of text never crosses a bezel: it keeps to the stretch that holds most of it. */
function snapped(area: Area, free: readonly Stretch[] | undefined): Area {
  if (free === undefined) return area
  const { from, to } = within({ from: area.left, to: area.left + area.width }, free)
  return { ...area, left: from, width: to - from }
}
