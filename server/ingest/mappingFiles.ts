import { existsSync } from 'node:fs'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parse as parseCsv } from 'csv-parse/sync'
import { LineCounter, parseDocument } from 'yaml'
import { FeedMapping, type ThingSpec } from '@/domain/feed/mapping'
import { parseMapping } from '@/domain/feed/parseMapping'
import type { Names } from '@/domain/ids'
import { InvalidInput } from '@/platform/errors'

/**
 * Reads one mapping file. @throws InvalidInput that says for each problem the line and what to do
 */
export function readMapping(text: string, name: string): FeedMapping {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, merge: true })
  const lineOf = (offset: number): number => lines.linePos(offset).line
  const [broken] = document.errors
  if (broken !== undefined)
    throw refusal(name, [`line ${lineOf(broken.pos[0])}: ${broken.message.split('\n')[0] ?? ''}`])
  const parsed = parseMapping(plain(document, name))
  if (parsed.ok) return parsed.value
  throw refusal(
    name,
    parsed.error.map(({ path, message }) => `line ${lineOf(offsetOf(document, path))}: ${path.join('.')} ${message}`),
  )
}

/** @throws InvalidInput where aliases point at each other until the file would fill the memory. */
function plain(document: ReturnType<typeof parseDocument>, name: string): unknown {
  try {
    return document.toJS()
  } catch (cause) {
    throw refusal(name, [cause instanceof Error ? cause.message : String(cause)])
  }
}

const refusal = (name: string, problems: readonly string[]): InvalidInput =>
  new InvalidInput('mapping.refused', { file: name, problems: problems.join('; ') })

/** Where the deepest part of the path that is there begins. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true)
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range))
      return Number(node.range[0])
  }
  return 0
}

/** Every mapping of a folder, in the order of the names. @throws InvalidInput */
export async function readMappings(folder: string): Promise<FeedMapping[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort()
  return Promise.all(names.map(async (name) => readMapping(await readFile(join(folder, name), 'utf8'), name)))
}

/** The folder of a mapping's files below `data`, when it is there. */
export function filesFolder(mapping: FeedMapping, data: string): string | undefined {
  if (mapping.source.kind !== 'files') return undefined
  const folder = join(data, mapping.source.folder)
  return existsSync(folder) ? folder : undefined
}

/** The mapping with the Things of its table of places written into it: so the catalogue needs no file. */
export async function withPlaces(mapping: FeedMapping, folder: string): Promise<FeedMapping> {
  const { file, ...things } = mapping.things
  if (file === undefined) return mapping
  const rows = parseCsv<Record<string, string>>(await readFile(join(folder, file.path)), { columns: true, bom: true })
  const placed = rows.map(
    (row): ThingSpec => ({
      key: row[file.key] ?? '',
      name: filled(file.name, row),
      longitude: Number(row[file.longitude]),
      latitude: Number(row[file.latitude]),
    }),
  )
  return FeedMapping.parse({ ...mapping, things: { ...things, list: [...things.list, ...placed] } })
}

function filled(name: Names, row: Readonly<Record<string, string>>): Names {
  const fill = (template: string): string =>
    template.replace(/\{([^}]+)\}/g, (_whole, column: string) => row[column] ?? '–')
  return { 'zh-CN': fill(name['zh-CN']), en: fill(name.en) }
}
