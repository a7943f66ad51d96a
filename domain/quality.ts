/**
 * Flags of one Observation, as bits of a UInt16. A flag marks and never drops: an extreme value may be true.
 * 0 is a value that passed every check it could be put to.
 */
export const Quality = {
  outOfRange: 1, // outside the valid range of its contract
  rateOfChange: 2, // changed faster than its contract allows
  stuck: 4, // unchanged for longer than its contract allows
  neighbour: 8, // far from what its neighbours say
  late: 16, // known later than the contract's lateness allows: never raises a live alarm
  correction: 32, // replaces an earlier value of the same phenomenon time
  future: 64, // phenomenon time is ahead of the World's clock
  manual: 128, // entered by a person
  estimated: 256, // the source says it is not measured
  suspect: 512, // the source itself doubts it
} as const
export type QualityFlag = keyof typeof Quality

export const isFlagged = (quality: number, flag: QualityFlag): boolean => (quality & Quality[flag]) !== 0

/** The names of the set flags, in the order of the bits. */
export function qualityFlags(quality: number): QualityFlag[] {
  return (Object.keys(Quality) as QualityFlag[]).filter((flag) => isFlagged(quality, flag))
}
