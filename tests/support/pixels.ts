import { PNG } from 'pngjs'

export type Rgb = readonly [number, number, number]

/** Decoded picture of a page. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly data: Buffer
}

/** A pixel, from the top left. */
export interface Place {
  readonly x: number
  readonly y: number
}

export const decodePng = (bytes: Buffer): Picture => PNG.sync.read(bytes)

export const isColor = ({ width, data }: Picture, { x, y }: Place, [r, g, b]: Rgb, tolerance = 24): boolean => {
  const at = (y * width + x) * 4
  return (
    Math.abs(data[at]! - r) <= tolerance &&
    Math.abs(data[at + 1]! - g) <= tolerance &&
    Math.abs(data[at + 2]! - b) <= tolerance
  )
}

/** Centres of the connected spots of a colour that have at least `least` pixels. */
export function spotsOf(picture: Picture, color: Rgb, least = 20): Place[] {
  const seen = new Uint8Array(picture.width * picture.height)
  const spots: Place[] = []
  for (let start = 0; start < seen.length; start++) {
    const spot = fill(picture, color, seen, start)
    if (spot.length < least) continue
    const sum = spot.reduce(
      (total, at) => ({ x: total.x + (at % picture.width), y: total.y + Math.floor(at / picture.width) }),
      { x: 0, y: 0 },
    )
    spots.push({ x: sum.x / spot.length, y: sum.y / spot.length })
  }
  return spots
}

function fill(picture: Picture, color: Rgb, seen: Uint8Array, start: number): number[] {
  const { width, height } = picture
  const spot: number[] = []
  const open = [start]
  while (open.length > 0) {
    const at = open.pop()!
    const [x, y] = [at % width, Math.floor(at / width)]
    if (seen[at] === 1 || !isColor(picture, { x, y }, color)) continue
    seen[at] = 1
    spot.push(at)
    if (x > 0) open.push(at - 1)
    if (x < width - 1) open.push(at + 1)
    if (y > 0) open.push(at - width)
    if (y < height - 1) open.push(at + width)
  }
  return spot
}

/** Does a colour lie within `radius` pixels of a place? */
export function isNear(picture: Picture, place: Place, color: Rgb, radius: number): boolean {
  for (let dy = -radius; dy <= radius; dy++)
    for (let dx = -radius; dx <= radius; dx++) {
      const [x, y] = [Math.round(place.x + dx), Math.round(place.y + dy)]
      if (x < 0 || y < 0 || x >= picture.width || y >= picture.height) continue
      if (isColor(picture, { x, y }, color)) return true
    }
  return false
}
