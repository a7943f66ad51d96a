import type { Layer, PickingInfo } from '@deck.gl/core'
import { Deck } from '@deck.gl/core'
import type { WebGLDevice } from '@luma.gl/webgl'
import { webgl2Adapter } from '@luma.gl/webgl'
import { Frustum, Matrix4, PerspectiveCamera, Scene, WebGLRenderer } from 'three'
import { CityPainter } from '@/app/scene/light/cityPainter'
import type { ShadowFit } from '@/app/scene/light/shadowView'
import type { SceneModule, SceneView } from '@/app/scene/sceneModule'
import { machineNow } from '@/app/time/machineClock'
import type { Camera } from './camera'
import { LocalFrame } from './localFrame'
import type { TwinViewState } from './twinViewport'
import { TwinView, TwinViewport } from './twinViewport'
import type { WallWindow } from './wallCrop'

export interface StageOptions {
  readonly canvas: HTMLCanvasElement
  readonly camera: Camera
  readonly background: string
  readonly antialias: boolean
  readonly window?: WallWindow
  /** A module or layer failed; the picture goes on without it. */
  readonly onFault: (module: string, cause: unknown) => void
  /** After each drawn picture, with the viewport that it shows. */
  readonly onDrawn: (viewport: TwinViewport) => void
}

/** deck 9 on a context that it does not own: the pipeline's defaults must be said. */
const PIPELINE = {
  depthWriteEnabled: true,
  depthCompare: 'less-equal',
  blend: true,
  blendColorSrcFactor: 'src-alpha',
  blendColorDstFactor: 'one-minus-src-alpha',
  blendAlphaSrcFactor: 'one',
  blendAlphaDstFactor: 'one-minus-src-alpha',
  blendColorOperation: 'add',
  blendAlphaOperation: 'add',
} as const

/** The one private method of deck that is used: the call deck's own map overlays make. Pinned by version, watched by a pixel test. */
interface DrawableDeck {
  _drawLayers(reason: string, options: { viewports: TwinViewport[]; clearCanvas: boolean; clearStack: boolean }): void
}
/** deck's layer manager, which finishes pending layer updates outside deck's own loop. */
interface UpdatableDeck {
  readonly layerManager: { updateLayers(): void } | null
}

/** Side of the shadow maps, px. */
const SHADOW_SIZE = { hardware: 3072, software: 1536 } as const
/** Radius of the shadowed ground as a share of the picture's diagonal, and how far it lies ahead when the view is flat. */
const [SHADOW_REACH, SHADOW_AHEAD] = [0.62, 0.25] as const

/** A picture that a processor paints: fewer pixels in its shadows. */
function isSoftware(gl: WebGL2RenderingContext): boolean {
  const info = gl.getExtension('WEBGL_debug_renderer_info')
  const name: unknown = info === null ? '' : gl.getParameter(info.UNMASKED_RENDERER_WEBGL)
  return /swiftshader|llvmpipe|software/i.test(String(name))
}

/** One canvas, one WebGL2 context, one depth buffer: three draws first, deck second. It draws only when something changed. */
export class Stage {
  readonly scene = new Scene()
  readonly frame: LocalFrame
  readonly #options: StageOptions
  readonly #device: WebGLDevice
  readonly #renderer: WebGLRenderer
  readonly #camera3 = new PerspectiveCamera()
  #deck: Deck | undefined
  #camera: Camera
  #modules: readonly SceneModule[] = []
  #request = 0
  #disposed = false
  #drawn = 0
  #painter: CityPainter | undefined
  #paintedFor = ''

  /** Resolves when the first picture can be drawn. Throws when the browser has no WebGL2. */
  static async open(options: StageOptions): Promise<Stage> {
    const { canvas, antialias } = options
    const gl = canvas.getContext('webgl2', {
      antialias,
      alpha: false,
      depth: true,
      stencil: false,
      powerPreference: 'high-performance',
    })
    if (gl === null) throw new Error('This browser gives no WebGL2 context.')
    // luma first: it puts its state cache under gl, so that every later call of three goes through the same cache.
    const device = await webgl2Adapter.attach(gl, {
      _cacheShaders: true,
      _cachePipelines: true,
      createCanvasContext: { canvas, autoResize: false, useDevicePixels: true },
    })
    const stage = new Stage(options, device)
    await stage.#openDeck()
    return stage
  }

  private constructor(options: StageOptions, device: WebGLDevice) {
    this.#options = options
    this.#device = device
    this.#camera = options.camera
    this.frame = new LocalFrame(options.camera.longitude, options.camera.latitude)
    this.#renderer = new WebGLRenderer({ canvas: options.canvas, context: device.gl, antialias: options.antialias })
    this.#renderer.setClearColor(options.background, 1)
    this.#camera3.matrixAutoUpdate = false
    this.#camera3.matrixWorldAutoUpdate = false
  }

  /** Pictures drawn since the start; a still city adds none. */
  get drawn(): number {
    return this.#drawn
  }

  setCamera(camera: Camera): void {
    this.#camera = camera
    this.#deck?.setProps({ viewState: this.#viewState() })
    this.invalidate()
  }

  setModules(modules: readonly SceneModule[]): void {
    for (const module of this.#modules) if (!modules.includes(module)) this.#remove(module)
    for (const module of modules) if (!this.#modules.includes(module)) this.scene.add(module.object)
    this.#modules = modules
    this.invalidate()
  }

  /** The light that a city is painted under; opened once, when the first city comes. */
  openPainter(): CityPainter {
    this.#painter ??= new CityPainter(isSoftware(this.#device.gl) ? SHADOW_SIZE.software : SHADOW_SIZE.hardware)
    return this.#painter
  }

  /** A city is there no more: modules are drawn as they are. */
  closePainter(): void {
    this.#painter?.dispose()
    this.#painter = undefined
    this.#paintedFor = ''
    this.invalidate()
  }

  /** The finished light of a resting city is shown; a stage without a city always is. */
  get settled(): boolean {
    return this.#painter?.settled ?? true
  }

  /** Physical px of the canvas. */
  get size(): { readonly width: number; readonly height: number } {
    const { width, height } = this.#options.canvas
    return { width, height }
  }

  setLayers(layers: readonly Layer[]): void {
    this.#deck?.setProps({ layers: [...layers] })
    this.invalidate()
  }

  /** What lies under a point of the canvas, nearest first; CSS px. */
  async pick(x: number, y: number): Promise<PickingInfo | undefined> {
    const info = await this.#deck?.pickObjectAsync({ x, y, radius: 6 })
    this.invalidate() // picking leaves its own picture in the shared state
    return info ?? undefined
  }

  /** Asks for one picture; any number of asks before it are one. */
  invalidate(): void {
    if (this.#disposed || this.#request !== 0) return
    this.#request = requestAnimationFrame(() => {
      this.#request = 0
      this.#draw()
    })
  }

  /** Takes the size of the canvas element. three owns the drawing buffer, luma is told at once. */
  resize(): void {
    const { canvas } = this.#options
    const ratio = window.devicePixelRatio
    const [width, height] = [Math.round(canvas.clientWidth * ratio), Math.round(canvas.clientHeight * ratio)]
    if (canvas.width !== width || canvas.height !== height) this.#renderer.setDrawingBufferSize(width, height, 1)
    const context = this.#device.getDefaultCanvasContext()
    context.setDrawingBufferSize(width, height)
    context.getCurrentFramebuffer()
    this.#deck?.setProps({ viewState: this.#viewState() })
    this.invalidate()
  }

  dispose(): void {
    if (this.#disposed) return
    this.#disposed = true
    cancelAnimationFrame(this.#request)
    for (const module of this.#modules) this.#remove(module)
    this.#painter?.dispose()
    this.#deck?.finalize()
    this.#renderer.dispose()
  }

  #openDeck(): Promise<void> {
    const { onFault } = this.#options
    // By its context and not by its device: only then deck leaves the size of the drawing buffer alone.
    const context = { gl: this.#device.gl }
    return new Promise((resolve) => {
      this.#deck = new Deck({
        ...context,
        width: null, // the canvas has one owner, and it is not deck
        height: null,
        views: new TwinView({ id: 'twin' }) as never, // a view with a state of its own shape
        viewState: this.#viewState() as never, // of our own view
        controller: false,
        layers: [],
        parameters: PIPELINE,
        _customRender: () => this.invalidate(),
        onLoad: () => resolve(),
        onError: (error, layer) => onFault(`layer ${layer?.id ?? 'deck'}`, error),
      })
    })
  }

  #viewState(): TwinViewState {
    const { window } = this.#options
    return window === undefined ? this.#camera : { ...this.#camera, window }
  }

  #draw(): void {
    const deck = this.#deck
    if (deck === undefined || this.#disposed || this.#device.gl.isContextLost()) return
    ;(deck as unknown as UpdatableDeck).layerManager?.updateLayers()
    const viewport = deck.getViewports()[0]
    if (!(viewport instanceof TwinViewport)) return
    this.frame.applyTo(this.#camera3, viewport)
    const moved = this.#prepare(viewport)
    this.#renderer.resetState() // forget what deck did
    const { drawn, more } = this.#paint(viewport, moved)
    this.#renderer.resetState() // give deck the defaults of WebGL
    this.#device.gl.bindFramebuffer(this.#device.gl.FRAMEBUFFER, null)
    if (drawn) {
      ;(deck as unknown as DrawableDeck)._drawLayers('stage', {
        viewports: [viewport],
        clearCanvas: false,
        clearStack: true,
      })
      this.#drawn += 1
      this.#options.onDrawn(viewport)
    }
    if (more) this.invalidate()
  }

  #paint(viewport: TwinViewport, moved: boolean): { readonly drawn: boolean; readonly more: boolean } {
    if (this.#painter === undefined) {
      this.#renderer.autoClear = true
      this.#renderer.setRenderTarget(null)
      this.#renderer.render(this.scene, this.#camera3)
      return { drawn: true, more: moved }
    }
    const pose = JSON.stringify(this.#camera)
    const still = !moved && pose === this.#paintedFor
    this.#paintedFor = pose
    if (moved) this.#painter.reshape()
    return this.#painter.paint(this.#renderer, this.scene, this.#camera3, {
      still,
      fit: this.#fit(viewport),
      now: machineNow(),
    })
  }

  /** The ground whose shadows are seen, by the view of the whole wall. */
  #fit(viewport: TwinViewport): ShadowFit {
    const { longitude, latitude, zoom, pitch, bearing } = this.#camera
    const [east, north] = this.frame.toLocal(longitude, latitude)
    const metresPerPixel = 1 / (this.frame.unitsPerMetre * 2 ** zoom)
    const radius = SHADOW_REACH * metresPerPixel * Math.hypot(viewport.full.width, viewport.full.height)
    const ahead = Math.sin((pitch * Math.PI) / 180) * SHADOW_AHEAD * radius
    const turn = (bearing * Math.PI) / 180
    return { east: east + Math.sin(turn) * ahead, north: north + Math.cos(turn) * ahead, up: 0, radius }
  }

  #prepare(viewport: TwinViewport): boolean {
    const view = this.#view(viewport)
    let moved = false
    for (const module of this.#modules) {
      try {
        moved = module.frame(view) || moved
      } catch (cause) {
        this.#options.onFault(`scene ${module.name}`, cause)
      }
    }
    return moved
  }

  #view(viewport: TwinViewport): SceneView {
    const { longitude, latitude, zoom } = this.#camera
    const metresPerPixel = 1 / (this.frame.unitsPerMetre * 2 ** zoom)
    const pixelRatio = this.#options.canvas.width / viewport.width
    const camera = this.#camera3
    const seen = new Matrix4().multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse)
    const frustum = new Frustum().setFromProjectionMatrix(seen)
    const focal = (viewport.full.projectionMatrix[5]! * viewport.full.height * pixelRatio) / 2
    return { longitude, latitude, zoom, metresPerPixel, pixelRatio, camera, frustum, focal }
  }

  #remove(module: SceneModule): void {
    this.scene.remove(module.object)
    module.dispose()
  }
}
