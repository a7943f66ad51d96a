import type { LocalSquare } from '../mercatorTile'
import { POSTS } from './groundAnswer'

export const holds = ({ west, south, size }: LocalSquare, east: number, north: number): boolean =>
  east >= west && east <= west + size && north >= south && north <= south + size

/** Height between the posts of a tile, orthometric metres. */
export function heightIn(
  { square, heights }: { readonly square: LocalSquare; readonly heights: Float32Array },
  east: number,
  north: number,
): number {
  const x = Math.min(POSTS - 1e-6, Math.max(0, ((east - square.west) / square.size) * POSTS))
  const y = Math.min(POSTS - 1e-6, Math.max(0, (1 - (north - square.south) / square.size) * POSTS))
  const [column, row] = [Math.floor(x), Math.floor(y)]
  const [u, v] = [x - column, y - row]
  const at = (dx: number, dy: number): number => heights[(row + dy) * (POSTS + 1) + column + dx]!
  return (at(0, 0) * (1 - u) + at(1, 0) * u) * (1 - v) + (at(0, 1) * (1 - u) + at(1, 1) * u) * v
}
