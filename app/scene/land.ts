import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import {
  BufferGeometry,
  DoubleSide,
  Float32BufferAttribute,
  Group,
  Mesh,
  MeshBasicMaterial,
  ShapeUtils,
  Vector2,
} from 'three'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import { GroundLines, GroundRank } from './groundLines'
import type { Metres2 } from './groundLines'
import type { GroundColors } from './groundColors'
import type { Place, SceneModule, SceneView } from './sceneModule'

/** Natural Earth land at 1:50 million is some kilometres coarse: above this zoom it would lie, and is not drawn. */
const HONEST_UP_TO = 9.5
/** Web mercator ends here. Degrees. */
const MERCATOR_LIMIT = 85

/** Land and coast without borders, for Worlds wider than a city. */
export class Land implements SceneModule {
  readonly name = 'land'
  readonly object = new Group()
  readonly #geometry = new BufferGeometry()
  readonly #material: MeshBasicMaterial
  readonly #coast: GroundLines

  constructor(topology: Topology, place: Place, colors: GroundColors) {
    const rings = landRings(topology, place)
    const { positions, index } = triangulated(rings)
    this.#geometry.setAttribute('position', new Float32BufferAttribute(positions, 3))
    this.#geometry.setIndex(index)
    this.#material = new MeshBasicMaterial({
      color: colors.land,
      side: DoubleSide,
      depthTest: false,
      depthWrite: false,
    })
    const mesh = new Mesh(this.#geometry, this.#material)
    mesh.frustumCulled = false
    mesh.renderOrder = GroundRank.land
    this.#coast = new GroundLines({ color: colors.coast, width: 1, rank: GroundRank.coast })
    this.#coast.set(rings.flatMap((polygon) => polygon))
    this.object.add(mesh, this.#coast.object)
  }

  frame(view: SceneView): boolean {
    this.object.visible = view.zoom < HONEST_UP_TO
    this.#coast.scale(view.pixelRatio)
    return false
  }

  dispose(): void {
    this.#geometry.dispose()
    this.#material.dispose()
    this.#coast.dispose()
  }
}

/** Rings of each polygon in metres, outer ring first. */
function landRings(topology: Topology, place: Place): Metres2[][][] {
  const land = topology.objects['land'] as GeometryCollection | undefined
  if (land === undefined) throw new Error('The land file holds no object named land.')
  const { features } = feature(topology, land) as FeatureCollection
  const local = ([longitude = 0, latitude = 0]: readonly number[]): Metres2 =>
    place(longitude, Math.max(-MERCATOR_LIMIT, Math.min(MERCATOR_LIMIT, latitude)))
  return features.flatMap(polygonsOf).map((rings) => rings.map((ring) => ring.slice(0, -1).map(local)))
}

function polygonsOf({ geometry }: Feature): number[][][][] {
  if (geometry.type === 'Polygon') return [(geometry satisfies Polygon).coordinates]
  return geometry.type === 'MultiPolygon' ? (geometry satisfies MultiPolygon).coordinates : []
}

function triangulated(polygons: readonly Metres2[][][]): { positions: number[]; index: number[] } {
  const positions: number[] = []
  const index: number[] = []
  for (const rings of polygons) {
    const [outer = [], ...holes] = rings.map((ring) => ring.map(([x, y]) => new Vector2(x, y)))
    const base = positions.length / 3
    for (const triangle of ShapeUtils.triangulateShape(outer, holes))
      for (const corner of triangle) index.push(base + corner)
    for (const { x, y } of [outer, ...holes].flat()) positions.push(x, y, 0)
  }
  return { positions, index }
}
