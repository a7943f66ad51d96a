import type { IUniform } from 'three'
import { Vector2, Vector3 } from 'three'
import type { LightUniforms } from '../light/litChunk'
import { LIT_CHUNK } from '../light/litChunk'
import type { CityTheme } from './cityTheme'

/** What all materials of one city share. */
export interface ShadeUniforms extends Record<string, IUniform> {
  readonly background: { value: Vector3 }
  readonly fogRange: { value: Vector2 }
  readonly weights: { value: Vector3 }
}

/** Fog begins and ends at these multiples of the distance from the camera to what it looks at (look.md 6). */
const FOG = [1.13, 2.0] as const

export function shadeUniforms(theme: CityTheme, light: LightUniforms): ShadeUniforms {
  return {
    ...(light as unknown as Record<string, IUniform>),
    background: { value: theme.background },
    fogRange: { value: new Vector2(1e6, 2e6) },
    weights: { value: new Vector3(theme.dome, theme.key, theme.light) },
  }
}

/** @param distance metres from the camera to the middle of the picture */
export const setFog = (uniforms: ShadeUniforms, distance: number): void => {
  uniforms.fogRange.value.set(FOG[0] * distance, FOG[1] * distance)
}

/** `vec3 shade(albedo, world, normal)`: matte clay under the light, fading into the background. */
export const SHADE_CHUNK = `
${LIT_CHUNK}
uniform vec3 background, weights;
uniform vec2 fogRange;
vec3 lit(vec3 albedo, vec2 light) {
  float sum = weights.x * light.x + weights.y * light.y;
  return weights.z > 0.5 ? albedo * (1.0 - 0.78 * (1.0 - min(1.06, 0.30 + 0.62 * sum))) : albedo * sum;
}
vec3 fogged(vec3 color, vec3 world) {
  return mix(color, background, smoothstep(fogRange.x, fogRange.y, length(cameraPosition - world)));
}
`
