import type { Camera, Scene, Texture, WebGLRenderer } from 'three'
import {
  AddEquation,
  CustomBlending,
  DepthTexture,
  DoubleSide,
  HalfFloatType,
  LinearFilter,
  Matrix4,
  MeshBasicMaterial,
  NearestFilter,
  OneFactor,
  OrthographicCamera,
  ShaderMaterial,
  UnsignedIntType,
  Vector2,
  Vector3,
  WebGLRenderTarget,
} from 'three'
import { FULL_SCREEN_VERTEX, FullScreen } from './fullScreen'
import type { Direction, LightSample } from './lightSamples'
import type { ShadowFit } from './shadowView'
import { depthOf, shadowCamera } from './shadowView'

const SAMPLE_VERTEX = `
uniform mat4 lightMatrix;
uniform float offset;
varying vec3 vNormal;
varying vec4 vLight;
void main() {
  vec3 normalWorld = normalize(mat3(modelMatrix) * normal);
  vec4 world = modelMatrix * vec4(position, 1.0);
  vNormal = normalWorld;
  vLight = lightMatrix * vec4(world.xyz + normalWorld * offset, 1.0);
  gl_Position = projectionMatrix * viewMatrix * world;
}`
const SAMPLE_FRAGMENT = `
uniform sampler2D shadow;
uniform vec3 toward;
uniform vec2 weight;
uniform float bias;
varying vec3 vNormal;
varying vec4 vLight;
void main() {
  vec3 c = vLight.xyz * 0.5 + 0.5;
  float facing = max(dot(normalize(vNormal), toward), 0.0);
  float lit = 1.0;
  if (all(greaterThanEqual(c, vec3(0.0))) && all(lessThanEqual(c, vec3(1.0)))) {
    vec2 texel = 1.0 / vec2(textureSize(shadow, 0));
    lit = 0.0;
    for (int i = 0; i < 2; i++) for (int j = 0; j < 2; j++)
      lit += step(c.z - bias, texture(shadow, c.xy + (vec2(i, j) - 0.5) * texel).r);
    lit *= 0.25;
  }
  gl_FragColor = vec4(lit * facing * weight, 0.0, 1.0);
}`
const ADD_FRAGMENT = `uniform sampler2D picture; uniform float share; varying vec2 vUv;
void main() { gl_FragColor = texture(picture, vUv) * share; }`

/** Metres between a face and its own shadow map: less shows moiré, more lights the foot of a wall. */
const BIAS = 1.2

/** One target with depth that shadows are taken into. */
const shadowTarget = (size: number): WebGLRenderTarget => {
  const depthTexture = new DepthTexture(size, size, UnsignedIntType)
  depthTexture.minFilter = depthTexture.magFilter = NearestFilter
  return new WebGLRenderTarget(size, size, { depthTexture, depthBuffer: true })
}

/** Adds lights up, one direction at a time, in the space of the picture. */
export class LightPass {
  readonly keyMatrix = new Matrix4()
  readonly #shadow: WebGLRenderTarget
  readonly #key: WebGLRenderTarget
  readonly #sample = new WebGLRenderTarget(1, 1, { type: HalfFloatType, depthBuffer: true })
  readonly #camera = new OrthographicCamera()
  readonly #depthOnly = new MeshBasicMaterial({ side: DoubleSide, colorWrite: false })
  readonly #material: ShaderMaterial
  readonly #adding: ShaderMaterial
  readonly #add: FullScreen

  constructor(shadowSize: number) {
    this.#shadow = shadowTarget(shadowSize)
    this.#key = shadowTarget(shadowSize)
    this.#material = new ShaderMaterial({
      side: DoubleSide,
      vertexShader: SAMPLE_VERTEX,
      fragmentShader: SAMPLE_FRAGMENT,
      uniforms: {
        lightMatrix: { value: new Matrix4() },
        shadow: { value: this.#shadow.depthTexture },
        toward: { value: new Vector3() },
        weight: { value: new Vector2() },
        offset: { value: 1 },
        bias: { value: 0 },
      },
    })
    this.#adding = addingMaterial(this.#sample.texture)
    this.#add = new FullScreen(this.#adding)
  }

  get keyShadow(): Texture | null {
    return this.#key.depthTexture
  }

  /** Metres of a texel of the shadow map, along the normal: keeps faces out of their own shadow. */
  offset(fit: ShadowFit): number {
    return Math.max(0.4, (1.5 * 2 * fit.radius) / this.#shadow.width)
  }

  bias(fit: ShadowFit): number {
    return depthOf(BIAS, fit)
  }

  /** Shadow of the key alone, for the moving picture. */
  drawKey(renderer: WebGLRenderer, scene: Scene, fit: ShadowFit, toward: Direction): void {
    this.#drawShadow(renderer, scene, { fit, toward, target: this.#key })
    this.keyMatrix.multiplyMatrices(this.#camera.projectionMatrix, this.#camera.matrixWorldInverse)
  }

  /** Adds one light to `sum`, which has the size of the picture. The camera may be jittered. */
  add(
    renderer: WebGLRenderer,
    scene: Scene,
    camera: Camera,
    light: { sample: LightSample; fit: ShadowFit; sum: WebGLRenderTarget },
  ): void {
    const { sample, fit, sum } = light
    this.#sample.setSize(sum.width, sum.height)
    this.#drawShadow(renderer, scene, { fit, toward: sample.toward, target: this.#shadow })
    const { uniforms } = this.#material
    ;(uniforms['lightMatrix']!.value as Matrix4).multiplyMatrices(
      this.#camera.projectionMatrix,
      this.#camera.matrixWorldInverse,
    )
    ;(uniforms['toward']!.value as Vector3).set(...sample.toward)
    ;(uniforms['weight']!.value as Vector2).set(sample.dome, sample.key)
    uniforms['offset']!.value = this.offset(fit)
    uniforms['bias']!.value = this.bias(fit)
    scene.overrideMaterial = this.#material
    renderer.setRenderTarget(this.#sample)
    renderer.clear()
    renderer.render(scene, camera)
    scene.overrideMaterial = null
    renderer.setRenderTarget(sum)
    this.#add.render(renderer)
  }

  dispose(): void {
    for (const target of [this.#shadow, this.#key, this.#sample]) {
      target.depthTexture?.dispose()
      target.dispose()
    }
    this.#depthOnly.dispose()
    this.#material.dispose()
    this.#add.dispose()
  }

  #drawShadow(
    renderer: WebGLRenderer,
    scene: Scene,
    view: { fit: ShadowFit; toward: Direction; target: WebGLRenderTarget },
  ): void {
    shadowCamera(this.#camera, view.fit, view.toward)
    scene.overrideMaterial = this.#depthOnly
    renderer.setRenderTarget(view.target)
    renderer.clear()
    renderer.render(scene, this.#camera)
    scene.overrideMaterial = null
  }
}

/** Adds a picture times `share` to the target. */
export function addingMaterial(picture: Texture, share = 1): ShaderMaterial {
  return new ShaderMaterial({
    depthTest: false,
    depthWrite: false,
    transparent: true,
    blending: CustomBlending,
    blendSrc: OneFactor,
    blendDst: OneFactor,
    blendEquation: AddEquation,
    uniforms: { picture: { value: picture }, share: { value: share } },
    vertexShader: FULL_SCREEN_VERTEX,
    fragmentShader: ADD_FRAGMENT,
  })
}

/** A target that pictures are added up in. */
export const sumTarget = (): WebGLRenderTarget =>
  new WebGLRenderTarget(1, 1, {
    type: HalfFloatType,
    depthBuffer: false,
    minFilter: LinearFilter,
    magFilter: LinearFilter,
  })
