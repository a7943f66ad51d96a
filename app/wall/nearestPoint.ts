import type { MapPoints } from '@/app/map2d/drawPoints'
import type { Project } from './MapOverlay'

/** What lies under the pointer: a gauge, a mover or a report, and where it is drawn. CSS px. */
export type Aim =
  | { readonly kind: 'thing'; readonly key: string; readonly x: number; readonly y: number }
  | { readonly kind: 'mover'; readonly no: number; readonly x: number; readonly y: number }
  | { readonly kind: 'report'; readonly id: string; readonly x: number; readonly y: number }

/** How near the pointer must come, em. */
const REACH = 0.75

/** The nearest point within reach; of equals a gauge before a mover before a report. `em` in CSS px. */
export function nearestPoint(
  points: MapPoints,
  project: Project,
  [px, py]: readonly [number, number],
  em: number,
): Aim | undefined {
  let nearest: Aim | undefined
  let best = (REACH * em) ** 2
  const consider = (position: readonly [number, number], aimed: (x: number, y: number) => Aim): void => {
    const [x, y] = project(position)
    const distance = (x - px) ** 2 + (y - py) ** 2
    if (!(distance < best)) return
    best = distance
    nearest = aimed(x, y)
  }
  for (const { key, position } of points.sensors) consider(position, (x, y) => ({ kind: 'thing', key, x, y }))
  for (const { no, position } of points.movers) consider(position, (x, y) => ({ kind: 'mover', no, x, y }))
  for (const { key, position } of points.reports) consider(position, (x, y) => ({ kind: 'report', id: key, x, y }))
  return nearest
}
