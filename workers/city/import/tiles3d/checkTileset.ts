import { readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { z } from 'zod'
import type { ForeignTileset } from '@/domain/city/cityModel'
import { ELLIPSOIDS, fromGeocentric } from '@/domain/geodesy/ellipsoid'
import type { CityDraft } from '../cityDraft'
import { SourceRefused } from '../refused'
import { readJson } from '../sourceSystem'
import { NamedFiles } from './namedFiles'
import { resourcesOf } from './resources'

const MOST_TILES = 1_000_000
const DEEPEST = 64
const RADIAN = Math.PI / 180

const Numbers = z.array(z.number())
const Volume = z.object({ region: Numbers.optional(), box: Numbers.optional(), sphere: Numbers.optional() })
const Content = z.object({ uri: z.string().optional(), url: z.string().optional() })
type Content = z.infer<typeof Content>
const Tile = z.object({
  boundingVolume: Volume,
  transform: Numbers.optional(),
  content: Content.optional(),
  contents: z.array(Content).optional(),
  children: z.array(z.unknown()).optional(),
  implicitTiling: z.object({ subtrees: Content.optional() }).optional(),
})
const Tileset = z.object({
  asset: z.object({ version: z.string() }),
  root: z.unknown(),
  schemaUri: z.string().optional(),
})

/**
 * Checks a folder of 3D Tiles that is taken as it is: a tileset.json of 1.0 or 1.1 whose contents lie in the folder. Only
 * what it names is taken. A missing content is counted (its tile stays empty, the coarser one is drawn); none at all is
 * refused.
 * @throws SourceRefused
 */
export async function checkTileset(folder: string, draft: CityDraft, lift: number): Promise<ForeignTileset> {
  const file = join(folder, 'tileset.json')
  const check = new TilesetCheck(folder)
  const root = await check.visitRoot(file)
  const source = basename(resolve(folder))
  draft.tally.taken(source, 'tile', check.tiles)
  draft.tally.taken(source, 'tile content', check.contents)
  draft.tally.refused(source, 'tile content', 'is not in the folder', check.missing)
  if (check.contents === 0) throw new SourceRefused(file, 'has no content that is there.')
  growBounds(root, draft)
  return { key: keyOf(source), folder, files: check.files.paths, lift }
}

type Tile = z.infer<typeof Tile>

class TilesetCheck {
  tiles = 0
  contents = 0
  missing = 0
  readonly files: NamedFiles
  readonly #seen = new Set<string>()

  constructor(folder: string) {
    this.files = new NamedFiles(folder)
  }

  async visitRoot(file: string): Promise<Tile> {
    const path = await this.files.take(basename(file), file)
    if (path === undefined) throw new SourceRefused(file, 'cannot be opened.')
    return await this.#visitFile(path, 0)
  }

  async #visitFile(file: string, depth: number): Promise<Tile> {
    if (this.#seen.has(file)) throw new SourceRefused(file, 'names itself as its own content.')
    this.#seen.add(file)
    const parsed = Tileset.safeParse(await readJson(file))
    if (!parsed.success) throw new SourceRefused(file, 'is no tileset.')
    const { asset, root, schemaUri } = parsed.data
    if (asset.version !== '1.0' && asset.version !== '1.1')
      throw new SourceRefused(file, `is 3D Tiles ${asset.version}; 1.0 and 1.1 are read.`)
    if (schemaUri !== undefined) await this.#takeResource(schemaUri, file)
    return await this.#visitTile(root, file, depth)
  }

  async #visitTile(value: unknown, file: string, depth: number): Promise<Tile> {
    if (++this.tiles > MOST_TILES || depth > DEEPEST)
      throw new SourceRefused(file, 'nests deeper or holds more tiles than any city needs.')
    const parsed = Tile.safeParse(value)
    if (!parsed.success) throw new SourceRefused(file, 'holds a tile without a bounding volume.')
    const tile = parsed.data
    const named = [...(tile.content === undefined ? [] : [tile.content]), ...(tile.contents ?? [])]
    if (tile.implicitTiling === undefined)
      for (const content of named) await this.#visitContent(addressOf(content), { file, depth })
    else await this.#visitPatterns(named, { file, subtrees: tile.implicitTiling.subtrees })
    for (const child of tile.children ?? []) await this.#visitTile(child, file, depth + 1)
    return tile
  }

  async #visitContent(uri: string, { file, depth }: { file: string; depth: number }): Promise<void> {
    const path = await this.files.take(uri, file)
    if (path === undefined) {
      this.missing++
      return
    }
    this.contents++
    if (path.endsWith('.json')) await this.#visitFile(path, depth + 1)
    else await this.#takeTile(path, file)
  }

  /** Which tiles are there stands in the subtrees; the files that fit the patterns are taken for them. */
  async #visitPatterns(
    named: readonly Content[],
    { file, subtrees }: { file: string; subtrees: Content | undefined },
  ): Promise<void> {
    for (const content of named) {
      const paths = await this.files.takePattern(addressOf(content), file)
      if (paths.length === 0) this.missing++
      this.contents += paths.length
      for (const path of paths) await this.#takeTile(path, file)
    }
    if (subtrees === undefined) return
    for (const path of await this.files.takePattern(addressOf(subtrees), file)) await this.#takeTile(path, file)
  }

  async #takeTile(path: string, file: string): Promise<void> {
    const body = await readFile(path)
    if (!/\.(gltf|json)$/.test(path) && !MAGICS.has(body.toString('latin1', 0, 4)))
      throw new SourceRefused(file, `names content that is no tile: ${basename(path)}`)
    for (const uri of resourcesOf(body)) await this.#takeResource(uri, path)
  }

  async #takeResource(uri: string, file: string): Promise<void> {
    if ((await this.files.take(uri, file)) === undefined) this.missing++
  }
}

const addressOf = ({ uri, url }: Content): string => uri ?? url ?? ''

const MAGICS = new Set(['b3dm', 'i3dm', 'pnts', 'cmpt', 'glTF', 'vctr', 'geom', 'subt'])

/** A key that fits a folder and a URL. */
const keyOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, 50)
    .replace(/-$/, '') || 'tiles'

/** Grows the city by the root's volume, which is in radians or in metres of the Earth's own frame. */
function growBounds({ boundingVolume, transform }: Tile, draft: CityDraft): void {
  const { region, box, sphere } = boundingVolume
  if (region !== undefined && region.length >= 4) {
    draft.bounds.add(region[0]! / RADIAN, region[1]! / RADIAN)
    draft.bounds.add(region[2]! / RADIAN, region[3]! / RADIAN)
    return
  }
  const centre = (box ?? sphere)?.slice(0, 3)
  const radius = sphere?.[3] ?? (box === undefined ? 0 : Math.hypot(...box.slice(3, 12)))
  if (centre?.length !== 3) return
  const [x, y, z] = moved(centre, transform)
  // A tileset around the origin has no place on Earth; the package gives it one.
  if (Math.hypot(x, y, z) < 6_000_000) return
  const { longitude, latitude } = fromGeocentric(ELLIPSOIDS.WGS84, [x, y, z])
  const reach = radius / 111_195
  const wide = reach / Math.cos(latitude)
  draft.bounds.add(longitude / RADIAN - wide, latitude / RADIAN - reach)
  draft.bounds.add(longitude / RADIAN + wide, latitude / RADIAN + reach)
}

function moved([x, y, z]: readonly number[], m: readonly number[] | undefined): [number, number, number] {
  const place: [number, number, number] = [x ?? 0, y ?? 0, z ?? 0]
  if (m?.length !== 16) return place
  return [0, 1, 2].map(
    (row) => m[row]! * place[0] + m[4 + row]! * place[1] + m[8 + row]! * place[2] + m[12 + row]!,
  ) as [number, number, number]
}
