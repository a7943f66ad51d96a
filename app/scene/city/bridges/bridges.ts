import type { ShaderMaterial } from 'three'
import { BufferAttribute, BufferGeometry, DoubleSide, Group, Mesh } from 'three'
import type { SceneModule } from '@/app/scene/sceneModule'
import type { CityTheme } from '../cityTheme'
import { buildingMaterial } from '../buildings/buildingMaterial'
import type { BridgesAnswer } from '../ground/groundAnswer'
import type { ShadeUniforms } from '../shade'

export interface BridgesOptions {
  readonly asked: Promise<BridgesAnswer>
  readonly theme: CityTheme
  readonly shared: ShadeUniforms
  readonly onFault: (cause: unknown) => void
  readonly onChange: () => void
}

/** Decks of bridges at their height, on piers, with their shadows: a package has them as lines only. */
export class Bridges implements SceneModule {
  readonly name = 'bridges'
  readonly object = new Group()
  readonly #material: ShaderMaterial
  #geometry: BufferGeometry | undefined
  #changed = false
  #disposed = false
  #settled = false

  constructor({ asked, theme, shared, onFault, onChange }: BridgesOptions) {
    this.#material = buildingMaterial(shared, theme)
    this.#material.side = DoubleSide
    asked
      .then((answer) => this.#add(answer))
      .catch((cause: unknown) => {
        if (!this.#disposed) onFault(cause)
      })
      .finally(() => {
        this.#settled = true
        if (!this.#disposed) onChange()
      })
  }

  get settled(): boolean {
    return this.#settled
  }

  frame(): boolean {
    const changed = this.#changed
    this.#changed = false
    return changed
  }

  dispose(): void {
    this.#disposed = true
    this.#geometry?.dispose()
    this.#material.dispose()
  }

  #add({ position, normal }: BridgesAnswer): void {
    if (this.#disposed || position.length === 0) return
    const count = position.length / 3
    const geometry = new BufferGeometry()
    geometry.setAttribute('position', new BufferAttribute(position, 3))
    geometry.setAttribute('normal', new BufferAttribute(normal, 3))
    geometry.setAttribute('uv', new BufferAttribute(new Float32Array(count * 2), 2))
    geometry.setAttribute('tint', new BufferAttribute(new Uint8Array(count).fill(160), 1, true))
    const mesh = new Mesh(geometry, this.#material)
    mesh.frustumCulled = false
    mesh.updateMatrixWorld()
    mesh.matrixAutoUpdate = false
    this.#geometry = geometry
    this.object.add(mesh)
    this.#changed = true
  }
}
