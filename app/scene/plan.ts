import { DoubleSide, Group, Mesh, MeshBasicMaterial, Shape, ShapeGeometry, Vector2 } from 'three'
import type { Sketch, SketchFeature } from '@/domain/api/sketch'
import { dashed } from './dashes'
import type { GroundColors } from './groundColors'
import type { Metres2 } from './groundLines'
import { GroundLines, GroundRank } from './groundLines'
import type { Place, SceneModule, SceneView } from './sceneModule'
import { WATERLINES, waterline } from './waterlines'

/** CSS px of the strokes and gaps of a district boundary: dash, dot. */
const DASH_DOT = [26, 8, 3, 8] as const
/** Streets are drawn from this scale on; above it they would be a grey felt. Metres per CSS px. */
const STREETS_BELOW = 30

/** The plan of a city: still water with engraved banks, streets, roads, dash-dot district boundaries. */
export class Plan implements SceneModule {
  readonly name = 'plan'
  readonly object = new Group()
  readonly #lines: GroundLines[] = []
  readonly #meshes: { geometry: ShapeGeometry; material: MeshBasicMaterial }[] = []
  readonly #streets: GroundLines
  readonly #districts: GroundLines
  readonly #boundaries: readonly Metres2[][]
  #dashedFor = 0

  constructor(sketch: Sketch, place: Place, colors: GroundColors) {
    const local = ([longitude = 0, latitude = 0]: readonly number[]): Metres2 => place(longitude, latitude)
    const of = (kind: SketchFeature['properties']['class'], grade?: string) =>
      sketch.features
        .filter(({ properties }) => properties.class === kind && (grade === undefined || properties.grade === grade))
        .flatMap(({ geometry }) => linesOf(geometry))
        .map((line) => line.map(local))
    const water = of('water')
    for (const ring of water) this.#addWater(ring, colors)
    this.#addBanks(water, colors)
    this.#streets = this.#add({ color: colors.street, width: 1.2, rank: GroundRank.street }, of('street'))
    this.#add({ color: colors.road, width: 2.4, rank: GroundRank.road }, of('road', 'arterial'))
    this.#add({ color: colors.arterial, width: 3.2, rank: GroundRank.road }, of('road', 'ring'))
    this.#districts = this.#add({ color: colors.district, width: 1.2, opacity: 0.7, rank: GroundRank.district }, [])
    this.#boundaries = of('district')
  }

  frame(view: SceneView): boolean {
    for (const lines of this.#lines) lines.scale(view.pixelRatio)
    this.#streets.object.visible = view.metresPerPixel < STREETS_BELOW
    // A pattern in px changes with the scale; cut anew only when it would look wrong.
    if (Math.abs(Math.log2(view.metresPerPixel / this.#dashedFor)) < 0.2) return false
    this.#dashedFor = view.metresPerPixel
    const pattern = DASH_DOT.map((length) => length * view.metresPerPixel)
    this.#districts.set(this.#boundaries.flatMap((line) => dashed(line, pattern)))
    return true
  }

  dispose(): void {
    for (const lines of this.#lines) lines.dispose()
    for (const { geometry, material } of this.#meshes) {
      geometry.dispose()
      material.dispose()
    }
  }

  #add(style: ConstructorParameters<typeof GroundLines>[0], lines: readonly Metres2[][]): GroundLines {
    const made = new GroundLines(style)
    made.set(lines)
    this.#lines.push(made)
    this.object.add(made.object)
    return made
  }

  #addWater(ring: readonly Metres2[], colors: GroundColors): void {
    const geometry = new ShapeGeometry(new Shape(ring.map(([x, y]) => new Vector2(x, y))))
    const material = new MeshBasicMaterial({
      color: colors.water,
      side: DoubleSide,
      depthTest: false,
      depthWrite: false,
    })
    const mesh = new Mesh(geometry, material)
    mesh.renderOrder = GroundRank.water
    mesh.frustumCulled = false
    this.#meshes.push({ geometry, material })
    this.object.add(mesh)
  }

  #addBanks(rings: readonly Metres2[][], colors: GroundColors): void {
    this.#add({ color: colors.bank, width: 1.4, rank: GroundRank.bank }, rings)
    WATERLINES.forEach((distance, i) => {
      const style = { color: colors.bank, width: 1, opacity: 0.75 - i * 0.17, rank: GroundRank.bank }
      this.#add(
        style,
        rings.flatMap((ring) => waterline(ring, distance)),
      )
    })
  }
}

function linesOf(geometry: SketchFeature['geometry']): readonly (readonly (readonly number[])[])[] {
  switch (geometry.type) {
    case 'Point':
      return []
    case 'LineString':
      return [geometry.coordinates]
    case 'Polygon':
      return geometry.coordinates
  }
}
