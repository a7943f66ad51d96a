/** How much work the light of a city may cost on this machine. */
export interface Quality {
  /** Side of the shadow maps, px. */
  readonly shadowSize: number
  /** Directions of the dome and of the key; the first has no divisor in common with 13. */
  readonly domeLights: number
  readonly keyLights: number
  /** Pictures with shifted pixels that make one smooth one. */
  readonly pictures: number
  /** While the city streams in or light is added, the canvas is drawn this often. Milliseconds. */
  readonly redrawEvery: number
  /** Px that a tile of buildings may differ from the city before finer ones are asked for. */
  readonly buildingError: number
  /** A tile of ground is split while it is larger than this. Physical px. */
  readonly groundTarget: number
}

/** A graphics card paints the whole look; a processor that paints in its place gets a city within seconds first. */
export const qualities: Readonly<Record<'hardware' | 'software', Quality>> = {
  hardware: {
    shadowSize: 3072,
    domeLights: 34,
    keyLights: 10,
    pictures: 8,
    redrawEvery: 200,
    buildingError: 5,
    groundTarget: 620,
  },
  software: {
    shadowSize: 1280,
    domeLights: 11,
    keyLights: 3,
    pictures: 3,
    redrawEvery: 900,
    buildingError: 14,
    groundTarget: 900,
  },
}

/** A picture that a processor paints; `?light=full` asks it for the whole look nevertheless. */
export function qualityOf(gl: WebGL2RenderingContext): Quality {
  if (new URLSearchParams(window.location.search).get('light') === 'full') return qualities.hardware
  const info = gl.getExtension('WEBGL_debug_renderer_info')
  const name: unknown = info === null ? '' : gl.getParameter(info.UNMASKED_RENDERER_WEBGL)
  return qualities[/swiftshader|llvmpipe|software|basic render/i.test(String(name)) ? 'software' : 'hardware']
}
