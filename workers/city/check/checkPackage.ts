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
    await checkAttributes(folder, manifest, problems)
    const tileset = await checkTileset(join(folder, 'buildings'), problems)
    tiles = tileset.tiles
    const drawn = manifest.buildings.count - (manifest.counts['buildings.undrawn'] ?? 0)
    if (tileset.buildings !== drawn)
      problems.push(`The deepest tiles hold ${tileset.buildings} buildings; the manifest says ${drawn}.`)
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

async function checkAttributes(folder: string, { buildings }: CityManifest, problems: string[]): Promise<void> {
  const body = await readFile(join(folder, buildings.attributes)).catch(() => Buffer.alloc(0))
  let lines = 0
  for (const byte of body) if (byte === 10) lines++
  if (lines !== buildings.count)
    problems.push(`${buildings.attributes} has ${lines} lines for ${buildings.count} buildings.`)
}
