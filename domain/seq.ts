/**
 * Total order of the segment log: `seq = (epoch << 40) + offset`. An epoch is one opening of one log,
 * an offset counts the rows in it. Kept as two numbers in hot paths because 2^53 ends at epoch 8192.
 */
export interface Seq {
  readonly epoch: number
  readonly offset: number
}

export const OFFSET_LIMIT = 2 ** 40
export const EPOCH_LIMIT = 2 ** 24

/** The UInt64 stored in ClickHouse. */
export function packSeq({ epoch, offset }: Seq): bigint {
  if (!(epoch >= 0 && epoch < EPOCH_LIMIT))
    throw new RangeError(`Log epoch must be 0 to ${EPOCH_LIMIT - 1}, got ${epoch}.`)
  if (!(offset >= 0 && offset < OFFSET_LIMIT)) throw new RangeError(`Log offset must be below 2^40, got ${offset}.`)
  return (BigInt(epoch) << 40n) + BigInt(offset)
}

/** Negative when `a` was recorded before `b`. */
export const compareSeq = (a: Seq, b: Seq): number => a.epoch - b.epoch || a.offset - b.offset
