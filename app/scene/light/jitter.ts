import type { Matrix4 } from 'three'

/** Part of a pixel, −0.5 to 0.5, of the n-th picture of a rest: Halton, bases 2 and 3; the same on every tile of a wall. */
export const jitterAt = (n: number): readonly [number, number] => [halton(n + 1, 2) - 0.5, halton(n + 1, 3) - 0.5]

function halton(index: number, base: number): number {
  let [result, share, rest] = [0, 1, index]
  while (rest > 0) {
    share /= base
    result += share * (rest % base)
    rest = Math.floor(rest / base)
  }
  return result
}

/** Shifts a projection by parts of a pixel: clip' = T · clip. */
export function shiftProjection(
  projection: Matrix4,
  [x, y]: readonly [number, number],
  size: { readonly width: number; readonly height: number },
): void {
  const e = projection.elements
  for (let column = 0; column < 4; column++) {
    const w = e[column * 4 + 3]!
    e[column * 4] = e[column * 4]! + ((2 * x) / size.width) * w
    e[column * 4 + 1] = e[column * 4 + 1]! + ((2 * y) / size.height) * w
  }
}
