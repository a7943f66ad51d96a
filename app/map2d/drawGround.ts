import type { Sketch, SketchFeature } from '@/domain/api/sketch'
import type { GroundColors } from '@/app/scene/groundColors'
import { roundBelow } from '@/app/scene/scaleSteps'
import type { FlatView } from './flatView'

type Pen = CanvasRenderingContext2D
type Ring = readonly (readonly number[])[]

/** What lies under the points: the plan of a city, or land for a World wider than one. Degrees. */
export interface FlatGround {
  readonly sketch: Sketch | undefined
  readonly land: readonly (readonly Ring[])[]
}

/** Streets are drawn from this scale on. Metres per CSS px. */
const STREETS_BELOW = 30
/** Land at 1:50 million is some kilometres coarse: above this zoom it would lie. */
const LAND_BELOW = 9.5
/** CSS px between two lines of the grid, at most. */
const CELL = 260

/** Draws ground in its greys, the same that the stage has: water, streets, roads, boundaries; land and a grid elsewhere. */
export function drawGround(pen: Pen, ground: FlatGround, view: FlatView, colors: GroundColors): void {
  pen.fillStyle = colors.background
  pen.fillRect(0, 0, view.width, view.height)
  const { sketch, land } = ground
  if (view.zoom < LAND_BELOW) drawLand(pen, land, view, colors)
  drawGrid(pen, view, colors)
  if (sketch !== undefined && sketch.features.length > 0) drawPlan(pen, sketch.features, view, colors)
}

function drawLand(pen: Pen, land: FlatGround['land'], view: FlatView, colors: GroundColors): void {
  pen.beginPath()
  for (const polygon of land) for (const ring of polygon) trace(pen, ring, view)
  pen.fillStyle = colors.land
  pen.fill('evenodd')
  stroke(pen, colors.coast, 1)
}

function drawPlan(pen: Pen, features: readonly SketchFeature[], view: FlatView, colors: GroundColors): void {
  const path = (kind: SketchFeature['properties']['class'], grade?: string): void => {
    pen.beginPath()
    for (const { properties, geometry } of features)
      if (properties.class === kind && (grade === undefined || properties.grade === grade))
        for (const line of linesOf(geometry)) trace(pen, line, view)
  }
  path('water')
  pen.fillStyle = colors.water
  pen.fill('evenodd')
  stroke(pen, colors.bank, 1.5)
  if (view.metresPerPixel < STREETS_BELOW) {
    path('street')
    stroke(pen, colors.street, 1.2)
  }
  path('road', 'arterial')
  stroke(pen, colors.road, 2.4)
  path('road', 'ring')
  stroke(pen, colors.arterial, 3.2)
  path('district')
  pen.setLineDash([26, 8, 3, 8])
  stroke(pen, colors.district, 1.2)
  pen.setLineDash([])
}

/** Round kilometres, so that an empty plain still says how large it is. */
function drawGrid(pen: Pen, view: FlatView, colors: GroundColors): void {
  const step = roundBelow(view.metresPerPixel * CELL) / view.metresPerPixel
  pen.beginPath()
  for (let x = (view.width / 2) % step; x < view.width; x += step) line(pen, [x, 0], [x, view.height])
  for (let y = (view.height / 2) % step; y < view.height; y += step) line(pen, [0, y], [view.width, y])
  stroke(pen, colors.grid, 1)
}

function trace(pen: Pen, ring: Ring, view: FlatView): void {
  ring.forEach(([longitude = 0, latitude = 0], i) => {
    const [x, y] = view.project([longitude, latitude])
    if (i === 0) pen.moveTo(x, y)
    else pen.lineTo(x, y)
  })
}

function line(pen: Pen, [x0, y0]: readonly [number, number], [x1, y1]: readonly [number, number]): void {
  pen.moveTo(x0, y0)
  pen.lineTo(x1, y1)
}

function stroke(pen: Pen, color: string, width: number): void {
  pen.strokeStyle = color
  pen.lineWidth = width
  pen.lineJoin = 'round'
  pen.stroke()
}

function linesOf(geometry: SketchFeature['geometry']): readonly Ring[] {
  switch (geometry.type) {
    case 'Point':
      return []
    case 'LineString':
      return [geometry.coordinates]
    case 'Polygon':
      return geometry.coordinates
  }
}
