import type { Texture } from 'three'
import { Matrix4, Vector2, Vector3 } from 'three'
import { KEY_TOWARD } from './lightSamples'

/** What every lit material of the city reads; one object for all of them, filled by the painter. */
export interface LightUniforms {
  readonly lightMode: { value: number }
  readonly light: { value: Texture | null }
  readonly lightScale: { value: Vector2 }
  readonly resolution: { value: Vector2 }
  readonly keyShadow: { value: Texture | null }
  readonly keyMatrix: { value: Matrix4 }
  readonly keyToward: { value: Vector3 }
  readonly keyOffset: { value: number }
  readonly keyBias: { value: number }
  readonly lastLight: { value: Texture | null }
  readonly lastDepth: { value: Texture | null }
  readonly lastMatrix: { value: Matrix4 }
  readonly hasLast: { value: number }
}

/** While the camera moves: key shadow and the occlusion of the last rest. While it rests: what was added up. */
export const LightMode = { moving: 0, resting: 1 } as const

export const lightUniforms = (): LightUniforms => ({
  lightMode: { value: LightMode.moving },
  light: { value: null },
  lightScale: { value: new Vector2(1, 1) },
  resolution: { value: new Vector2(1, 1) },
  keyShadow: { value: null },
  keyMatrix: { value: new Matrix4() },
  keyToward: { value: new Vector3(...KEY_TOWARD) },
  keyOffset: { value: 1 },
  keyBias: { value: 0.0005 },
  lastLight: { value: null },
  lastDepth: { value: null },
  lastMatrix: { value: new Matrix4() },
  hasLast: { value: 0 },
})

/** `vec2 cityLight(world, normal)`: x share of the dome, y share of the key; an open square has 1 of the dome. */
export const LIT_CHUNK = `
uniform int lightMode;
uniform sampler2D light, keyShadow, lastLight, lastDepth;
uniform vec2 lightScale, resolution;
uniform mat4 keyMatrix, lastMatrix;
uniform vec3 keyToward;
uniform float keyOffset, keyBias, hasLast;
float keyLit(vec3 world, vec3 normal) {
  vec3 c = (keyMatrix * vec4(world + normal * keyOffset, 1.0)).xyz * 0.5 + 0.5;
  if (any(lessThan(c, vec3(0.0))) || any(greaterThan(c, vec3(1.0)))) return 1.0;
  vec2 texel = 1.0 / vec2(textureSize(keyShadow, 0));
  float lit = 0.0;
  for (int i = 0; i < 2; i++) for (int j = 0; j < 2; j++)
    lit += step(c.z - keyBias, texture(keyShadow, c.xy + (vec2(i, j) - 0.5) * texel).r);
  return lit * 0.25;
}
float domeEstimate(vec3 normal) { return mix(0.42, 0.86, normal.z * 0.5 + 0.5); }
float lastDome(vec3 world, vec3 normal) {
  vec4 clip = lastMatrix * vec4(world, 1.0);
  vec3 c = clip.xyz / clip.w * 0.5 + 0.5;
  float guess = domeEstimate(normal);
  if (hasLast < 0.5 || clip.w <= 0.0 || any(lessThan(c.xy, vec2(0.0))) || any(greaterThan(c.xy, vec2(1.0)))) return guess;
  float was = texture(lastDepth, c.xy).r;
  float near = 1.0 - smoothstep(0.0, 1.0, abs(was - c.z) / max(1e-7, (1.0 - c.z) * 0.02));
  return mix(guess, texture(lastLight, c.xy).r, near);
}
vec2 cityLight(vec3 world, vec3 normal) {
  if (lightMode == 1) return texture(light, gl_FragCoord.xy / resolution).rg * lightScale;
  float facing = max(dot(normal, keyToward), 0.0);
  return vec2(lastDome(world, normal), facing > 0.0 ? facing * keyLit(world, normal) : 0.0);
}
`
