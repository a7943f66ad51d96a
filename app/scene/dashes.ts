import type { Metres2 } from './groundLines'

/** Cuts a line into the strokes of a pattern: lengths in metres, stroke and gap in turn. */
export function dashed(line: readonly Metres2[], pattern: readonly number[]): Metres2[][] {
  const strokes: Metres2[][] = []
  let [part, left, stroke]: [number, number, Metres2[]] = [0, pattern[0]!, []]
  for (let i = 1; i < line.length; i++) {
    let from = line[i - 1]!
    const to = line[i]!
    for (;;) {
      const length = Math.hypot(to[0] - from[0], to[1] - from[1])
      const drawing = part % 2 === 0
      if (drawing && stroke.length === 0) stroke.push(from)
      if (length < left) {
        left -= length
        if (drawing && length > 0) stroke.push(to)
        break
      }
      from = [from[0] + ((to[0] - from[0]) * left) / length, from[1] + ((to[1] - from[1]) * left) / length]
      if (drawing) strokes.push([...stroke, from])
      stroke = []
      part = (part + 1) % pattern.length
      left = pattern[part]!
    }
  }
  if (stroke.length > 1) strokes.push(stroke)
  return strokes
}
