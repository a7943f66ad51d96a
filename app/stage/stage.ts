import type { Layer, PickingInfo } from '@deck.gl/core'
import { Deck } from '@deck.gl/core'
import type { WebGLDevice } from '@luma.gl/webgl'
import { webgl2Adapter } from '@luma.gl/webgl'
import { PerspectiveCamera, Scene, WebGLRenderer } from 'three'
import { CityPainter } from '@/app/scene/light/cityPainter'
import type { Quality } from '@/app/scene/light/quality'
import { qualityOf } from '@/app/scene/light/quality'
import type { SceneModule } from '@/app/scene/sceneModule'
import { machineNow } from '@/app/time/machineClock'
import type { Camera } from './camera'
import { LocalFrame } from './localFrame'
import type { Pose } from './sceneView'
import { sceneView, shadowFit } from './sceneView'
import type { TwinViewState } from './twinViewport'
import { TwinView, TwinViewport } from './twinViewport'
import type { WallWindow } from '@/domain/wall/wallLayout'

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

/** Milliseconds of this thread, and what three gave the graphics card: its draw calls and their triangles. */
export interface DrawCost {
  readonly milliseconds: number
  readonly calls: number
  readonly triangles: number
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

/** One canvas, one WebGL2 context, one depth buffer: three draws first, deck second. It draws only when something changed. */
export class Stage {
  readonly scene = new Scene()
  readonly frame: LocalFrame
  readonly #options: StageOptions
  readonly #device: WebGLDevice
  readonly #renderer: WebGLRenderer
  readonly #camera3 = new PerspectiveCamera()
  /** The camera of the whole wall: what is loaded and how finely is decided by it, the same on every tile. */
  readonly #wallCamera = new PerspectiveCamera()
  #deck: Deck | undefined
  #camera: Camera
  #modules: readonly SceneModule[] = []
  #request = 0
  #disposed = false
  #drawn = 0
  #cost: DrawCost = { milliseconds: 0, calls: 0, triangles: 0 }
  #painter: CityPainter | undefined
  #paintedFor = ''
  readonly quality: Quality
  #window: WallWindow | undefined
  #background: string

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
    this.quality = qualityOf(device.gl)
    this.#camera = options.camera
    this.#window = options.window
    this.#background = options.background
    this.frame = new LocalFrame(options.camera.longitude, options.camera.latitude)
    this.#renderer = new WebGLRenderer({ canvas: options.canvas, context: device.gl, antialias: options.antialias })
    this.#renderer.setClearColor(options.background, 1)
    for (const camera of [this.#camera3, this.#wallCamera]) {
      camera.matrixAutoUpdate = false
      camera.matrixWorldAutoUpdate = false
    }
  }

  /** Pictures drawn since the start; a still city adds none. */
  get drawn(): number {
    return this.#drawn
  }

  /** What the last picture cost this thread and the graphics card. */
  get cost(): DrawCost {
    return this.#cost
  }

  setCamera(camera: Camera): void {
    this.#camera = camera
    this.#deck?.setProps({ viewState: this.#viewState() })
    this.invalidate()
  }

  /** The part of the wall that this screen shows; the whole without one. */
  setWindow(window: WallWindow | undefined): void {
    this.#window = window
    this.#deck?.setProps({ viewState: this.#viewState() })
    this.invalidate()
  }

  /** The sky behind everything. A city that stands must be hung anew: its light knows the old one. */
  setBackground(background: string): void {
    if (background === this.#background) return
    this.#background = background
    this.#renderer.setClearColor(background, 1)
    this.closePainter()
  }

  setModules(modules: readonly SceneModule[]): void {
    for (const module of this.#modules) if (!modules.includes(module)) this.#remove(module)
    for (const module of modules) if (!this.#modules.includes(module)) this.scene.add(module.object)
    this.#modules = modules
    this.#options.canvas.dataset['settled'] = 'false'
    this.invalidate()
  }

  /** The light that a city is painted under; opened once, when the first city comes. */
  openPainter(): CityPainter {
    this.#painter ??= new CityPainter(this.quality, this.#background)
    return this.#painter
  }

  /** A city is there no more: modules are drawn as they are. */
  closePainter(): void {
    this.#painter?.dispose()
    this.#painter = undefined
    this.#paintedFor = ''
    this.invalidate()
  }

  /** All of it is loaded, and the finished light of a resting city is shown. */
  get settled(): boolean {
    return this.#modules.every(({ settled }) => settled !== false) && (this.#painter?.settled ?? true)
  }

  /** Physical px of the picture of the whole wall. */
  get fullSize(): { readonly width: number; readonly height: number } {
    const { width, height } = this.#options.canvas
    if (this.#window === undefined) return { width, height }
    const ratio = width / this.#window.width
    return { width: this.#window.fullWidth * ratio, height: this.#window.fullHeight * ratio }
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

  get #pose(): Pose {
    const { canvas } = this.#options
    return { camera: this.#camera, placed: this.#wallCamera, frame: this.frame, pixels: canvas.width }
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
    return this.#window === undefined ? this.#camera : { ...this.#camera, window: this.#window }
  }

  #draw(): void {
    const began = machineNow()
    const { info } = this.#renderer
    info.autoReset = false
    info.reset()
    this.#drawAll()
    const { calls, triangles } = info.render
    this.#cost = { milliseconds: machineNow() - began, calls, triangles }
  }

  #drawAll(): void {
    const deck = this.#deck
    if (deck === undefined || this.#disposed || this.#device.gl.isContextLost()) return
    ;(deck as unknown as UpdatableDeck).layerManager?.updateLayers()
    const viewport = deck.getViewports()[0]
    if (!(viewport instanceof TwinViewport)) return
    this.frame.applyTo(this.#camera3, viewport)
    this.frame.applyTo(this.#wallCamera, viewport, viewport.full.projectionMatrix)
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
    this.#options.canvas.dataset['settled'] = String(this.settled)
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
    const rested = this.#paintedFor
    this.#paintedFor = pose
    if (moved) this.#painter.reshape()
    return this.#painter.paint(this.#renderer, this.scene, this.#camera3, {
      still,
      rested: pose === rested,
      fit: shadowFit(this.#pose, viewport),
      now: machineNow(),
    })
  }

  #prepare(viewport: TwinViewport): boolean {
    const view = sceneView(this.#pose, viewport)
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

  #remove(module: SceneModule): void {
    this.scene.remove(module.object)
    module.dispose()
  }
}
