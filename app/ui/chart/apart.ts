/**
 * Places for labels that stand one above the other: each as near to where it wants to be as the distance between
 * neighbours allows, in the order of what they want. Same length and order as `wanted`.
 */
export function apart(wanted: readonly number[], distance: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b)
  // Runs of labels that touch are one block around the mean of their wishes.
  const blocks: { members: number[]; middle: number }[] = []
  for (const i of order) {
    blocks.push({ members: [i], middle: wanted[i]! })
    while (blocks.length > 1 && touches(blocks.at(-2)!, blocks.at(-1)!, distance)) {
      const [upper, lower] = blocks.splice(-2)
      const members = [...upper!.members, ...lower!.members]
      blocks.push({ members, middle: members.reduce((sum, one) => sum + wanted[one]!, 0) / members.length })
    }
  }
  const placed = [...wanted]
  for (const { members, middle } of blocks)
    members.forEach((one, rank) => (placed[one] = middle + (rank - (members.length - 1) / 2) * distance))
  return placed
}

interface Block {
  readonly members: readonly number[]
  readonly middle: number
}

const touches = (upper: Block, lower: Block, distance: number): boolean =>
  lower.middle - upper.middle < ((upper.members.length + lower.members.length) / 2) * distance
