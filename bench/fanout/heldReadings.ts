import * as msgpack from 'socket.io-msgpack-parser'
import type { Delta } from '@/domain/fold/delta'
import { PictureStore } from '@/domain/fold/picture'
import { unpackReadings } from '@/domain/fold/wireColumns'
import type { Sabotage } from '../report'

/** Value by stream number. */
export type Readings = Map<number, number>

const scratch = new PictureStore()

/** The readings of a packed delta, unpacked as the product's screens unpack them. Empty when it carries none. */
export function readingsOf(packet: Uint8Array): Readings {
  const readings: Readings = new Map()
  const decoder = new msgpack.Decoder()
  decoder.on('decoded', ({ data }: { data: readonly [string, Delta] }) => {
    const [name, { body }] = data
    if (name !== 'delta' || body.channel !== 'readings') return
    unpackReadings(scratch, body.rows)
    for (const no of scratch.changed.readings.take()) readings.set(no, scratch.readings.value[no]!)
  })
  decoder.add(packet)
  return readings
}

/** What a screen shows of each stream; NaN where it was told nothing. */
export class HeldReadings {
  readonly #values: Float64Array

  constructor(streams: number) {
    this.#values = new Float64Array(streams).fill(Number.NaN)
  }

  put(readings: Readings): void {
    for (const [no, value] of readings) this.#values[no] = value
  }

  equals(sent: readonly number[]): boolean {
    return sent.every((value, no) => this.#values[no] === value)
  }
}

/** How often a screen takes a delta that was harmed on its way; an altered one has a wrong value for `stream`. */
export function harmed(readings: Readings, stream: number, how: Sabotage): number {
  if (how === 'alter') readings.set(stream, (readings.get(stream) ?? 0) + 1)
  return { drop: 0, double: 2, alter: 1 }[how]
}
