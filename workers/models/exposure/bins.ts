const BINS = 10

/**
 * People per intensity 1 to 10: bin k covers k - 0.5 to below k + 0.5 (PAGER); below 0.5 counts as 1, above as 10.
 * @throws RangeError when the lists differ in length or a number is not finite.
 */
export function mmiBins(mmi: readonly number[], people: readonly number[]): number[] {
  if (mmi.length !== people.length) throw new RangeError(`${mmi.length} intensities for ${people.length} counts.`)
  const bins = new Array<number>(BINS).fill(0)
  for (const [i, intensity] of mmi.entries()) {
    const count = people[i]!
    if (!Number.isFinite(intensity) || !Number.isFinite(count))
      throw new RangeError(`Cell ${i} has intensity ${intensity} and ${count} people.`)
    const bin = Math.min(BINS, Math.max(1, Math.floor(intensity + 0.5)))
    bins[bin - 1]! += count
  }
  return bins
}
