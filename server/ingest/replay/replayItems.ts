import type { QuarantinedRecord } from '@/domain/batch'
import type { FeedMapping, InputSpec } from '@/domain/feed/mapping'
import { inputsOf } from '@/domain/feed/mapping'
import { rowDecoder } from '@/domain/feed/rowDecoder'
import type { PositionDraft, RecordSink, ReportDraft, RowDecoder } from '@/domain/feed/sourceRow'
import { type EpochMillis, epochMillis } from '@/domain/time'
import type { BatchBuilder } from '../decode/batchBuilder'
import { maskSample } from '../decode/maskSample'
import { type FileRow, matchFiles, readRows } from './readRows'

/** One record of a file at the moment at which the World shall have it. */
export interface ReplayItem {
  readonly at: number
  readonly put: (builder: BatchBuilder) => void
}

/** All records of a feed's files, merged in the order of time; files that are not sorted are read whole first. */
export async function* replayItems(mapping: FeedMapping, folder: string): AsyncGenerator<ReplayItem> {
  const sources: AsyncGenerator<ReplayItem>[] = []
  for (const input of inputsOf(mapping.source)) {
    const decode = rowDecoder(mapping, input)
    for (const pattern of input.files ?? []) {
      for (const path of await matchFiles(folder, pattern))
        sources.push(fileItems({ mapping, input, decode, folder, path }))
    }
  }
  yield* merged(sources)
}

interface OneFile {
  readonly mapping: FeedMapping
  readonly input: InputSpec
  readonly decode: RowDecoder
  readonly folder: string
  readonly path: string
}

async function* fileItems(file: OneFile): AsyncGenerator<ReplayItem> {
  if (file.input.sorted) {
    yield* itemsInOrder(file)
    return
  }
  const items: ReplayItem[] = []
  for await (const item of itemsInOrder(file)) items.push(item)
  items.sort((a, b) => a.at - b.at)
  yield* items
}

async function* itemsInOrder({ mapping, input, decode, folder, path }: OneFile): AsyncGenerator<ReplayItem> {
  const sink = new ItemSink()
  // A refused row has no moment of its own: it comes with the row before it.
  let latest = Number.NEGATIVE_INFINITY
  for await (const row of readRows(folder, path, input)) {
    const refused = decodeRow(row, decode, sink)
    const items = sink.take()
    for (const item of items) {
      latest = Math.max(latest, item.at)
      yield item
    }
    if (refused !== undefined) yield refusedItem(latest, { mapping, path, row, ...refused })
  }
}

function decodeRow(
  { row }: FileRow,
  decode: RowDecoder,
  sink: RecordSink,
): { reason: string; message: string } | undefined {
  return 'reason' in row ? row : decode(row, sink)
}

interface RefusedRow {
  readonly mapping: FeedMapping
  readonly path: string
  readonly row: FileRow
  readonly reason: string
  readonly message: string
}

function refusedItem(at: number, { mapping, path, row, reason, message }: RefusedRow): ReplayItem {
  const { personalFields } = mapping.contract
  const record: QuarantinedRecord = {
    line: row.line,
    reason,
    message: `${path}: ${message}`,
    sample: maskSample(row.text, personalFields),
  }
  return { at, put: (builder) => builder.refuse(record) }
}

/** Collects what one row says. */
class ItemSink implements RecordSink {
  #items: ReplayItem[] = []

  observation(stream: string, time: EpochMillis, value: number, quality: number): void {
    this.#items.push({ at: time, put: (builder) => builder.observation(stream, time, value, quality) })
  }

  position(position: PositionDraft): void {
    this.#items.push({ at: position.time, put: (builder) => builder.position(position) })
  }

  report(report: ReportDraft): void {
    // The file holds the last revision: nobody could know it before it was made.
    const at = Math.max(report.phenomenonTime, report.revisedAt)
    this.#items.push({ at, put: (builder) => builder.report(report) })
  }

  take(): ReplayItem[] {
    const items = this.#items
    this.#items = []
    return items
  }
}

/** Merges sources that are each in order. At equal times the earlier source comes first, so a replay repeats itself. */
async function* merged(sources: readonly AsyncGenerator<ReplayItem>[]): AsyncGenerator<ReplayItem> {
  const heads: (ReplayItem | undefined)[] = []
  for (const source of sources) heads.push(await nextOf(source))
  for (;;) {
    let first = -1
    heads.forEach((head, i) => {
      if (head !== undefined && (first < 0 || head.at < (heads[first]?.at ?? 0))) first = i
    })
    const item = heads[first]
    if (item === undefined) return
    yield item
    heads[first] = await nextOf(sources[first] as AsyncGenerator<ReplayItem>)
  }
}

async function nextOf(source: AsyncGenerator<ReplayItem>): Promise<ReplayItem | undefined> {
  const step = await source.next()
  return step.done === true ? undefined : step.value
}

/** Items moved in time; a report's own words, such as its title, stay. */
export async function* shifted(
  items: AsyncGenerator<ReplayItem>,
  mapping: { shift: number },
): AsyncGenerator<ReplayItem> {
  const { shift } = mapping
  for await (const item of items)
    yield shift === 0 ? item : { at: item.at + shift, put: (builder) => item.put(shiftedBuilder(builder, shift)) }
}

function shiftedBuilder(builder: BatchBuilder, shift: number): BatchBuilder {
  const move = (time: EpochMillis): EpochMillis => epochMillis(time + shift)
  const sink: Pick<BatchBuilder, 'observation' | 'position' | 'report' | 'refuse'> = {
    observation: (stream, time, value, quality) => builder.observation(stream, move(time), value, quality),
    position: (position: PositionDraft) => builder.position({ ...position, time: move(position.time) }),
    report: (report: ReportDraft) =>
      builder.report({ ...report, phenomenonTime: move(report.phenomenonTime), revisedAt: move(report.revisedAt) }),
    refuse: (record) => builder.refuse(record),
  }
  return sink as BatchBuilder
}
