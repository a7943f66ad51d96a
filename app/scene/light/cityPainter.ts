import type { Scene, WebGLRenderer } from 'three'
import {
  AlwaysDepth,
  Camera,
  Color,
  DepthTexture,
  LinearSRGBColorSpace,
  NearestFilter,
  ShaderMaterial,
  UnsignedIntType,
  Vector2,
  WebGLRenderTarget,
} from 'three'
import { FULL_SCREEN_VERTEX, FullScreen } from './fullScreen'
import { jitterAt, shiftProjection } from './jitter'
import { addingMaterial, LightPass, sumTarget } from './lightPass'
import type { LightSample } from './lightSamples'
import { KEY_TOWARD, lightSamples } from './lightSamples'
import type { Quality } from './quality'
import { LightMode, lightUniforms } from './litChunk'
import type { ShadowFit } from './shadowView'

/** What the stage knows of the picture that is asked for. */
export interface PaintView {
  /** Neither the camera nor the city changed since the last picture. */
  readonly still: boolean
  /** The camera stands where it stood in the last picture. */
  readonly rested: boolean
  readonly fit: ShadowFit
  /** Machine time, milliseconds. */
  readonly now: number
}

export interface Painted {
  /** The canvas holds a new picture; else it keeps the last one and only light was added. */
  readonly drawn: boolean
  /** The picture gets better by another call. */
  readonly more: boolean
}

type Phase = 'moving' | 'light' | 'colour' | 'done'

/** A key shadow stays good while the view shifts by less than this share of its radius. */
const KEY_SLACK = 0.15

const PRESENT_FRAGMENT = `uniform sampler2D picture, depth; varying vec2 vUv;
void main() { gl_FragColor = vec4(texture(picture, vUv).rgb, 1.0); gl_FragDepth = texture(depth, vUv).r; }`

/**
 * Paints the city into the canvas: under the key light and the last occlusion while it moves; while it rests, light is
 * added up from all directions, then smooth colour, and from then on only one finished picture with its depth is laid down.
 */
export class CityPainter {
  readonly uniforms = lightUniforms()
  readonly #quality: Quality
  readonly #samples: readonly LightSample[]
  readonly #light: LightPass
  readonly #sums = [sumTarget(), sumTarget()] as const
  readonly #colour = sumTarget()
  readonly #picture = pictureTarget()
  readonly #addColour: FullScreen
  readonly #present: FullScreen
  readonly #jittered = new Camera()
  /** three turns a clear colour into the canvas's own space, but not into a target's: each needs its own. */
  readonly #sky: { readonly canvas: Color; readonly target: Color }
  #phase: Phase = 'moving'
  #step = 0
  #current: 0 | 1 = 0
  #keyFit: ShadowFit | undefined
  #drawnAt = Number.NEGATIVE_INFINITY

  constructor(quality: Quality, background: string) {
    this.#quality = quality
    this.#samples = lightSamples(quality.domeLights, quality.keyLights)
    this.#sky = { canvas: new Color(background), target: new Color().setStyle(background, LinearSRGBColorSpace) }
    this.#light = new LightPass(quality.shadowSize)
    this.#addColour = new FullScreen(addingMaterial(this.#picture.texture, 1 / quality.pictures))
    this.#present = new FullScreen(
      new ShaderMaterial({
        depthFunc: AlwaysDepth,
        uniforms: { picture: { value: this.#colour.texture }, depth: { value: this.#picture.depthTexture } },
        vertexShader: FULL_SCREEN_VERTEX,
        fragmentShader: PRESENT_FRAGMENT,
      }),
    )
  }

  /** The finished light of this rest is shown. */
  get settled(): boolean {
    return this.#phase === 'done'
  }

  /** Colours changed, light did not: the next rest only colours anew. */
  recolour(): void {
    if (this.#phase !== 'done') return
    this.uniforms.lastDepth.value = null
    this.uniforms.hasLast.value = 0
    this.#enter('colour')
  }

  /** The city itself changed: its shadows too. */
  reshape(): void {
    this.#keyFit = undefined
    this.#enter('moving')
  }

  paint(renderer: WebGLRenderer, scene: Scene, camera: Camera, view: PaintView): Painted {
    renderer.autoClear = false
    this.#fit(renderer)
    if (!view.still) this.#enter('moving')
    switch (this.#phase) {
      case 'moving':
        return this.#moving(renderer, scene, camera, view)
      case 'light':
        return this.#addLight(renderer, scene, camera, view)
      case 'colour':
        return this.#addPicture(renderer, scene, camera, view)
      case 'done':
        return this.#finished(renderer)
    }
  }

  dispose(): void {
    this.#light.dispose()
    for (const target of [...this.#sums, this.#colour, this.#picture]) {
      target.depthTexture?.dispose()
      target.dispose()
    }
    this.#addColour.dispose()
    this.#present.dispose()
  }

  #enter(phase: Phase): void {
    this.#phase = phase
    this.#step = 0
  }

  #moving(renderer: WebGLRenderer, scene: Scene, camera: Camera, view: PaintView): Painted {
    // A city that streams in is drawn now and then: each tile of it would else cost a whole picture.
    if (view.rested && !view.still && this.#drewLately(view.now)) return { drawn: false, more: true }
    this.#drawKey(renderer, scene, view.fit)
    this.uniforms.lightMode.value = LightMode.moving
    this.#drawCanvas(renderer, scene, camera, view.now)
    if (view.still) this.#enter('light')
    return { drawn: true, more: true }
  }

  #addLight(renderer: WebGLRenderer, scene: Scene, camera: Camera, view: PaintView): Painted {
    const sum = this.#sums[this.#current]
    const sample = this.#samples[this.#step]
    if (this.#step === 0) clear(renderer, sum)
    if (sample !== undefined) {
      this.#light.add(renderer, scene, this.#shifted(camera, this.#step), { sample, fit: view.fit, sum })
    }
    this.#step += 1
    if (this.#step >= this.#samples.length) {
      this.#keep(camera)
      this.#enter('colour')
    } else if (this.#drewLately(view.now)) return { drawn: false, more: true }
    this.#drawCanvas(renderer, scene, camera, view.now)
    return { drawn: true, more: true }
  }

  #addPicture(renderer: WebGLRenderer, scene: Scene, camera: Camera, view: PaintView): Painted {
    if (this.#step === 0) clear(renderer, this.#colour)
    const last = this.#step === this.#quality.pictures - 1
    renderer.setRenderTarget(this.#picture)
    renderer.setClearColor(this.#sky.target, 1)
    renderer.clear()
    renderer.render(scene, last ? camera : this.#shifted(camera, this.#step))
    renderer.setRenderTarget(this.#colour)
    this.#addColour.render(renderer)
    this.#step += 1
    if (last) {
      this.uniforms.lastDepth.value = this.#picture.depthTexture
      this.uniforms.hasLast.value = 1
      this.#enter('done')
      return { ...this.#finished(renderer), drawn: true }
    }
    if (this.#drewLately(view.now)) return { drawn: false, more: true }
    this.#drawCanvas(renderer, scene, camera, view.now)
    return { drawn: true, more: true }
  }

  #drewLately(now: number): boolean {
    return now - this.#drawnAt < this.#quality.redrawEvery
  }

  #finished(renderer: WebGLRenderer): Painted {
    renderer.setRenderTarget(null)
    renderer.clear()
    this.#present.render(renderer)
    return { drawn: true, more: false }
  }

  #drawCanvas(renderer: WebGLRenderer, scene: Scene, camera: Camera, now: number): void {
    renderer.setRenderTarget(null)
    renderer.setClearColor(this.#sky.canvas, 1)
    renderer.clear()
    renderer.render(scene, camera)
    this.#drawnAt = now
  }

  #drawKey(renderer: WebGLRenderer, scene: Scene, fit: ShadowFit): void {
    if (this.#keyFit !== undefined && covers(this.#keyFit, fit)) return
    this.#keyFit = fit
    this.#light.drawKey(renderer, scene, fit, KEY_TOWARD)
    this.uniforms.keyShadow.value = this.#light.keyShadow
    this.uniforms.keyMatrix.value.copy(this.#light.keyMatrix)
    this.uniforms.keyOffset.value = this.#light.offset(fit)
    this.uniforms.keyBias.value = this.#light.bias(fit)
  }

  /** This rest's light is complete: it is what is shown now and remembered in the next move. */
  #keep(camera: Camera): void {
    const sum = this.#sums[this.#current]
    const { uniforms } = this
    uniforms.light.value = sum.texture
    uniforms.lightMode.value = LightMode.resting
    uniforms.lastLight.value = sum.texture
    // The pictures that follow are drawn into the target whose depth is remembered: it must not be read meanwhile.
    uniforms.lastDepth.value = null
    uniforms.hasLast.value = 0
    uniforms.lastMatrix.value.multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse)
    this.#current = this.#current === 0 ? 1 : 0
  }

  #shifted(camera: Camera, n: number): Camera {
    this.#jittered.matrixAutoUpdate = false
    this.#jittered.matrixWorldAutoUpdate = false
    this.#jittered.matrixWorld.copy(camera.matrixWorld)
    this.#jittered.matrixWorldInverse.copy(camera.matrixWorldInverse)
    this.#jittered.projectionMatrix.copy(camera.projectionMatrix)
    shiftProjection(this.#jittered.projectionMatrix, jitterAt(n), this.#picture)
    this.#jittered.projectionMatrixInverse.copy(this.#jittered.projectionMatrix).invert()
    return this.#jittered
  }

  #fit(renderer: WebGLRenderer): void {
    const size = renderer.getDrawingBufferSize(new Vector2())
    if (size.x === this.#picture.width && size.y === this.#picture.height) return
    for (const target of [...this.#sums, this.#colour, this.#picture]) target.setSize(size.x, size.y)
    this.uniforms.resolution.value.copy(size)
    this.uniforms.hasLast.value = 0
    this.#enter('moving')
  }
}

function clear(renderer: WebGLRenderer, target: WebGLRenderTarget): void {
  renderer.setRenderTarget(target)
  const alpha = renderer.getClearAlpha()
  renderer.setClearAlpha(0)
  renderer.clear()
  renderer.setClearAlpha(alpha)
}

/** One full picture with its depth; the depth lies under what deck draws, and finds the last light again. */
function pictureTarget(): WebGLRenderTarget {
  const depthTexture = new DepthTexture(1, 1, UnsignedIntType)
  depthTexture.minFilter = depthTexture.magFilter = NearestFilter
  return new WebGLRenderTarget(1, 1, { depthTexture, depthBuffer: true })
}

function covers(had: ShadowFit, wanted: ShadowFit): boolean {
  const shift = Math.hypot(had.east - wanted.east, had.north - wanted.north, had.up - wanted.up)
  const scale = Math.abs(Math.log2(had.radius / wanted.radius))
  return shift < KEY_SLACK * had.radius && scale < 0.3
}
