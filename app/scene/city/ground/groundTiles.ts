import type { Camera, ShaderMaterial, Texture } from 'three'
import { Box3, Group, Mesh, Vector3, Vector4 } from 'three'
import type { Bounds, TileAddress } from '@/domain/geodesy/webMercator'
import { tilesWithin } from '@/domain/geodesy/webMercator'
import type { Place, SceneModule, SceneView } from '@/app/scene/sceneModule'
import type { CityTheme } from '../cityTheme'
import type { LocalSquare } from '../mercatorTile'
import { machineNow } from '@/app/time/machineClock'
import { ancestorOf, squareOf, tileName, windowIn } from '../mercatorTile'
import type { ShadeUniforms } from '../shade'
import { setFog } from '../shade'
import { chooseTiles } from '../tileTree'
import type { GroundAnswer, GroundName } from './groundAnswer'
import { PICTURE_SIZE, SHORE_SIZE, SHORE_ZOOM } from './groundAnswer'
import type { GroundLoader } from './groundLoader'
import { groundMaterial, setShore } from './groundMaterial'
import { groundMesh } from './groundMesh'
import { coverageTexture, pictureTexture } from './groundTextures'
import { heightIn, holds } from './tileHeights'

export interface GroundOptions {
  readonly bounds: Bounds
  readonly minZoom: number
  /** A tile is split while it is larger than this. Physical px. */
  readonly target: number
  /** Lowest and highest ground, and the height that lies at zero of the scene; orthometric metres. */
  readonly lowest: number
  readonly highest: number
  readonly base: number
  readonly place: Place
  readonly loader: GroundLoader
  readonly theme: CityTheme
  readonly shared: ShadeUniforms
  readonly onFault: (cause: unknown) => void
  /** Something came and wants a picture. */
  readonly onChange: () => void
}

interface Tile {
  readonly address: TileAddress
  readonly square: LocalSquare
  readonly mesh: Mesh<ReturnType<typeof groundMesh>, ShaderMaterial>
  readonly heights: Float32Array
  readonly textures: readonly Texture[]
  readonly names: readonly GroundName[]
  seen: number
}

const MAX_ZOOM = 17
/** Tiles kept on the graphics card, about 1.8 MB each. */
const KEPT = 160
const IN_FLIGHT = 4
/** A tile that could not be had is asked for again after this long: the server may only have been starting. */
const RETRY_MS = 5000

/** Ground of a city: heights, land cover, streets and water, streamed by tile as the camera asks. */
export class GroundTiles implements SceneModule {
  readonly name = 'ground'
  readonly object = new Group()
  readonly #options: GroundOptions
  readonly #roots: readonly TileAddress[]
  readonly #tiles = new Map<string, Tile>()
  readonly #shores = new Map<string, Promise<Texture>>()
  readonly #loading = new Set<string>()
  /** Tiles that could not be had, and when each is asked for again. Machine time, ms. */
  readonly #refused = new Map<string, number>()
  readonly #edges: Vector4
  readonly #timers = new Set<ReturnType<typeof setTimeout>>()
  #drawn = ''
  #frame = 0
  #disposed = false

  constructor(options: GroundOptions) {
    this.#options = options
    this.#roots = tilesWithin(options.bounds, options.minZoom)
    const [west, south, east, north] = options.bounds
    this.#edges = new Vector4(...options.place(west, south), ...options.place(east, north))
  }

  /** Nothing more is on its way for what the camera shows. */
  get settled(): boolean {
    return this.#drawn !== '' && this.#loading.size === 0
  }

  frame(view: SceneView): boolean {
    this.#frame += 1
    setFog(this.#options.shared, (view.focal / view.pixelRatio) * view.metresPerPixel)
    const { draw, want, hold } = chooseTiles(this.#roots, this.#treeView(view), {
      target: this.#options.target,
      maxZoom: MAX_ZOOM,
      ready: (name) => this.#tiles.has(name),
    })
    for (const tile of want.slice(0, IN_FLIGHT)) this.#load(tile)
    const names = draw.map(tileName)
    for (const tile of hold) this.#tiles.get(tileName(tile))!.seen = this.#frame
    const drawn = names.join(' ')
    if (drawn === this.#drawn) return false
    this.#drawn = drawn
    const shown = new Set(names)
    for (const [name, { mesh }] of this.#tiles) mesh.visible = shown.has(name)
    this.#forget()
    return true
  }

  /** What is written on the ground that is drawn. */
  names(): GroundName[] {
    return [...this.#tiles.values()].filter(({ mesh }) => mesh.visible).flatMap(({ names }) => names)
  }

  /** Height of the ground over the scene's zero, metres, by the finest tile that is there. */
  heightAt(longitude: number, latitude: number): number {
    const [east, north] = this.#options.place(longitude, latitude)
    let best: Tile | undefined
    for (const tile of this.#tiles.values()) {
      if (holds(tile.square, east, north) && (best === undefined || tile.address.z > best.address.z)) best = tile
    }
    return best === undefined ? 0 : heightIn(best, east, north) - this.#options.base
  }

  dispose(): void {
    this.#disposed = true
    for (const timer of this.#timers) clearTimeout(timer)
    this.#options.loader.dispose()
    for (const name of [...this.#tiles.keys()]) this.#drop(name)
    for (const shore of this.#shores.values()) {
      shore.then(
        (texture) => texture.dispose(),
        () => undefined,
      )
    }
  }

  #treeView({ camera, frustum, focal }: SceneView): Parameters<typeof chooseTiles>[1] {
    const eye = eyeOf(camera)
    const boxes = new Map<string, Box3>()
    const boxOf = (tile: TileAddress): Box3 => {
      const name = tileName(tile)
      const box = boxes.get(name) ?? this.#box(tile)
      boxes.set(name, box)
      return box
    }
    return {
      sees: (tile) => frustum.intersectsBox(boxOf(tile)) && inBounds(tile, this.#options.bounds),
      pixels: (tile) => (focal * this.#square(tile).size) / Math.max(1, boxOf(tile).distanceToPoint(eye)),
    }
  }

  #square(tile: TileAddress): LocalSquare {
    return this.#tiles.get(tileName(tile))?.square ?? squareOf(tile, this.#options.place)
  }

  #box(tile: TileAddress): Box3 {
    const { west, south, size } = this.#square(tile)
    const { lowest, highest, base } = this.#options
    return new Box3(new Vector3(west, south, lowest - base), new Vector3(west + size, south + size, highest - base))
  }

  #load(address: TileAddress): void {
    const name = tileName(address)
    if (this.#loading.has(name) || this.#loading.size >= IN_FLIGHT || machineNow() < (this.#refused.get(name) ?? 0))
      return
    this.#loading.add(name)
    const { loader, onFault, onChange } = this.#options
    loader
      .tile(address)
      .then((answer) => {
        if (!this.#disposed) this.#add(address, answer)
      })
      .catch((cause: unknown) => {
        this.#refused.set(name, machineNow() + RETRY_MS)
        this.#timers.add(setTimeout(onChange, RETRY_MS))
        onFault(cause)
      })
      .finally(() => {
        this.#loading.delete(name)
        if (!this.#disposed) onChange()
      })
  }

  #add(address: TileAddress, { heights, picture, water, names }: GroundAnswer): void {
    const { place, base, shared, theme } = this.#options
    const square = squareOf(address, place)
    const textures = { picture: pictureTexture(picture), water: coverageTexture(water, PICTURE_SIZE) }
    const mesh = new Mesh(
      groundMesh(heights, square, base),
      groundMaterial(shared, theme, textures, { base, edges: this.#edges }),
    )
    mesh.position.set(square.west, square.south, 0)
    mesh.updateMatrixWorld()
    mesh.matrixAutoUpdate = false
    mesh.visible = false
    this.object.add(mesh)
    const tile = { address, square, mesh, heights, names, textures: Object.values(textures), seen: this.#frame }
    this.#tiles.set(tileName(address), tile)
    if (address.z >= SHORE_ZOOM && water.some((share) => share > 0)) this.#addShore(tile)
  }

  #addShore({ address, mesh }: Tile): void {
    const wide = ancestorOf(address, SHORE_ZOOM)
    const name = tileName(wide)
    const { loader, onFault, onChange } = this.#options
    const shore =
      this.#shores.get(name) ?? loader.shore(wide).then(({ distance }) => coverageTexture(distance, SHORE_SIZE))
    this.#shores.set(name, shore)
    shore.catch(() => this.#shores.delete(name))
    shore.then((texture) => {
      if (this.#disposed) return
      setShore(mesh.material, texture, windowIn(address, wide))
      onChange()
    }, onFault)
  }

  /** Frees tiles that were not seen for the longest. */
  #forget(): void {
    if (this.#tiles.size <= KEPT) return
    const old = [...this.#tiles].filter(
      ([, { seen, address }]) => seen < this.#frame && address.z > this.#options.minZoom,
    )
    old.sort(([, a], [, b]) => a.seen - b.seen)
    for (const [name] of old.slice(0, this.#tiles.size - KEPT)) this.#drop(name)
  }

  #drop(name: string): void {
    const tile = this.#tiles.get(name)
    if (tile === undefined) return
    this.#tiles.delete(name)
    this.object.remove(tile.mesh)
    tile.mesh.geometry.dispose()
    tile.mesh.material.dispose()
    for (const texture of tile.textures) {
      if (texture.image instanceof ImageBitmap) texture.image.close()
      texture.dispose()
    }
  }
}

const eyeOf = (camera: Camera): Vector3 => new Vector3().setFromMatrixPosition(camera.matrixWorld)

function inBounds(tile: TileAddress, [west, south, east, north]: Bounds): boolean {
  const count = 2 ** tile.z
  const [left, right] = [(tile.x / count) * 360 - 180, ((tile.x + 1) / count) * 360 - 180]
  if (right <= west || left >= east) return false
  const row = (latitude: number): number =>
    ((1 - Math.asinh(Math.tan((latitude * Math.PI) / 180)) / Math.PI) / 2) * count
  return tile.y < row(south) && tile.y + 1 > row(north)
}
