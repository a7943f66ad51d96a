import { parseArgs } from 'node:util'
import type { ImportOptions, LayerKind, VectorSource } from '../import/options'
import { LAYER_KINDS } from '../import/options'
import { BadCommand } from './command'

const one = { type: 'string' } as const
const many = { type: 'string', multiple: true } as const

const WORDS = {
  ...{ out: one, name: one, 'name-zh': one, division: one, 'time-zone': one, date: one },
  ...{ classification: one, 'map-approval': one, bounds: one, 'flat-height': one },
  ...{ osm: many, dem: many, shp: many, gpkg: many, geojson: many, buildings: many, tiles3d: many },
  ...{ fields: one, crs: one, datum: one, population: one, control: one, tracks: one },
  ...{ 'district-level': one, 'street-level': one, 'keep-codes': one },
} as const

type Values = ReturnType<typeof parse>

/** `--osm X.osm.pbf --dem Y.hgt … --out NAME` as the import takes it. @throws BadCommand with a sentence */
export function importOptions(words: readonly string[]): ImportOptions {
  const values = parse(words)
  if (values.out === undefined) throw new BadCommand('import needs --out NAME, the name of the package.')
  const vectors = [
    ...(values.shp ?? []).map((word) => vectorSource('shp', word)),
    ...(values.gpkg ?? []).map((word) => vectorSource('gpkg', word)),
    ...(values.geojson ?? []).map((word) => vectorSource('geojson', word)),
  ]
  return {
    out: values.out,
    ...namesOf(values),
    ...present({
      ...{ division: values.division, timeZone: values['time-zone'], dataDate: values.date },
      ...{ classification: values.classification, mapApproval: values['map-approval'] },
      ...{ osm: values.osm, dem: values.dem, buildings: values.buildings, tiles3d: values.tiles3d },
      ...{ fields: values.fields, crs: values.crs, population: values.population, control: values.control },
      ...{ tracks: values.tracks, keepCodes: values['keep-codes'] },
      vectors: vectors.length === 0 ? undefined : vectors,
      bounds: boundsOf(values.bounds),
      flatHeight: numberOf('--flat-height', values['flat-height']),
      datum: numberOf('--datum', values.datum),
      districtLevel: numberOf('--district-level', values['district-level']),
      streetLevel: numberOf('--street-level', values['street-level']),
    }),
  }
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: WORDS }).values
  } catch (cause) {
    throw new BadCommand(`${cause instanceof Error ? (cause.message.split('.')[0] ?? '') : String(cause)}; see --help.`)
  }
}

function namesOf({ name, 'name-zh': zh }: Values): Pick<ImportOptions, 'names'> {
  const [first, second] = [zh ?? name, name ?? zh]
  return first === undefined || second === undefined ? {} : { names: { 'zh-CN': first, en: second } }
}

type Present<Given> = { [Key in keyof Given]?: Exclude<Given[Key], undefined> }

/** Without the members that are undefined. */
function present<Given extends object>(given: Given): Present<Given> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Present<Given>
}

function vectorSource(format: VectorSource['format'], word: string): VectorSource {
  const at = word.indexOf('=')
  const map = word.slice(0, at)
  const layer = LAYER_KINDS.find((kind: LayerKind) => kind === map.split(':')[0])
  if (at < 1 || layer === undefined)
    throw new BadCommand(`--${format} takes LAYER=FILE with a layer of ${LAYER_KINDS.join(', ')}; got ${word}.`)
  return { format, layer, map, file: word.slice(at + 1) }
}

function numberOf(word: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) throw new BadCommand(`${word} takes a number; got ${text}.`)
  return value
}

function boundsOf(text: string | undefined): ImportOptions['bounds'] {
  if (text === undefined) return undefined
  const [west, south, east, north, ...rest] = text.split(',').map((word) => numberOf('--bounds', word))
  if (west === undefined || south === undefined || east === undefined || north === undefined || rest.length > 0)
    throw new BadCommand(`--bounds takes west,south,east,north in degrees; got ${text}.`)
  return [west, south, east, north]
}
