import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { CityManifest } from '@/domain/city/manifest'
import type { Bounds } from '@/domain/geodesy/webMercator'
import { tilesWithin } from '@/domain/geodesy/webMercator'
import { BadGraph, decodeGraph } from '@/domain/roads/graphCodec'
import { edgeCount, nodeCount } from '@/domain/roads/roadGraph'
import { SUMS, sha256 } from '../package/folderWriter'
import { checkTileset } from './checkTileset'

export interface CheckedPackage {
  /** sha256 of SHA256SUMS. */
  readonly digest: string
  readonly files: number
  readonly tiles: number
  /** A sentence for each thing that is wrong; empty for a sound package. */
  readonly problems: readonly string[]
}

/** Reads every byte of a package and compares what its files say of one another. @throws the system's error */
export async function checkPackage(folder: string): Promise<CheckedPackage> {
  const problems: string[] = []
  const sums = await readFile(join(folder, SUMS)).catch(() => Buffer.alloc(0))
  const files = await checkSums(folder, sums.toString('utf8'), problems)
  const manifest = await readManifest(folder, problems)
  let tiles = 0
  if (manifest !== undefined) {
    checkPyramids(manifest, files, problems)
    await checkGraph(folder, manifest, problems)
    const tileset = await checkTileset(join(folder, 'buildings'), problems)
    tiles = tileset.tiles
    await checkBuildings(folder, manifest, { codes: tileset.codes, problems })
  }
  return { digest: sha256(sums), files: files.size, tiles, problems }
}

async function checkSums(folder: string, text: string, problems: string[]): Promise<ReadonlySet<string>> {
  const listed = new Set<string>()
  for (const line of text.split('\n').filter(Boolean)) {
    const [sum = '', path = ''] = line.split('  ')
    listed.add(path)
    const body = await readFile(join(folder, path)).catch(() => undefined)
    if (body === undefined) problems.push(`${path} is missing.`)
    else if (sha256(body) !== sum) problems.push(`${path} is not what was written.`)
  }
  if (listed.size === 0) problems.push(`${SUMS} is missing or empty.`)
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(folder.length + 1)
    if (entry.isFile() && path !== SUMS && !listed.has(path)) problems.push(`${path} is not in ${SUMS}.`)
  }
  return listed
}

async function readManifest(folder: string, problems: string[]): Promise<CityManifest | undefined> {
  try {
    return CityManifest.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')))
  } catch (cause) {
    problems.push(`manifest.json cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`)
    return undefined
  }
}

function checkPyramids(
  { bounds, terrain, vector }: CityManifest,
  files: ReadonlySet<string>,
  problems: string[],
): void {
  for (const pyramid of [terrain, vector]) {
    const missing = tilesOf(pyramid, bounds).filter((path) => !files.has(path))
    if (missing.length > 0) problems.push(`${missing.length} tiles are missing, the first is ${missing[0] ?? ''}.`)
  }
}

function tilesOf({ path, minZoom, maxZoom }: CityManifest['vector' | 'terrain'], bounds: Bounds): string[] {
  const paths: string[] = []
  for (let zoom = minZoom; zoom <= maxZoom; zoom++)
    for (const { z, x, y } of tilesWithin(bounds, zoom))
      paths.push(path.replace('{z}', String(z)).replace('{x}', String(x)).replace('{y}', String(y)))
  return paths
}

async function checkGraph(folder: string, { roads }: CityManifest, problems: string[]): Promise<void> {
  try {
    const graph = decodeGraph(await readFile(join(folder, roads.graph)))
    if (nodeCount(graph) !== roads.nodes || edgeCount(graph) !== roads.edges)
      problems.push(
        `${roads.graph} holds ${nodeCount(graph)} nodes and ${edgeCount(graph)} edges, not what the manifest says.`,
      )
  } catch (cause) {
    const refused = cause instanceof BadGraph ? cause.message : 'it cannot be opened.'
    problems.push(`${roads.graph}: ${refused}`)
  }
}

interface Drawn {
  readonly codes: readonly string[]
  readonly problems: string[]
}

/** Every building is listed once, and those with an area are drawn once in the deepest tiles. */
async function checkBuildings(
  folder: string,
  { buildings, counts }: CityManifest,
  { codes, problems }: Drawn,
): Promise<void> {
  const text = await readFile(join(folder, buildings.attributes), 'utf8').catch(() => '')
  const listed = new Set<string>()
  let lines = 0
  for (const line of text.split('\n').filter(Boolean)) {
    lines++
    listed.add(/^\{"code":"(\d{16})"/.exec(line)?.[1] ?? '')
  }
  if (lines !== buildings.count || listed.size !== lines)
    problems.push(
      `${buildings.attributes} has ${lines} lines and ${listed.size} codes for ${buildings.count} buildings.`,
    )
  const drawn = buildings.count - (counts['buildings.undrawn'] ?? 0)
  const known = new Set(codes.filter((code) => listed.has(code)))
  if (codes.length !== drawn || known.size !== drawn)
    problems.push(
      `The deepest tiles hold ${codes.length} buildings, ${known.size} of them listed, and should hold ${drawn}.`,
    )
}
