import type { DataTexture, IUniform, Texture } from 'three'
import type { Vector4 } from 'three'
import { ShaderMaterial, Vector3 } from 'three'
import type { CityTheme } from '../cityTheme'
import type { ShadeUniforms } from '../shade'
import { SHADE_CHUNK } from '../shade'
import { SHORE_STEP } from './groundAnswer'

const VERTEX = `
varying vec3 vWorld, vNormal;
varying vec2 vUv;
void main() {
  vec4 world = modelMatrix * vec4(position, 1.0);
  vWorld = world.xyz;
  vNormal = normal;
  vUv = uv;
  gl_Position = projectionMatrix * viewMatrix * world;
}`

/** Contour lines every 25 m, each fourth stronger; engraved lines 16, 40, 76 and 124 m from the bank (look.md 6). */
const FRAGMENT = `
${SHADE_CHUNK}
uniform sampler2D picture, water, shore;
uniform vec3 shoreWindow, hill, waterLow, waterHigh;
uniform float baseHeight, hasShore;
uniform vec4 edges;
varying vec3 vWorld, vNormal;
varying vec2 vUv;
float isoline(float value, float width) {
  return 1.0 - smoothstep(0.0, 1.3 * width, abs(fract(value + 0.5) - 0.5));
}
vec3 contoured(vec3 albedo, float height) {
  float value = height / 25.0, width = fwidth(value);
  float major = step(abs(mod(floor(value + 0.5), 4.0)), 0.5);
  float strength = isoline(value, width) * (0.30 + 0.45 * major) * (1.0 - smoothstep(0.18, 0.55, width));
  return mix(albedo, albedo * (weights.z > 0.5 ? 0.86 : 1.28), strength);
}
void main() {
  vec3 normal = normalize(vNormal);
  vec2 light = cityLight(vWorld, normal);
  float steep = smoothstep(0.03, 0.22, 1.0 - normal.z);
  vec3 albedo = mix(texture(picture, vUv).rgb, hill, steep * 0.75);
  float slope = smoothstep(0.0006, 0.006, 1.0 - normal.z);
  vec3 color = lit(mix(albedo, contoured(albedo, vWorld.z + baseHeight), slope), light);
  float wet = texture(water, vUv).r, edge = clamp(fwidth(wet), 0.02, 0.5);
  float inside = smoothstep(0.5 - edge, 0.5 + edge, wet);
  if (inside > 0.0) {
    vec3 toCamera = normalize(cameraPosition - vWorld);
    float glance = pow(1.0 - max(toCamera.z, 0.0), 1.5);
    vec3 body = mix(waterLow, waterHigh, clamp(glance * 0.85, 0.0, 1.0)) * mix(1.0, min(1.1, 0.5 + 0.5 * light.x), 0.7);
    if (hasShore > 0.5) {
      float far = (128.0 / 255.0 - texture(shore, shoreWindow.xy + vUv * shoreWindow.z).r) * 255.0 * ${SHORE_STEP}.0;
      float width = fwidth(far), lines = 0.0;
      float at[4] = float[4](16.0, 40.0, 76.0, 124.0);
      for (int i = 0; i < 4; i++)
        lines += (1.0 - smoothstep(width * 0.6, width * 1.5, abs(far - at[i]))) * (0.34 - 0.075 * float(i));
      lines *= 1.0 - smoothstep(8.0, 24.0, width);
      body = mix(body, body * (weights.z > 0.5 ? 0.8 : 1.55), lines * 0.8);
    }
    color = mix(color, body, inside);
  }
  float bank = 1.0 - smoothstep(0.0, 0.42, abs(wet - 0.5));
  color = mix(color, weights.z > 0.5 ? color * 0.72 : color * 1.5 + 0.03, bank * 0.4);
  vec2 beyond = max(max(edges.xy - vWorld.xy, vWorld.xy - edges.zw), 0.0);
  float kept = 1.0 - smoothstep(0.0, 1200.0, length(beyond));
  gl_FragColor = vec4(mix(background, fogged(color, vWorld), kept), 1.0);
}`

export interface GroundTextures {
  readonly picture: Texture
  readonly water: DataTexture
}

/** Material of one tile, which fades beyond the city's `edges` (west, south, east, north, metres of the scene); the program, the light and the theme are shared by all. */
export function groundMaterial(
  shared: ShadeUniforms,
  theme: CityTheme,
  { picture, water }: GroundTextures,
  { base, edges }: { readonly base: number; readonly edges: Vector4 },
): ShaderMaterial {
  const own: Record<string, IUniform> = {
    picture: { value: picture },
    water: { value: water },
    shore: { value: water },
    shoreWindow: { value: new Vector3(0, 0, 1) },
    hasShore: { value: 0 },
    hill: { value: theme.hill },
    waterLow: { value: theme.water },
    waterHigh: { value: theme.waterHigh },
    baseHeight: { value: base },
    edges: { value: edges },
  }
  return new ShaderMaterial({ uniforms: { ...shared, ...own }, vertexShader: VERTEX, fragmentShader: FRAGMENT })
}

/** Gives a tile the distance to the bank, once it is known. */
export function setShore(
  material: ShaderMaterial,
  shore: Texture,
  window: { x: number; y: number; size: number },
): void {
  const { uniforms } = material
  uniforms['shore']!.value = shore
  ;(uniforms['shoreWindow']!.value as Vector3).set(window.x, window.y, window.size)
  uniforms['hasShore']!.value = 1
}
