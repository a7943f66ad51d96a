import type { Camera as ThreeCamera } from 'three'
import { Frustum, Matrix4 } from 'three'
import type { ShadowFit } from '@/app/scene/light/shadowView'
import type { SceneView } from '@/app/scene/sceneModule'
import type { Camera } from './camera'
import type { LocalFrame } from './localFrame'
import type { TwinViewport } from './twinViewport'

/** Where the camera stands, in degrees and in the scene. */
export interface Pose {
  readonly camera: Camera
  readonly placed: ThreeCamera
  readonly frame: LocalFrame
  /** Physical px of the canvas of this screen, from left to right. */
  readonly pixels: number
}

/** Radius of the shadowed ground as a share of the picture's diagonal, and how far it lies ahead when the view is flat. */
const [SHADOW_REACH, SHADOW_AHEAD] = [0.62, 0.25] as const

/** The ground whose shadows are seen, by the view of the whole wall: each tile of it casts the same ones. */
export function shadowFit({ camera, frame }: Pose, { full }: TwinViewport): ShadowFit {
  const [east, north] = frame.toLocal(camera.longitude, camera.latitude)
  const radius = SHADOW_REACH * metresPerPixelOf(camera, frame) * Math.hypot(full.width, full.height)
  const ahead = Math.sin((camera.pitch * Math.PI) / 180) * SHADOW_AHEAD * radius
  const turn = (camera.bearing * Math.PI) / 180
  return { east: east + Math.sin(turn) * ahead, north: north + Math.cos(turn) * ahead, up: 0, radius }
}

/** What the modules of the scene are told about the next picture. */
export function sceneView({ camera, placed, frame, pixels }: Pose, viewport: TwinViewport): SceneView {
  const { longitude, latitude, zoom } = camera
  const pixelRatio = pixels / viewport.width
  const seen = new Matrix4().multiplyMatrices(placed.projectionMatrix, placed.matrixWorldInverse)
  return {
    ...{ longitude, latitude, zoom, pixelRatio, camera: placed },
    metresPerPixel: metresPerPixelOf(camera, frame),
    frustum: new Frustum().setFromProjectionMatrix(seen),
    focal: (viewport.full.projectionMatrix[5]! * viewport.full.height * pixelRatio) / 2,
  }
}

const metresPerPixelOf = ({ zoom }: Camera, frame: LocalFrame): number => 1 / (frame.unitsPerMetre * 2 ** zoom)
