import { Camera, Mesh, PlaneGeometry, Scene } from 'three'
import type { ShaderMaterial, WebGLRenderer } from 'three'

/** Corners of clip space; a full-screen pass needs no camera. */
export const FULL_SCREEN_VERTEX = `varying vec2 vUv;
void main() { vUv = uv; gl_Position = vec4(position.xy, 0.0, 1.0); }`

/** A picture-wide pass of one material. */
export class FullScreen {
  readonly #scene = new Scene()
  readonly #camera = new Camera()
  readonly #mesh: Mesh<PlaneGeometry, ShaderMaterial>

  constructor(material: ShaderMaterial) {
    this.#mesh = new Mesh(new PlaneGeometry(2, 2), material)
    this.#mesh.frustumCulled = false
    this.#scene.add(this.#mesh)
  }

  render(renderer: WebGLRenderer): void {
    renderer.render(this.#scene, this.#camera)
  }

  dispose(): void {
    this.#mesh.geometry.dispose()
    this.#mesh.material.dispose()
  }
}
