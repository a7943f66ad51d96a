/** A direction in the scene: east, north, up; of length 1. */
export type Direction = readonly [number, number, number]

/** One of the lights that are added up while the camera rests. */
export interface LightSample {
  /** From the city to the light. */
  readonly toward: Direction
  /** Share in the overcast dome; the dome of an open square sums to 1. */
  readonly dome: number
  /** Share in the soft key; sums to 1 on a face that looks at it. */
  readonly key: number
}

const GOLDEN_ANGLE = 2.399963229728653
/** The lowest light of the dome, as the sine of its height: below it lies the haze. */
const HAZE = 0.06
/** West-south-west, 46° high (look.md 6); radians from east, against the clock. */
const KEY_AZIMUTH = (202.5 * Math.PI) / 180
const KEY_HEIGHT = (46 * Math.PI) / 180
/** How soft the key is: half of its angle, radians. */
const KEY_SPREAD = { azimuth: 0.16, height: 0.13 }

/** The zenith is three times as bright as the horizon. */
const brightness = (sine: number): number => (1 + 2 * sine) / 3

/** The middle of the key light, for the picture while the camera moves. */
export const KEY_TOWARD: Direction = toward(KEY_AZIMUTH, KEY_HEIGHT)

/**
 * The lights of the resting picture: an overcast dome and one soft key. They come so mixed that any beginning of the
 * list already looks like the whole. The number of the dome's shares no divisor with 13.
 */
export function lightSamples(domes: number, keyed: number): readonly LightSample[] {
  const dome = domeLights(domes)
  const keys = keyLights(keyed)
  const order = Array.from({ length: domes }, (_, i) => (i * 13) % domes)
  const every = domes / keyed
  return order.flatMap((at, i) => {
    const withKey = Math.floor((i + 1) / every) > Math.floor(i / every)
    const key = keys[Math.floor(i / every)]
    return withKey && key !== undefined ? [dome[at]!, key] : [dome[at]!]
  })
}

function domeLights(count: number): LightSample[] {
  const sines = Array.from({ length: count }, (_, i) => HAZE + ((1 - HAZE) * (i + 0.5)) / count)
  const open = sines.reduce((sum, sine) => sum + sine * brightness(sine), 0)
  return sines.map((sine, i) => ({
    toward: toward(i * GOLDEN_ANGLE, Math.asin(sine)),
    dome: brightness(sine) / open,
    key: 0,
  }))
}

function keyLights(count: number): LightSample[] {
  return Array.from({ length: count }, (_, i) => {
    const radius = Math.sqrt(i / count)
    const azimuth = KEY_AZIMUTH + KEY_SPREAD.azimuth * radius * Math.sin(i * GOLDEN_ANGLE)
    const height = KEY_HEIGHT + KEY_SPREAD.height * radius * Math.cos(i * GOLDEN_ANGLE)
    return { toward: toward(azimuth, height), dome: 0, key: 1 / count }
  })
}

function toward(azimuth: number, height: number): Direction {
  return [Math.cos(height) * Math.cos(azimuth), Math.cos(height) * Math.sin(azimuth), Math.sin(height)]
}
