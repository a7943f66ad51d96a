import type { ColorRepresentation } from 'three'
import { LineSegments2 } from 'three/addons/lines/LineSegments2.js'
import { LineSegmentsGeometry } from 'three/addons/lines/LineSegmentsGeometry.js'
import { LineMaterial } from 'three/addons/lines/LineMaterial.js'

/** Local metres east and north. */
export type Metres2 = readonly [number, number]

/** What lies on the ground is drawn by rank, not by depth: it is one plane. Bottom to top. */
export const GroundRank = { land: 0, grid: 1, water: 2, bank: 3, street: 4, road: 5, district: 6, coast: 7 } as const

export interface LineStyle {
  readonly color: ColorRepresentation
  /** CSS px. */
  readonly width: number
  readonly opacity?: number
  readonly rank: number
}

/** Lines of one style in one draw call. The owner sets the pixel ratio each frame and disposes it. */
export class GroundLines {
  readonly object: LineSegments2
  readonly #material: LineMaterial
  readonly #width: number

  constructor(style: LineStyle) {
    this.#width = style.width
    this.#material = new LineMaterial({
      color: style.color,
      linewidth: style.width,
      transparent: true,
      opacity: style.opacity ?? 1,
      depthTest: false,
      depthWrite: false,
    })
    this.object = new LineSegments2(new LineSegmentsGeometry(), this.#material)
    this.object.frustumCulled = false
    this.object.renderOrder = style.rank
    this.object.visible = false
  }

  /** Replaces all lines. */
  set(lines: Iterable<readonly Metres2[]>): void {
    const positions: number[] = []
    for (const line of lines)
      for (let i = 1; i < line.length; i++) {
        const [from, to] = [line[i - 1]!, line[i]!]
        positions.push(from[0], from[1], 0, to[0], to[1], 0)
      }
    this.object.visible = positions.length > 0
    if (positions.length === 0) return
    this.object.geometry.dispose()
    this.object.geometry = new LineSegmentsGeometry().setPositions(positions)
  }

  /** Physical px for one CSS px. */
  scale(pixelRatio: number): void {
    this.#material.linewidth = this.#width * pixelRatio
  }

  dispose(): void {
    this.object.geometry.dispose()
    this.#material.dispose()
  }
}
