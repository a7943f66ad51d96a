import type { Camera, Frustum, Object3D } from 'three'

/** Degrees to metres east and north of the scene's origin. */
export type Place = (longitude: number, latitude: number) => [number, number]

/** What the camera shows, for a module that draws by scale. */
export interface SceneView {
  readonly longitude: number
  readonly latitude: number
  readonly zoom: number
  /** Metres on the ground for one CSS px at the middle of the whole picture. */
  readonly metresPerPixel: number
  /** Physical px for one CSS px. */
  readonly pixelRatio: number
  /** The camera of the whole wall, placed; metres of the scene. */
  readonly camera: Camera
  /** What the whole wall can see: a tile loads the same city as its neighbours, for shadows cross the seam. */
  readonly frustum: Frustum
  /** Physical px of one metre that is one metre away, by the picture of the whole wall. */
  readonly focal: number
}

/** One part of the 3D picture. It owns what it allocates and says whether it must be drawn again. */
export interface SceneModule {
  readonly name: string
  readonly object: Object3D
  /** Nothing more is on its way for what the camera shows; absent where nothing ever is. */
  readonly settled?: boolean
  /** Prepares the next picture; true when something of it moved. */
  frame(view: SceneView): boolean
  /** Frees geometries, materials, textures and listeners. */
  dispose(): void
}
