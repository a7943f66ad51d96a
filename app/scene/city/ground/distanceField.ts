/**
 * Signed distance to the edge of a mask, in its pixels: negative inside. Exact Euclidean transform after Felzenszwalb and
 * Huttenlocher (2012), with the edge put where the coverage crosses one half.
 * @param mask coverage 0 to 255, row by row
 */
export function distanceField(mask: Uint8Array, width: number, height: number): Float32Array {
  const outside = squared(mask, width, height, (value) => value >= 128)
  const inside = squared(mask, width, height, (value) => value < 128)
  const field = new Float32Array(width * height)
  for (let i = 0; i < field.length; i++) {
    const coverage = mask[i]! / 255
    const partial = coverage > 0.02 && coverage < 0.98
    field[i] = partial ? 0.5 - coverage : Math.sqrt(outside[i]!) - Math.sqrt(inside[i]!) + (coverage < 0.5 ? -0.5 : 0.5)
  }
  return field
}

const FAR = 1e9

/** Squared distance of each pixel to the nearest one that `is` set. */
function squared(mask: Uint8Array, width: number, height: number, is: (value: number) => boolean): Float64Array {
  const grid = new Float64Array(width * height)
  for (let i = 0; i < grid.length; i++) grid[i] = is(mask[i]!) ? 0 : FAR
  const longest = Math.max(width, height)
  const work = { line: new Float64Array(longest), site: new Int32Array(longest), bound: new Float64Array(longest + 1) }
  for (let x = 0; x < width; x++) transform(grid, { start: x, step: width, count: height }, work)
  for (let y = 0; y < height; y++) transform(grid, { start: y * width, step: 1, count: width }, work)
  return grid
}

interface Work {
  readonly line: Float64Array
  readonly site: Int32Array
  readonly bound: Float64Array
}

/** Lower envelope of the parabolas over one row or column, in place. */
function transform(grid: Float64Array, row: { start: number; step: number; count: number }, work: Work): void {
  const { line, site, bound } = work
  const { start, step, count } = row
  for (let i = 0; i < count; i++) line[i] = grid[start + i * step]!
  let last = 0
  site[0] = 0
  bound[0] = Number.NEGATIVE_INFINITY
  bound[1] = Number.POSITIVE_INFINITY
  for (let q = 1; q < count; q++) {
    let cross = meeting(line, q, site[last]!)
    while (cross <= bound[last]!) {
      last -= 1
      cross = meeting(line, q, site[last]!)
    }
    last += 1
    site[last] = q
    bound[last] = cross
    bound[last + 1] = Number.POSITIVE_INFINITY
  }
  let at = 0
  for (let q = 0; q < count; q++) {
    while (bound[at + 1]! < q) at += 1
    const from = site[at]!
    grid[start + q * step] = (q - from) ** 2 + line[from]!
  }
}

const meeting = (line: Float64Array, q: number, p: number): number =>
  (line[q]! + q * q - line[p]! - p * p) / (2 * q - 2 * p)
