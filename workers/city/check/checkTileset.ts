import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { validateBytes } from 'gltf-validator'
import { z } from 'zod'
import { codesOf } from './codesOf'

const Region = z.array(z.number()).length(6)

interface Tile {
  readonly boundingVolume: { readonly region: readonly number[] }
  readonly geometricError: number
  readonly transform?: readonly number[] | undefined
  readonly content?: { readonly uri: string } | undefined
  readonly children?: readonly Tile[] | undefined
}

const Tile: z.ZodType<Tile> = z.object({
  boundingVolume: z.object({ region: Region }),
  geometricError: z.number().min(0),
  refine: z.literal('REPLACE'),
  transform: z.array(z.number()).length(16).optional(),
  content: z.object({ uri: z.string().regex(/^[\w/-]+\.glb$/) }).optional(),
  get children() {
    return z.array(Tile).min(1).optional()
  },
})

const Tileset = z.object({
  asset: z.object({ version: z.literal('1.1'), tilesetVersion: z.string() }),
  geometricError: z.number().min(0),
  root: Tile,
})

export interface CheckedTileset {
  readonly tiles: number
  /** Codes in the property tables of all tiles without children, in their order. */
  readonly codes: readonly string[]
}

/** A tileset of ours: its shape, its tree, and every mesh by Khronos' validator. Problems are added as sentences. */
export async function checkTileset(folder: string, problems: string[]): Promise<CheckedTileset> {
  const counted = { tiles: 0, codes: [] as string[] }
  const parsed = Tileset.safeParse(await readJson(join(folder, 'tileset.json')))
  if (!parsed.success) {
    problems.push(`buildings/tileset.json is no tileset of a package: ${z.prettifyError(parsed.error)}`)
    return counted
  }
  const open: { readonly tile: Tile; readonly parent?: Tile }[] = [{ tile: parsed.data.root }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { tile, parent } = next
    const { children = [], content } = tile
    if (parent !== undefined) problems.push(...strayed(tile, parent))
    for (const child of children) open.push({ tile: child, parent: tile })
    if (content === undefined) continue
    counted.tiles++
    const codes = await checkMesh(folder, content.uri, problems)
    if (children.length === 0) for (const code of codes) counted.codes.push(code)
  }
  return counted
}

/** A tile lies inside its parent and differs less from the city. */
function strayed(tile: Tile, parent: Tile): string[] {
  const name = tile.content?.uri ?? 'a tile'
  const [own, around] = [tile.boundingVolume.region, parent.boundingVolume.region]
  const outside = own.some((value, i) => (i === 0 || i === 1 || i === 4 ? value < around[i]! : value > around[i]!))
  return [
    ...(outside ? [`${name} reaches out of its parent.`] : []),
    ...(tile.geometricError > parent.geometricError ? [`${name} is coarser than its parent.`] : []),
  ]
}

async function checkMesh(folder: string, uri: string, problems: string[]): Promise<readonly string[]> {
  const body = await readFile(join(folder, uri)).catch(() => undefined)
  if (body === undefined) {
    problems.push(`buildings/${uri} is missing.`)
    return []
  }
  const { issues } = await validateBytes(body, { format: 'glb', writeTimestamp: false, maxIssues: 20 })
  const worst = issues.messages.find(({ severity }) => severity < 2)
  if (worst !== undefined) problems.push(`buildings/${uri}: ${worst.code}: ${worst.message}`)
  const codes = codesOf(body)
  if (codes === undefined) problems.push(`buildings/${uri} has no property table with codes.`)
  return codes ?? []
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    return undefined
  }
}
