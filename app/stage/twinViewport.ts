import type { MapViewState } from '@deck.gl/core'
import { MapController, View, Viewport, WebMercatorViewport } from '@deck.gl/core'
import { getDistanceScales } from '@math.gl/web-mercator'
import type { Camera } from './camera'
import type { WallWindow } from '@/domain/wall/wallLayout'
import { cropMatrix } from './wallCrop'

/** Depth range in metres, apart from the zoom: with 24 bits, roads lie half a metre above the ground. */
const NEAR = 2

export interface TwinViewportOptions extends Camera {
  readonly id?: string
  readonly x?: number
  readonly y?: number
  readonly width: number
  readonly height: number
  readonly position?: number[]
  /** The window of this screen in the wall; the whole picture when absent. */
  readonly window?: WallWindow
}

/** A deck viewport that carries the view of the whole wall and a projection cropped to one screen of it. */
export class TwinViewport extends Viewport {
  readonly longitude: number
  readonly latitude: number
  readonly pitch: number
  readonly bearing: number
  /** The whole wall: labels, level of detail and shadows are decided by it, never by one tile. */
  readonly full: WebMercatorViewport

  constructor(options: TwinViewportOptions) {
    const { window, ...view } = options
    const { longitude, latitude, zoom, width, height } = view
    const seen = window ?? { fullWidth: width, fullHeight: height, x: 0, y: 0, width, height }
    const metresPerUnit = getDistanceScales({ longitude, latitude }).metersPerUnit[2] ?? 1
    const metresPerHeight = (seen.fullHeight / 2 ** zoom) * metresPerUnit
    const full = new WebMercatorViewport({
      ...view,
      width: seen.fullWidth,
      height: seen.fullHeight,
      nearZ: Math.min(0.1, Math.max(0.001, NEAR / metresPerHeight)),
      farZ: farInHeights(view.pitch),
    })
    super({
      id: options.id ?? 'twin',
      x: options.x ?? 0,
      y: options.y ?? 0,
      width,
      height,
      longitude,
      latitude,
      zoom,
      distanceScales: full.distanceScales,
      focalDistance: full.focalDistance,
      viewMatrix: full.viewMatrixUncentered,
      projectionMatrix: cropMatrix(seen).multiplyRight(full.projectionMatrix),
    })
    this.longitude = longitude
    this.latitude = latitude
    this.pitch = view.pitch
    this.bearing = view.bearing
    this.full = full
  }

  // deck calls these from the base constructor, before `full` exists.
  override projectPosition(xyz: number[]): [number, number, number] {
    return (this.full as WebMercatorViewport | undefined)?.projectPosition(xyz) ?? super.projectPosition(xyz)
  }

  override unprojectPosition(xyz: number[]): [number, number, number] {
    return (this.full as WebMercatorViewport | undefined)?.unprojectPosition(xyz) ?? super.unprojectPosition(xyz)
  }
}

/** The far plane in heights of the picture: the steeper the view, the farther the ground goes on. */
const farInHeights = (pitch: number): number => 4 / Math.max(0.12, Math.cos((pitch * Math.PI) / 180))

/** What the stage hands to deck as view state. */
export type TwinViewState = Camera & MapViewState & { readonly window?: WallWindow }

export class TwinView extends View<TwinViewState> {
  static displayName = 'TwinView'
  override getViewportType() {
    return TwinViewport as never
  }
  override get ControllerType() {
    return MapController as never
  }
}
