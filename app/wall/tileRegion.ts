import type { Box } from '@/app/labels/solveLabels'
import type { WallLayout, WallWindow } from '@/domain/wall/wallLayout'
import { BEZEL_KEEP, windowOfTile } from '@/domain/wall/wallLayout'
import type { Area } from './wallLayout'

/** The part of an area that a tile shows, in the area's own px; undefined where the tile shows none of it. */
export function regionOf(area: Area, window: WallWindow | undefined): WallWindow | undefined {
  const full = { fullWidth: area.width, fullHeight: area.height }
  if (window === undefined) return { ...full, x: 0, y: 0, width: area.width, height: area.height }
  const [x, right] = overlap(area.left, area.width, window.x, window.width)
  const [y, bottom] = overlap(area.top, area.height, window.y, window.height)
  return right <= x || bottom <= y ? undefined : { ...full, x, y, width: right - x, height: bottom - y }
}

function overlap(start: number, length: number, from: number, size: number): [number, number] {
  return [Math.max(0, from - start), Math.min(length, from + size - start)]
}

/** The bezels over an area, each with the strip beside it that no text may stand in; the area's own px. */
export function bezelBoxes(area: Area, layout: WallLayout | undefined): Box[] {
  if (layout === undefined) return []
  const { columns, rows, bezelX, bezelY } = layout
  const strips: Box[] = []
  for (let column = 2; bezelX > 0 && column <= columns; column++) {
    const left = windowOfTile(layout, column, 1).x - bezelX - BEZEL_KEEP - area.left
    strips.push({ left, top: 0, width: bezelX + 2 * BEZEL_KEEP, height: area.height })
  }
  for (let row = 2; bezelY > 0 && row <= rows; row++) {
    const top = windowOfTile(layout, 1, row).y - bezelY - BEZEL_KEEP - area.top
    strips.push({ left: 0, top, width: area.width, height: bezelY + 2 * BEZEL_KEEP })
  }
  return strips
}
