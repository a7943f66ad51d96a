import type { Metres2 } from './groundLines'

/** Cuts a line into the strokes of a pattern: lengths in metres, stroke and gap in turn. */
export function dashed(line: readonly Metres2[], pattern: readonly number[]): Metres2[][] {
  const pen = new Pen(pattern)
  for (let i = 1; i < line.length; i++) pen.draw(line[i - 1]!, line[i]!)
  return pen.lift()
}

class Pen {
  readonly #pattern: readonly number[]
  readonly #strokes: Metres2[][] = []
  #stroke: Metres2[] = []
  #part = 0
  #left: number

  constructor(pattern: readonly number[]) {
    this.#pattern = pattern
    this.#left = pattern[0] ?? 1
  }

  draw(from: Metres2, to: Metres2): void {
    const length = Math.hypot(to[0] - from[0], to[1] - from[1])
    this.#touch(from)
    if (length < this.#left) {
      this.#left -= length
      if (this.#isDown && length > 0) this.#stroke.push(to)
      return
    }
    const share = this.#left / length
    const turn: Metres2 = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
    if (this.#isDown) this.#strokes.push([...this.#stroke, turn])
    this.#stroke = []
    this.#part = (this.#part + 1) % this.#pattern.length
    this.#left = this.#pattern[this.#part] ?? 1
    this.draw(turn, to)
  }

  lift(): Metres2[][] {
    return this.#stroke.length > 1 ? [...this.#strokes, this.#stroke] : this.#strokes
  }

  get #isDown(): boolean {
    return this.#part % 2 === 0
  }

  #touch(at: Metres2): void {
    if (this.#isDown && this.#stroke.length === 0) this.#stroke.push(at)
  }
}
