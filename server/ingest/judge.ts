import { Quality } from '@/domain/quality'
import type { ObservationColumns, PositionColumns } from './decode/decodedBatch'
import type { CheckTime, QualityCheck } from './qualityCheck'
import { type Answer, type Question, pairKey } from './store/storeLookup'
import { type StreamMemory, Verdict } from './streamMemory'

/** Flags that doubt a value; late and corrected records are counted apart. */
const DOUBTED = ~(Quality.late | Quality.correction)

/** Rows of one batch that are kept, with the counts of what was not; `take` says which rows of the batch they are. */
export interface Judged {
  readonly take: Uint32Array
  /** Rows that memory became unsure of after the store was asked: neither kept nor dropped, to be judged again. */
  readonly left: Uint32Array
  readonly quality: Uint16Array
  readonly duplicates: number
  readonly corrections: number
  readonly late: number
  readonly flagged: number
}

/** Rows as the memory sees them: number, time, and one value that tells two records of the same moment apart. */
export interface Rows {
  readonly no: Uint32Array
  readonly time: Float64Array
  readonly value: Float64Array
  /** What the source itself says of each row. */
  readonly quality: Uint16Array | undefined
}

export const observationRows = ({ stream, time, value, quality }: ObservationColumns): Rows => ({
  no: stream,
  time,
  value,
  quality,
})

/** Two positions of one moment are the same if their place is; 1e3 keeps a millimetre in a double. */
export const positionRows = ({ track, time, longitude, latitude }: PositionColumns): Rows => ({
  no: track,
  time,
  value: longitude.map((east, i) => placeValue(east, latitude[i] as number)),
  quality: undefined,
})

export const placeValue = (longitude: number, latitude: number): number => longitude * 1000 + latitude

/** What the store must be asked before the rows can be judged; nothing in the common case. */
export function questionOf(memory: StreamMemory, { no, time, value }: Rows): Question | undefined {
  const streams: number[] = []
  const times: number[] = []
  const cold = new Set<number>()
  for (let i = 0; i < no.length; i++) {
    if (memory.isPlain(no[i] as number, time[i] as number)) continue
    if (memory.judge(no[i] as number, time[i] as number, value[i] as number) !== Verdict.unsure) continue
    streams.push(no[i] as number)
    times.push(time[i] as number)
    if (memory.isCold(no[i] as number)) cold.add(no[i] as number)
  }
  return streams.length === 0 ? undefined : { streams, times, cold: [...cold] }
}

/** The store's answer about cold streams; without an answer they stay cold. */
export function warm(memory: StreamMemory, question: Question, answer: Answer | undefined): void {
  if (answer === undefined) return
  for (const no of question.cold) memory.warm(no, answer.newest.get(no) ?? Number.NEGATIVE_INFINITY)
}

/** What the store was asked and what it holds of that; a store that did not answer holds nothing. */
export interface Known {
  readonly asked: ReadonlySet<string>
  readonly held: ReadonlyMap<string, number>
}

export const knownOf = ({ streams, times }: Question, answer: Answer | undefined): Known => ({
  asked: new Set(streams.map((stream, i) => pairKey(stream, times[i] as number))),
  held: answer?.held ?? new Map(),
})

export interface Judging {
  readonly memory: StreamMemory
  readonly check: QualityCheck | undefined
  /** Nothing when memory was sure of every row. */
  readonly known: Known | undefined
  readonly at: CheckTime
}

// Hot path: one pass over columns, no object per row.
/** Decides each row, flags it and remembers it. Nothing may be awaited between this and the append to the log. */
export function judge(rows: Rows, { memory, check, known, at }: Judging): Judged {
  const { no, time, value } = rows
  const take = new Uint32Array(no.length)
  const quality = new Uint16Array(no.length)
  const left: number[] = []
  let kept = 0
  let corrections = 0
  let late = 0
  let flagged = 0
  for (let i = 0; i < no.length; i++) {
    const row = no[i] as number
    const moment = time[i] as number
    const said = value[i] as number
    let verdict = memory.judge(row, moment, said)
    if (verdict === Verdict.unsure) verdict = settled(known, row, moment, said)
    if (verdict === Verdict.duplicate) continue
    if (verdict === Verdict.unsure) {
      left.push(i)
      continue
    }
    let bits = rows.quality?.[i] ?? 0
    if (check !== undefined) bits |= check.flags(row, moment, said, at)
    if (verdict === Verdict.correction) {
      bits |= Quality.correction
      corrections += 1
    }
    if ((bits & Quality.late) !== 0) late += 1
    if ((bits & DOUBTED) !== 0) flagged += 1
    memory.note(row, moment, said, (bits & Quality.future) !== 0)
    take[kept] = i
    quality[kept] = bits
    kept += 1
  }
  const counts = { duplicates: no.length - kept - left.length, corrections, late, flagged }
  return { take: take.subarray(0, kept), left: Uint32Array.from(left), quality: quality.slice(0, kept), ...counts }
}

function settled(known: Known | undefined, no: number, time: number, value: number): Verdict {
  const pair = pairKey(no, time)
  if (known?.asked.has(pair) !== true) return Verdict.unsure
  const held = known.held.get(pair)
  if (held === undefined) return Verdict.fresh
  return held === value ? Verdict.duplicate : Verdict.correction
}

/** Takes the rows back out of memory: they did not become durable. */
export function forget(memory: StreamMemory, { no, time, value }: Rows, { take }: Judged): void {
  for (const i of take) memory.forget(no[i] as number, time[i] as number, value[i] as number)
}

type Column = Uint32Array | Uint16Array | Float64Array | Float32Array

/** The taken rows of a column. */
export function taken<Kind extends Column>(column: Kind, take: Uint32Array): Kind {
  if (take.length === column.length) return column
  const out = new (column.constructor as new (length: number) => Kind)(take.length)
  for (let i = 0; i < take.length; i++) out[i] = column[take[i] as number] as number
  return out
}
