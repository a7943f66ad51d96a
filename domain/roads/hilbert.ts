/** Place along a Hilbert curve of order 16 over the unit square: near on the curve is near on the ground. */
export function hilbertIndex(x: number, y: number): number {
  let [column, row] = [Math.min(65_535, Math.floor(x * 65_536)), Math.min(65_535, Math.floor(y * 65_536))]
  let index = 0
  for (let side = 32_768; side > 0; side >>= 1) {
    const [right, up] = [(column & side) > 0 ? 1 : 0, (row & side) > 0 ? 1 : 0]
    index = index * 4 + ((3 * right) ^ up)
    if (up === 0) {
      if (right === 1) [column, row] = [65_535 - column, 65_535 - row]
      ;[column, row] = [row, column]
    }
  }
  return index
}
