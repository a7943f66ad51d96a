import { TilesRenderer } from '3d-tiles-renderer'
import type { Tile } from '3d-tiles-renderer/core'
import type { Object3D, ShaderMaterial } from 'three'
import { BufferAttribute, Group, Matrix4, Mesh, Sphere, Vector3 } from 'three'
import { eastNorthUp } from '@/domain/geodesy/webMercator'
import type { Place, SceneModule, SceneView } from '@/app/scene/sceneModule'
import type { CityTheme } from '../cityTheme'
import type { ShadeUniforms } from '../shade'
import { buildingMaterial } from './buildingMaterial'
import { degreesOf, toScene } from './placeTile'

export interface BuildingOptions {
  /** `tileset.json`, absolute on this host. */
  readonly url: string
  /** Degrees of the scene's origin. */
  readonly longitude: number
  readonly latitude: number
  /** Ellipsoid height that lies at the scene's zero, metres. */
  readonly base: number
  readonly place: Place
  readonly theme: CityTheme
  readonly shared: ShadeUniforms
  /** Foreign tiles keep their own pictures; those of a package are matte clay. */
  readonly keepMaterials: boolean
  /** Px that a tile may differ from the city before finer ones are asked for. */
  readonly errorPixels: number
  readonly size: () => { readonly width: number; readonly height: number }
  readonly onFault: (cause: unknown) => void
  readonly onChange: () => void
}

/** Megabytes of meshes kept. */
const [LEAST_MEGABYTES, MOST_MEGABYTES] = [192, 320]
/** Tiles that could not be had are asked for again after this long. */
const RETRY_MS = 5000
/** Nearer to the earth's middle than this is no place on it: a tileset without a transform of its own. Metres. */
const NOT_ON_EARTH = 1e6

/** Buildings, streamed as 3D Tiles; each tile is put at its own place of the scene, for one plane would not fit a city. */
export class BuildingTiles implements SceneModule {
  readonly name = 'buildings'
  readonly object = new Group()
  readonly #tiles: TilesRenderer
  readonly #options: BuildingOptions
  readonly #material: ShaderMaterial
  readonly #home: Matrix4
  #changed = true
  #retry: ReturnType<typeof setTimeout> | undefined
  #camera: SceneView['camera'] | undefined

  constructor(options: BuildingOptions) {
    this.#options = options
    this.#material = buildingMaterial(options.shared, options.theme)
    const { longitude, latitude, base, onFault, onChange } = options
    this.#home = new Matrix4().fromArray(eastNorthUp(longitude, latitude, base)).invert()
    this.#tiles = new TilesRenderer(options.url)
    this.#tiles.errorTarget = options.errorPixels
    this.#tiles.displayActiveTiles = true // what stands behind the camera still throws its shadow into the picture
    this.#tiles.lruCache.minBytesSize = LEAST_MEGABYTES * 1e6
    this.#tiles.lruCache.maxBytesSize = MOST_MEGABYTES * 1e6
    const { group } = this.#tiles
    group.matrixAutoUpdate = false
    group.matrix.copy(this.#home)
    group.updateMatrixWorld(true)
    this.object.add(group)
    this.#tiles.addEventListener('load-model', ({ scene, tile }) => this.#furnish(scene, tile))
    this.#tiles.addEventListener('tile-visibility-change', () => {
      this.#changed = true
    })
    this.#tiles.addEventListener('needs-update', onChange)
    this.#tiles.addEventListener('tiles-load-end', onChange)
    this.#tiles.addEventListener('load-error', ({ error }) => {
      onFault(error)
      this.#retry ??= setTimeout(() => {
        this.#retry = undefined
        this.#tiles.resetFailedTiles()
        onChange()
      }, RETRY_MS)
    })
  }

  /** Nothing more is on its way for what the camera shows. */
  get settled(): boolean {
    return this.#tiles.loadProgress === 1
  }

  /** At least one tile is shown. */
  get stands(): boolean {
    return this.#tiles.visibleTiles.size > 0
  }

  frame({ camera }: SceneView): boolean {
    if (this.#camera !== camera) {
      if (this.#camera !== undefined) this.#tiles.deleteCamera(this.#camera)
      this.#tiles.setCamera(camera)
      this.#camera = camera
    }
    const { width, height } = this.#options.size()
    this.#tiles.setResolution(camera, width, height)
    this.#tiles.update()
    const changed = this.#changed
    this.#changed = false
    return changed
  }

  dispose(): void {
    clearTimeout(this.#retry)
    this.#tiles.dispose()
    this.#material.dispose()
  }

  #furnish(scene: Object3D, tile: Tile): void {
    const origin = new Vector3().setFromMatrixPosition(scene.matrix)
    if (origin.length() < NOT_ON_EARTH) {
      const sphere = new Sphere()
      if (this.#tiles.getBoundingSphere(sphere)) origin.copy(sphere.center)
    }
    const placed = this.#home.clone().invert()
    placed.multiply(toScene(origin, this.#options.place, this.#options.base)).multiply(scene.matrix)
    scene.matrixAutoUpdate = false
    scene.matrix.copy(placed)
    scene.updateMatrixWorld(true)
    if (!this.#options.keepMaterials) this.#clay(scene, tile)
    this.#changed = true
    this.#options.onChange()
  }

  #clay(scene: Object3D, tile: Tile): void {
    const [longitude, latitude] = degreesOf(new Vector3().setFromMatrixPosition(scene.matrix))
    const seed = Math.round((longitude + latitude) * 1e5) + tile.internal.depth
    scene.traverse((object) => {
      if (!(object instanceof Mesh)) return
      const mesh = object as Mesh
      mesh.geometry.setAttribute('tint', tints(mesh, seed))
      mesh.material = this.#material
    })
  }
}

/** A grey for each building, so that neighbours stand apart. */
function tints(mesh: Mesh, seed: number): BufferAttribute {
  const features = mesh.geometry.getAttribute('_feature_id_0') as BufferAttribute | undefined
  const count = mesh.geometry.getAttribute('position').count
  const bytes = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    const feature = features?.getX(i) ?? 0
    bytes[i] = Math.imul(feature + seed, 0x9e3779b1) >>> 24
  }
  return new BufferAttribute(bytes, 1, true)
}
