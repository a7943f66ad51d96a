import { z } from 'zod'
import { ObservedProperty, Threshold } from '../catalogue'
import { CoordinateSystem } from '../geodesy/coordinateSystem'
import { Key, Names, NamesOrText } from '../ids'
import { HomeView, WorldKind } from '../world'
import { adapterSources } from './adapterSource'
import { FeedContract } from './contract'
import { brokenRules } from './mappingRules'
import { FileEncoding, MESSAGE_FORMAT_SPECS } from './messageFormat'
import { TimeSpec } from './timeSpec'

const Column = z.string().min(1)

/** The file's form. CSV has a header row after `skipLines`, or `header` names the columns. gzip is seen by content. */
export const FileFormat = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('csv'),
      delimiter: z.string().length(1).default(','),
      skipLines: z.number().int().nonnegative().default(0),
      header: z.array(z.string()).readonly().optional(),
      encoding: FileEncoding,
    })
    .readonly(),
  z.strictObject({ kind: z.literal('ndjson'), encoding: FileEncoding }).readonly(),
  /** `records` is the path to the array, dotted; empty means that the document is the array. Read whole: 64 MiB at most. */
  z.strictObject({ kind: z.literal('json'), records: z.string().default(''), encoding: FileEncoding }).readonly(),
  /** Features become rows of their properties with `id`, `longitude`, `latitude` and `depth`. */
  z.strictObject({ kind: z.literal('geojson') }).readonly(),
  ...MESSAGE_FORMAT_SPECS,
])
export type FileFormat = z.infer<typeof FileFormat>

/** Which Thing, Track or place in the series a record speaks of. */
export const SubjectSpec = z.discriminatedUnion('from', [
  z
    .strictObject({
      from: z.literal('column'),
      column: Column,
      names: z.record(z.string(), Key).readonly().default({}),
    })
    .readonly(),
  /** The first group of `pattern` in the file's path below the data folder. */
  z
    .strictObject({
      from: z.literal('file'),
      pattern: z.string().min(1).refine(isPattern, { error: 'is no regular expression with one group' }),
      names: z.record(z.string(), Key).readonly().default({}),
    })
    .readonly(),
  z.strictObject({ from: z.literal('constant'), key: Key }).readonly(),
])
export type SubjectSpec = z.infer<typeof SubjectSpec>

const QualityWord = z.enum(['suspect', 'estimated', 'manual'])
/** Quality words of the source; a word that is not listed marks the record suspect. */
export const QualitySpec = z
  .strictObject({ column: Column, words: z.record(z.string(), z.array(QualityWord).readonly()).readonly() })
  .readonly()

/**
 * One column that is one property. `unit` is the column's; `inCell` means that each cell writes its own. `suffix` must
 * follow each number and is taken off: "29.41 in" with unit inHg. `values` reads words, such as NNW, as numbers.
 */
export const ColumnSpec = z
  .strictObject({
    column: Column,
    property: Key,
    unit: z.string().default(''),
    suffix: z.string().optional(),
    values: z.record(z.string(), z.number()).readonly().optional(),
  })
  .readonly()
export type ColumnSpec = z.infer<typeof ColumnSpec>

const Nulls = z.array(z.string()).readonly()

export const ObservationsSpec = z
  .strictObject({
    kind: z.literal('observations'),
    thing: SubjectSpec.optional(),
    columns: z.array(ColumnSpec).min(1).readonly().optional(),
    /** Every other column is one Thing with this property. */
    wide: z
      .strictObject({ property: Key, unit: z.string().default(''), except: z.array(Column).readonly().default([]) })
      .readonly()
      .optional(),
    quality: QualitySpec.optional(),
  })
  .readonly()
export type ObservationsSpec = z.infer<typeof ObservationsSpec>

export const PositionsSpec = z
  .strictObject({
    kind: z.literal('positions'),
    track: SubjectSpec,
    longitude: Column,
    latitude: Column,
    crs: CoordinateSystem,
    speed: z.strictObject({ column: Column, unit: z.string() }).readonly().optional(),
    heading: Column.optional(),
    subjectKind: z.enum(['vehicle', 'team', 'uav', 'vessel', 'train']),
  })
  .readonly()
export type PositionsSpec = z.infer<typeof PositionsSpec>

export const ReportsSpec = z
  .strictObject({
    kind: z.literal('reports'),
    reportKind: z.string().min(1),
    /** Columns whose values together are the source's own key; some may be empty, not all. */
    key: z.array(Column).min(1).readonly(),
    /** `{column}` is filled in. */
    title: Names,
    revised: TimeSpec.optional(),
    longitude: Column.optional(),
    latitude: Column.optional(),
    crs: CoordinateSystem.default('WGS84'),
    magnitude: z.strictObject({ column: Column, unit: z.string() }).readonly().optional(),
    properties: z.array(Column).readonly().default([]),
  })
  .readonly()
export type ReportsSpec = z.infer<typeof ReportsSpec>

export const RecordsSpec = z.discriminatedUnion('kind', [ObservationsSpec, PositionsSpec, ReportsSpec])
export type RecordsSpec = z.infer<typeof RecordsSpec>

/** One kind of file (or of pushed body) of a feed. */
export const InputSpec = z
  .strictObject({
    /** Paths below the data folder; `*` is any run of characters inside one folder. Left out for a push. */
    files: z.array(z.string().min(1)).min(1).readonly().optional(),
    format: FileFormat,
    /** False: the file is not in the order of time; it is read whole and sorted. */
    sorted: z.boolean().default(true),
    time: TimeSpec,
    /** Records outside are refused: a broken date is no old measurement. ISO 8601 with zone. */
    between: z
      .tuple([z.iso.datetime({ offset: true }), z.iso.datetime({ offset: true })])
      .readonly()
      .optional(),
    /** Cells that mean "no value". */
    nulls: Nulls.default(['']),
    /** Rows whose column says something else are none of this input's; they are left out, not refused. */
    only: z
      .strictObject({ column: Column, values: z.array(z.string()).min(1).readonly() })
      .readonly()
      .optional(),
    records: RecordsSpec,
  })
  .readonly()
export type InputSpec = z.infer<typeof InputSpec>

export const FeedSource = z.discriminatedUnion('kind', [
  /** Records come by HTTP. Without an input the body is NDJSON or JSON of `ObservationRecord`. */
  z.strictObject({ kind: z.literal('push'), input: InputSpec.optional() }).readonly(),
  /** Records come from files below `folder` of the data directory. */
  z
    .strictObject({ kind: z.literal('files'), folder: z.string().min(1), inputs: z.array(InputSpec).min(1).readonly() })
    .readonly(),
  ...adapterSources(InputSpec),
])
export type FeedSource = z.infer<typeof FeedSource>

export const ReplayClock = z
  .strictObject({
    /** original: the World shows the data's own dates. shifted: the data's start is moved to the World's start. */
    mode: z.enum(['original', 'shifted']),
    speed: z.number().positive().max(100_000),
    /** Where in the data the World begins; default: the first record. */
    start: z.iso.datetime({ offset: true }).optional(),
    /** Records this long before `start` are taken in at once, as history; earlier ones are left out. */
    historyDays: z.number().nonnegative().default(15),
  })
  .readonly()
export type ReplayClock = z.infer<typeof ReplayClock>

/** A Thing as a mapping declares it; coordinates in `crs` of the mapping's `things`. */
export const ThingSpec = z
  .strictObject({
    key: Key,
    name: Names.optional(),
    longitude: z.number().min(-180).max(180).optional(),
    latitude: z.number().min(-90).max(90).optional(),
    owner: NamesOrText.optional(),
    properties: z.array(Key).readonly().optional(),
  })
  .readonly()
export type ThingSpec = z.infer<typeof ThingSpec>

export const ThingsSpec = z
  .strictObject({
    crs: CoordinateSystem.default('CGCS2000'),
    list: z.array(ThingSpec).readonly().default([]),
    /** A table of places below the data folder. */
    file: z
      .strictObject({ path: z.string(), key: Column, longitude: Column, latitude: Column, name: Names })
      .readonly()
      .optional(),
  })
  .readonly()

/** A Datastream that differs from what its property and contract say. */
export const StreamSpec = z
  .strictObject({
    thing: Key,
    property: Key,
    name: Names.optional(),
    periodSeconds: z.number().positive().optional(),
    staleAfterSeconds: z.number().positive().optional(),
    covered: z.boolean().optional(),
    masked: z.boolean().optional(),
    thresholds: z.array(Threshold).readonly().optional(),
  })
  .readonly()
export type StreamSpec = z.infer<typeof StreamSpec>

/** Limits of a property wherever it is measured; a stream that lists its own has those instead. */
export const LimitSpec = z.strictObject({ property: Key, thresholds: z.array(Threshold).min(1).readonly() }).readonly()

const Document = z.strictObject({
  version: z.literal(1),
  feed: Key,
  name: Names,
  contract: FeedContract,
  world: z
    .strictObject({ key: Key, kind: WorldKind, name: Names, timeZone: z.string().min(1), view: HomeView })
    .readonly(),
  clock: ReplayClock.optional(),
  source: FeedSource,
  properties: z.array(ObservedProperty).readonly().default([]),
  things: ThingsSpec.default({ crs: 'CGCS2000', list: [] }),
  /** Without this list every Thing has every property that it (or nobody) names. */
  streams: z.array(StreamSpec).readonly().default([]),
  limits: z.array(LimitSpec).readonly().default([]),
  /** A stream without a record for this long is silent. Default: twice its period and the lateness. */
  staleAfterSeconds: z.number().positive().optional(),
})

/** The declarative mapping of one feed: `scenarios/feeds/*.yaml`, or what an administrator posts. */
export const FeedMapping = Document.superRefine((document, context) => {
  for (const { path, message } of brokenRules(document, inputsOf(document.source)))
    context.addIssue({ code: 'custom', path: [...path], message })
}).readonly()
export type FeedMapping = z.infer<typeof FeedMapping>

export type MappingDocument = z.infer<typeof Document>

/** The inputs of a source, none for a push of `ObservationRecord`. */
export function inputsOf(source: FeedSource): readonly InputSpec[] {
  if (source.kind === 'files') return source.inputs
  return source.input === undefined ? [] : [source.input]
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(`${pattern}|`).exec('')?.length === 2
  } catch {
    return false
  }
}
