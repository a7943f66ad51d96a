import type { World } from '@/domain/world'

/** Names that a column of moments usually has, and one of stations. */
const TIME = /^(?:time|datetime|date|timestamp|tm|ts|observ.*time|phenomenontime|时间|观测时间|采集时间|日期)$/i
const THING = /^(?:stcd|station.*|site.*|id|code|device.*|站号|站码|站名|站点|编号|设备编号)$/i
const EAST = /^(?:lon|lng|longitude|lgtd|经度)$/i
const NORTH = /^(?:lat|latitude|lttd|纬度)$/i

const DELIMITERS = [',', '\t', ';', '|'] as const

interface Table {
  readonly delimiter: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/**
 * A first mapping for a sample: CSV by its header, or lines of JSON by their names. What cannot be known from a sample,
 * such as owner, period and units, stands there as text to be replaced; the preview says what is still wrong.
 */
export function draftMapping(sample: string, world: World): object {
  const table = tableOf(sample)
  const time = table.columns.find((column) => TIME.test(column.trim())) ?? table.columns[0] ?? ''
  const thing = table.columns.find((column) => THING.test(column.trim()) && column !== time)
  const measured = table.columns.filter(
    (column, i) => ![time, thing].includes(column) && !EAST.test(column) && !NORTH.test(column) && isNumeric(table, i),
  )
  const keys = measured.map((column, i) => ({ column, key: keyOf(column, i) }))
  return {
    version: 1,
    feed: 'new-feed',
    name: { 'zh-CN': '新数据源', en: 'New feed' },
    contract: contractDraft(table, time),
    world: { key: world.key, kind: world.kind, name: world.name, timeZone: world.timeZone, view: world.view },
    source: {
      kind: 'push',
      input: {
        format: formatOf(sample, table),
        time: { kind: 'column', column: time, zone: world.timeZone },
        nulls: ['', '-', '--', 'NA'],
        records: {
          kind: 'observations',
          thing: thing === undefined ? { from: 'constant', key: 'station-1' } : { from: 'column', column: thing },
          columns: keys.map(({ column, key }) => ({ column, property: key, unit: '' })),
        },
      },
    },
    properties: keys.map(({ column, key }) => ({ key, name: { 'zh-CN': column, en: column }, unit: '' })),
    things: { list: [] },
  }
}

const formatOf = (sample: string, { delimiter }: Table): object =>
  sample.trimStart().startsWith('{') ? { kind: 'ndjson' } : { kind: 'csv', delimiter }

const keyOf = (column: string, i: number): string => {
  const plain = column.replace(/[^\p{L}\p{N}_-]+/gu, '-').replace(/^[^\p{L}\p{N}]+|-+$/gu, '')
  return plain === '' ? `value-${i + 1}` : plain
}

function contractDraft(table: Table, time: string): object {
  return {
    owner: '归口单位（请填写）',
    steward: '责任人（请填写）',
    periodSeconds: periodOf(table, time),
    latenessSeconds: 600,
    licence: '政务共享（请核对）',
    classification: 'internal',
    legalBasis: '请填写',
    onBreach: '请填写',
    breachAction: 'notify',
    newStreams: 'create',
  }
}

/** The most frequent step between moments of the sample, seconds; five minutes where it cannot be told. */
function periodOf({ columns, rows }: Table, time: string): number {
  const at = columns.indexOf(time)
  const moments = [...new Set(rows.map((row) => Date.parse(row[at] ?? '')))].filter((moment) => !Number.isNaN(moment))
  const steps = moments
    .toSorted((a, b) => a - b)
    .flatMap((moment, i, all) => (i === 0 ? [] : [(moment - (all[i - 1] ?? moment)) / 1_000]))
  const counts = new Map<number, number>()
  for (const step of steps) counts.set(step, (counts.get(step) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 300
}

function tableOf(sample: string): Table {
  const lines = sample.split(/\r?\n/).filter((line) => line.trim() !== '')
  if (sample.trimStart().startsWith('{')) return jsonTable(lines)
  const [head = ''] = lines
  const delimiter = DELIMITERS.toSorted((a, b) => head.split(b).length - head.split(a).length)[0] ?? ','
  const cells = (line: string): string[] => line.split(delimiter).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
  return { delimiter, columns: cells(head), rows: lines.slice(1, 200).map(cells) }
}

function jsonTable(lines: readonly string[]): Table {
  const records = lines.slice(0, 200).flatMap((line): Record<string, unknown>[] => {
    try {
      return [JSON.parse(line) as Record<string, unknown>]
    } catch {
      return []
    }
  })
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))]
  return { delimiter: ',', columns, rows: records.map((record) => columns.map((column) => cellText(record[column]))) }
}

const cellText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

const isNumeric = ({ rows }: Table, i: number): boolean => {
  const cells = rows.map((row) => row[i] ?? '').filter((cell) => cell !== '')
  const numbers = cells.filter((cell) => Number.isFinite(Number(cell))).length
  return cells.length > 0 && numbers / cells.length >= 0.6
}
