import { ShaderMaterial } from 'three'
import type { CityTheme } from '../cityTheme'
import type { ShadeUniforms } from '../shade'
import { SHADE_CHUNK } from '../shade'

const VERTEX = `
attribute float tint;
varying vec3 vWorld, vNormal;
varying float vTint, vRise;
void main() {
  vec4 world = modelMatrix * vec4(position, 1.0);
  vWorld = world.xyz;
  vNormal = normalize(mat3(modelMatrix) * normal);
  vTint = tint;
  vRise = uv.y * 0.1;
  gl_Position = projectionMatrix * viewMatrix * world;
}`

/** Matte walls that vary by building, paler roofs, a line at every floor that fades before it aliases (look.md 6). */
const FRAGMENT = `
${SHADE_CHUNK}
uniform vec3 wallLow, wallHigh, roof;
varying vec3 vWorld, vNormal;
varying float vTint, vRise;
void main() {
  vec3 normal = normalize(vNormal);
  vec3 albedo = mix(wallLow, wallHigh, vTint);
  if (normal.z > 0.5) albedo = mix(roof, albedo, 0.25);
  else {
    float floors = vRise / 3.6, width = fwidth(floors);
    float line = smoothstep(0.30, 0.46, abs(fract(floors) - 0.5));
    albedo *= 1.0 - 0.13 * line * (1.0 - smoothstep(0.25, 0.8, width)) * step(0.5, vRise);
    albedo *= mix(0.90, 1.0, smoothstep(0.0, 12.0, vRise));
  }
  gl_FragColor = vec4(fogged(lit(albedo, cityLight(vWorld, normal)), vWorld), 1.0);
}`

/** One material for all buildings of a city. */
export const buildingMaterial = (shared: ShadeUniforms, theme: CityTheme): ShaderMaterial =>
  new ShaderMaterial({
    uniforms: {
      ...shared,
      wallLow: { value: theme.wallLow },
      wallHigh: { value: theme.wallHigh },
      roof: { value: theme.roof },
    },
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
  })
