import type { IconName } from '@/app/layers/iconAtlas'
import { iconAtlas } from '@/app/layers/iconAtlas'
import { theme } from '@/app/layers/layerTheme'
import type { LayerTheme, Rgba } from '@/app/layers/layerTheme'
import type { Mover } from '@/app/layers/moverLayers'
import type { Ring } from '@/app/layers/ringLayers'
import type { Selected } from '@/app/layers/selectionLayer'
import type { SensorPoint } from '@/app/layers/sensorLayer'
import type { Degrees, FlatView } from './flatView'

type Pen = CanvasRenderingContext2D

/** What stands on the ground; the layers of the stage draw the same. */
export interface MapPoints {
  readonly sensors: readonly SensorPoint[]
  readonly movers: readonly Mover[]
  readonly rings: readonly Ring[]
  readonly reports: readonly Ring[]
  readonly selected: readonly Selected[]
}

/** CSS px of an icon's cell at a type size of 16 px, as in the layers. */
const SENSOR_CELL = 16
const MOVER_CELL = 20

/** Draws points over the ground with the symbols of the layers. `scale` enlarges them with the type of the wall. */
export function drawPoints(
  pen: Pen,
  points: MapPoints,
  view: FlatView,
  look: { theme: LayerTheme; scale: number },
): void {
  const { scale } = look
  const inks = theme[look.theme]
  for (const ring of points.reports)
    circle(pen, view, ring, { width: 1.5 * scale, least: 3 * scale, color: css(inks.line) })
  const atlas = iconAtlas(look.theme)
  const icon = (name: IconName, [x, y]: readonly [number, number], cell: number, turn: number): void => {
    const from = atlas.mapping[name]
    if (from === undefined) return
    pen.save()
    pen.translate(x, y)
    pen.rotate(turn)
    pen.drawImage(atlas.image, from.x, from.y, from.width, from.height, -cell / 2, -cell / 2, cell, cell)
    pen.restore()
  }
  for (const { state, position } of points.sensors) icon(state, view.project(position), SENSOR_CELL * scale, 0)
  pen.lineWidth = 2 * scale
  pen.strokeStyle = css(inks.faint)
  pen.beginPath()
  for (const { trail } of points.movers) tracePath(pen, trail, view)
  pen.stroke()
  for (const { position, heading } of points.movers) {
    const headed = !Number.isNaN(heading)
    const turn = headed ? (heading * Math.PI) / 180 : 0
    icon(headed ? 'mover' : 'moverUnheaded', view.project(position), MOVER_CELL * scale, turn)
  }
  for (const ring of points.rings) {
    const color = css(inks.urgency[ring.urgency] ?? inks.line)
    circle(pen, view, ring, { width: 2.5 * scale, least: 7 * scale, color })
  }
  for (const { position, firm } of points.selected) {
    const [x, y] = view.project(position)
    outline(pen, [x, y, 13 * scale], (firm ? 2 : 1) * scale, css(inks.line))
  }
}

function circle(
  pen: Pen,
  view: FlatView,
  ring: Ring,
  look: { readonly width: number; readonly least: number; readonly color: string },
): void {
  const [x, y] = view.project(ring.position)
  const stretch = Math.cos((view.unproject(view.width / 2, view.height / 2)[1] * Math.PI) / 180)
  const own = Math.cos((ring.position[1] * Math.PI) / 180)
  const radius = (ring.radius / view.metresPerPixel) * (stretch / Math.max(0.05, own))
  outline(pen, [x, y, Math.max(look.least, radius)], look.width, look.color)
}

function outline(pen: Pen, [x, y, radius]: readonly [number, number, number], width: number, color: string): void {
  pen.beginPath()
  pen.arc(x, y, radius, 0, 2 * Math.PI)
  pen.lineWidth = width
  pen.strokeStyle = color
  pen.stroke()
}

function tracePath(pen: Pen, path: readonly Degrees[], view: FlatView): void {
  path.forEach((place, i) => {
    const [x, y] = view.project(place)
    if (i === 0) pen.moveTo(x, y)
    else pen.lineTo(x, y)
  })
}

const css = ([red, green, blue, alpha]: Rgba): string => `rgb(${red} ${green} ${blue} / ${alpha / 255})`
