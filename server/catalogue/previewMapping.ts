import type { MappingPreview } from '@/domain/api/feedDesk'
import { parseMapping } from '@/domain/feed/parseMapping'
import type { FeedMapping, InputSpec } from '@/domain/feed/mapping'
import { inputsOf } from '@/domain/feed/mapping'
import { rowDecoder } from '@/domain/feed/rowDecoder'
import type { RecordSink } from '@/domain/feed/sourceRow'
import { openFormat } from '@/domain/formats/openFormat'
import { sampleOf } from '@/domain/formats/reading'

/** Of each list; the counts are of all. */
const SHOWN = 20

type Lists = Pick<MappingPreview, 'observations' | 'positions' | 'reports'>

const NOTHING: MappingPreview = {
  problems: [],
  columns: [],
  rows: 0,
  observations: [],
  positions: [],
  reports: [],
  records: 0,
  refused: [],
}

/** What a mapping makes of a sample: its records, and what it refuses and why. Nothing is registered or kept. */
export function previewMapping(document: unknown, sample: string, worldNow: number): MappingPreview {
  const parsed = parseMapping(document)
  if (!parsed.ok)
    return { ...NOTHING, problems: parsed.error.map(({ path, message }) => ({ path: path.join('.'), message })) }
  const [input] = inputsOf(parsed.value.source)
  if (input === undefined)
    return { ...NOTHING, problems: [{ path: 'source.input', message: 'is missing: say which form the records have' }] }
  return previewOf(parsed.value, input, { sample, worldNow })
}

function previewOf(
  mapping: FeedMapping,
  input: InputSpec,
  { sample, worldNow }: { readonly sample: string; readonly worldNow: number },
): MappingPreview {
  const reading = openFormat(input.format)(new TextEncoder().encode(sample), { arrivedAt: worldNow })
  const decode = rowDecoder(mapping, input)
  const lists: Lists = { observations: [], positions: [], reports: [] }
  const counter = { records: 0 }
  const sink = sinkOf(lists, counter)
  const refused = [...reading.refused]
  const columns = Object.keys(reading.rows[0]?.fields ?? {})
  for (const row of reading.rows) {
    const { fields, line } = row
    const refusal = decode({ cells: (column) => fields[column], row: line - 1, file: '', columns }, sink)
    if (refusal !== undefined) refused.push({ line, ...refusal, sample: sampleOf(row) })
  }
  return {
    ...NOTHING,
    ...lists,
    columns,
    rows: reading.rows.length,
    records: counter.records,
    refused: refused.slice(0, SHOWN),
  }
}

function sinkOf(lists: Lists, counter: { records: number }): RecordSink {
  const keep = <Item>(list: Item[], item: Item): void => {
    counter.records += 1
    if (list.length < SHOWN) list.push(item)
  }
  return {
    observation: (stream, time, value) => keep(lists.observations, { stream, time, value }),
    position: ({ track, time, longitude, latitude }) => keep(lists.positions, { track, time, longitude, latitude }),
    report: ({ title, phenomenonTime }) => keep(lists.reports, { title: title['zh-CN'], time: phenomenonTime }),
  }
}
