import { hash32 } from '../random'

/** Smooth chance over the plane (gradient noise), about ±1, the same for the same seed. */
export class Noise {
  readonly #order = new Uint8Array(512)
  readonly #east = new Float64Array(256)
  readonly #north = new Float64Array(256)

  constructor(seed: number) {
    for (let i = 0; i < 256; i++) {
      this.#order[i] = i
      const angle = (i / 256) * 2 * Math.PI
      this.#east[i] = Math.cos(angle)
      this.#north[i] = Math.sin(angle)
    }
    for (let i = 255; i > 0; i--) {
      const j = hash32(seed, i) % (i + 1)
      const kept = this.#order[i]!
      this.#order[i] = this.#order[j]!
      this.#order[j] = kept
    }
    for (let i = 0; i < 256; i++) this.#order[i + 256] = this.#order[i]!
  }

  at(x: number, y: number): number {
    const ix = Math.floor(x)
    const iy = Math.floor(y)
    const fx = x - ix
    const fy = y - iy
    const u = fade(fx)
    const v = fade(fy)
    const a = this.#corner(ix, iy, fx, fy)
    const b = this.#corner(ix + 1, iy, fx - 1, fy)
    const c = this.#corner(ix, iy + 1, fx, fy - 1)
    const d = this.#corner(ix + 1, iy + 1, fx - 1, fy - 1)
    return 1.5 * (a + (b - a) * u + (c - a + (a - b - c + d) * u) * v)
  }

  /** Several sizes at once, each half as wide and half as strong. */
  layered(x: number, y: number, layers: number): number {
    let sum = 0
    let strength = 1
    let width = 1
    for (let i = 0; i < layers; i++) {
      sum += strength * this.at(x * width + i * 17.3, y * width - i * 9.1)
      strength /= 2
      width *= 2
    }
    return sum
  }

  #corner(ix: number, iy: number, fx: number, fy: number): number {
    const h = this.#order[(this.#order[ix & 255]! + iy) & 255]!
    return this.#east[h]! * fx + this.#north[h]! * fy
  }
}

const fade = (t: number): number => t * t * t * (t * (t * 6 - 15) + 10)

/** 0 below `from`, 1 above `to`, smooth between; `from` may be the greater one. */
export function ramp(from: number, to: number, value: number): number {
  const t = Math.max(0, Math.min(1, (value - from) / (to - from)))
  return t * t * (3 - 2 * t)
}
