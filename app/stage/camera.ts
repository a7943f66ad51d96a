import type { HomeView } from '@/domain/world'

/** One camera for the whole wall: degrees, zoom of web mercator for a wall that is `REFERENCE_HEIGHT` px high. */
export type Camera = Required<HomeView>

/** A view's zoom is meant for a map of this height; a higher map shows the same ground, larger. CSS px. */
export const REFERENCE_HEIGHT = 880

export const zoomForHeight = (zoom: number, height: number): number => zoom + Math.log2(height / REFERENCE_HEIGHT)

export const FLAT_PITCH = 0
const ZOOM_STEP = 0.5
const [MIN_ZOOM, MAX_ZOOM] = [0.5, 20]

/** The same place seen from straight above, north up. */
export const flat = (camera: Camera): Camera => ({ ...camera, pitch: FLAT_PITCH, bearing: 0 })

export const zoomed = (camera: Camera, steps: number): Camera => ({
  ...camera,
  zoom: Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, camera.zoom + steps * ZOOM_STEP)),
})

/** Milliseconds of a camera move; it moves only on command. */
export const MOVE_MS = 900

/** Slow, fast, slow. `x` and the result from 0 to 1. */
export const easeInOut = (x: number): number => (x < 0.5 ? 4 * x ** 3 : 1 - (-2 * x + 2) ** 3 / 2)

/** The camera between two poses; `x` 0 is `from`, 1 is `to`. The bearing takes the shorter way round. */
export function between(from: Camera, to: Camera, x: number): Camera {
  const turn = ((to.bearing - from.bearing + 540) % 360) - 180
  const mix = (key: 'longitude' | 'latitude' | 'zoom' | 'pitch') => from[key] + (to[key] - from[key]) * x
  return {
    longitude: mix('longitude'),
    latitude: mix('latitude'),
    zoom: mix('zoom'),
    pitch: mix('pitch'),
    bearing: from.bearing + turn * x,
  }
}
