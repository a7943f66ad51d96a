import type { Degrees } from '../city/cityModel'
import { metresPerDegree } from '../geodesy/metresPerDegree'
import { UNITS_PER_DEGREE } from './roadGraph'

/** Stretches in the order of their roads, before nodes have their final numbers. */
export class StretchList {
  readonly from: number[] = []
  readonly to: number[] = []
  readonly road: number[] = []
  readonly metres: number[] = []
  readonly firstVertex: number[] = [0]
  readonly vertexLongitude: number[] = []
  readonly vertexLatitude: number[] = []
  empty = 0

  add(index: number, piece: { readonly from: number; readonly to: number; readonly line: Degrees }): void {
    const { from, to, line } = piece
    const metres = lengthOf(line)
    if (metres === 0 && from === to) {
      this.empty++
      return
    }
    this.from.push(from)
    this.to.push(to)
    this.road.push(index)
    this.metres.push(metres)
    for (let i = 0; i < line.length; i += 2) {
      if (i > 0 && i < line.length - 2 && line[i] === line[i - 2] && line[i + 1] === line[i - 1]) continue
      this.vertexLongitude.push(Math.round(line[i]! * UNITS_PER_DEGREE))
      this.vertexLatitude.push(Math.round(line[i + 1]! * UNITS_PER_DEGREE))
    }
    this.firstVertex.push(this.vertexLongitude.length)
  }
}

function lengthOf(line: Degrees): number {
  let metres = 0
  for (let i = 2; i < line.length; i += 2) {
    const scale = metresPerDegree((line[i + 1]! + line[i - 1]!) / 2)
    metres += Math.hypot((line[i]! - line[i - 2]!) * scale.longitude, (line[i + 1]! - line[i - 1]!) * scale.latitude)
  }
  return metres
}
