import { Group } from 'three'
import type { GroundColors } from './groundColors'
import type { Metres2 } from './groundLines'
import { GroundLines, GroundRank } from './groundLines'
import { roundBelow } from './scaleSteps'
import type { Place, SceneModule, SceneView } from './sceneModule'

/** CSS px between two lines, at most. */
const CELL = 260
/** Below this zoom a grid of kilometres means nothing: degrees are drawn instead. */
const DEGREES_BELOW = 8
const REACH = 40

/** A quiet grid that says how large things are: round kilometres for a city, degrees for a continent. */
export class ScaleGrid implements SceneModule {
  readonly name = 'scale grid'
  readonly object = new Group()
  readonly #lines: GroundLines
  readonly #place: Place
  #drawn = ''

  constructor(place: Place, colors: GroundColors) {
    this.#place = place
    this.#lines = new GroundLines({ color: colors.grid, width: 1, rank: GroundRank.grid })
    this.object.add(this.#lines.object)
  }

  frame(view: SceneView): boolean {
    this.#lines.scale(view.pixelRatio)
    const step = view.zoom < DEGREES_BELOW ? degreesStep(view) : roundBelow(view.metresPerPixel * CELL)
    const [x, y] = this.#place(view.longitude, view.latitude)
    const cell = `${view.zoom < DEGREES_BELOW} ${step} ${Math.round(x / step / 8)} ${Math.round(y / step / 8)}`
    if (cell === this.#drawn) return false
    this.#drawn = cell
    this.#lines.set(view.zoom < DEGREES_BELOW ? this.#degrees(step) : kilometres(step, [x, y]))
    return true
  }

  dispose(): void {
    this.#lines.dispose()
  }

  #degrees(step: number): Metres2[][] {
    const lines: Metres2[][] = []
    for (let longitude = -180; longitude <= 180; longitude += step)
      lines.push([this.#place(longitude, -80), this.#place(longitude, 80)])
    for (let latitude = -80; latitude <= 80; latitude += step)
      lines.push([this.#place(-180, latitude), this.#place(180, latitude)])
    return lines
  }
}

const DEGREE_STEPS = [1, 2, 5, 10, 20, 40] as const
const METRES_PER_DEGREE = 111_320

function degreesStep(view: SceneView): number {
  const wanted = (view.metresPerPixel * CELL) / (METRES_PER_DEGREE * Math.cos((view.latitude * Math.PI) / 180))
  return DEGREE_STEPS.findLast((step) => step <= wanted) ?? DEGREE_STEPS[0]
}

function kilometres(step: number, centre: Metres2): Metres2[][] {
  const [x0, y0] = [Math.round(centre[0] / step) * step, Math.round(centre[1] / step) * step]
  const [reach, lines]: [number, Metres2[][]] = [REACH * step, []]
  for (let i = -REACH; i <= REACH; i++) {
    lines.push([
      [x0 + i * step, y0 - reach],
      [x0 + i * step, y0 + reach],
    ])
    lines.push([
      [x0 - reach, y0 + i * step],
      [x0 + reach, y0 + i * step],
    ])
  }
  return lines
}
