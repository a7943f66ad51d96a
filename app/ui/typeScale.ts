/** How a surface is looked at: distance of the farthest seat in metres, pitch of its pixels in millimetres. */
export interface Viewing {
  readonly distance: number
  readonly pitch: number
}

/** Sizes of type in CSS px, as 100 % font size of the face. */
export interface TypeScale {
  readonly clock: number
  readonly title: number
  readonly name: number
  readonly body: number
}

/** Height of a face over its font size: Chinese characters fill theirs, Latin digits stand as high as a capital. */
const CHINESE = 0.92
const DIGIT = 0.727
/** Minutes of arc at the eye. 23′ is the floor for Chinese on a wall: dense strokes need it. */
const ARC = { clock: 48, title: 34, name: 29, body: 23 } as const

const pixels = ({ distance, pitch }: Viewing, arc: number, face: number): number =>
  (2 * distance * 1000 * Math.tan(((arc / 60) * Math.PI) / 360)) / pitch / face

/** The type that can be read from the farthest seat; content that no longer fits is dropped by rank, never shrunk. */
export const typeScale = (viewing: Viewing): TypeScale => ({
  clock: pixels(viewing, ARC.clock, DIGIT),
  title: pixels(viewing, ARC.title, CHINESE),
  name: pixels(viewing, ARC.name, CHINESE),
  body: pixels(viewing, ARC.body, CHINESE),
})

/** Where nobody entered pitch and distance: an LED wall at its hall's depth, else a monitor on a desk, by its width. */
export function usualViewing(width: number): Viewing {
  if (width >= 7000) return { distance: 8, pitch: 1.25 }
  if (width >= 3200) return { distance: 5.1, pitch: 1.25 }
  if (width >= 2400) return { distance: 0.7, pitch: 0.244 }
  return { distance: 0.6, pitch: 0.276 }
}
