import type { EngineStart } from '../engine'
import { QUANTA } from '../layout'
import type { Water } from './faces'

const { fround } = Math

interface RecordOrder {
  readonly start: EngineStart
  readonly views: { water: Water; flowX: Float32Array; flowY: Float32Array; width: number }
  readonly record: { peak: Int32Array; arrival: Float32Array; duration: Float32Array; speed: Float32Array }
  readonly since: number
  readonly until: number
}

/** Peak depth and speed, arrival and duration above the record line, of one row at the end of an interval. */
export function recordRow(j: number, { start, views, record, since, until }: RecordOrder): void {
  const { columns, recordLine, scheme } = start
  const dry = Math.trunc(scheme.dryDepth * QUANTA)
  const { water, flowX, flowY, width } = views
  for (let i = 0; i < columns; i++) {
    const cell = j * columns + i
    const p = (j + 1) * width + i + 1
    const depth = water.depth[p]!
    record.peak[cell] = Math.max(record.peak[cell]!, depth)
    if (depth >= recordLine) {
      if (record.arrival[cell] === 0) record.arrival[cell] = until
      record.duration[cell]! += fround(until - since)
    }
    if (depth <= dry) continue
    const u = fround(fround(flowX[p]! + flowX[p - 1]!) * 0.5)
    const v = fround(fround(flowY[p]! + flowY[p - width]!) * 0.5)
    const q = fround(Math.sqrt(fround(fround(u * u) + fround(v * v))))
    const speed = fround(fround(q * QUANTA) / fround(depth))
    if (speed > record.speed[cell]!) record.speed[cell] = speed
  }
}
