import { epochMillis } from '@/domain/time'
import type { EpochMillis } from '@/domain/time'

const ORIGIN = Date.UTC(2020, 0, 1)

/**
 * Version of a row in the latest tables: the leader's epoch above 40 bits of milliseconds since 2020. A later term wins
 * over an earlier one whatever their clocks say, and the moment can be read back.
 */
export const latestVersion = (epoch: number, at: EpochMillis): bigint =>
  (BigInt(epoch) << 40n) + BigInt(Math.max(0, Math.trunc(at - ORIGIN)))

/** Machine time of the write. */
export const writtenAt = (version: bigint): EpochMillis => epochMillis(Number(version & 0xff_ffff_ffffn) + ORIGIN)
