import { Matrix4 } from '@math.gl/core'
import type { WallWindow } from '@/domain/wall/wallLayout'

/** clip' = crop · clip: keeps w, so depth and deck's pixel sizes stay right; maps the window to the whole of clip space. */
export function cropMatrix(window: WallWindow): Matrix4 {
  const scaleX = window.fullWidth / window.width
  const scaleY = window.fullHeight / window.height
  const centreX = (2 * window.x + window.width) / window.fullWidth - 1
  const centreY = 1 - (2 * window.y + window.height) / window.fullHeight
  return new Matrix4([scaleX, 0, 0, 0, 0, scaleY, 0, 0, 0, 0, 1, 0, -scaleX * centreX, -scaleY * centreY, 0, 1])
}
