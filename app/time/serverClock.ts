import type { EpochMillis } from '@/domain/time'
import { epochMillis } from '@/domain/time'
import { machineNow } from './machineClock'

/** How far the server's clock is ahead of this machine's, and how well that is known. Milliseconds. */
export interface ClockOffset {
  readonly offset: number
  readonly roundTrip: number
}

const KEPT = 8

/**
 * Follows the server's clock. Of the last eight exchanges the one with the shortest way counts: its error is at most
 * half of its round trip.
 */
export class ServerClock {
  #samples: ClockOffset[] = []

  /** Takes one exchange: sent and received in this machine's clock, `server` in the server's. */
  take(sent: number, server: number, received: number): void {
    const roundTrip = received - sent
    if (!(roundTrip >= 0)) return
    this.#samples = [...this.#samples.slice(1 - KEPT), { offset: server - (sent + received) / 2, roundTrip }]
  }

  get best(): ClockOffset {
    return this.#samples.reduce((best, sample) => (sample.roundTrip < best.roundTrip ? sample : best), {
      offset: 0,
      roundTrip: Number.POSITIVE_INFINITY,
    })
  }

  /** The server's machine time, epoch ms. */
  now(): EpochMillis {
    return epochMillis(machineNow() + this.best.offset)
  }
}
