import type { TileAddress } from '@/domain/geodesy/webMercator'
import type {
  BridgesAnswer,
  BridgesQuestion,
  GroundAnswer,
  GroundQuestion,
  GroundRefusal,
  GroundSource,
  ShoreAnswer,
  ShoreQuestion,
} from './groundAnswer'
import type { GroundTheme } from './groundTheme'

interface Waiting {
  readonly take: (answer: unknown) => void
  readonly fail: (cause: Error) => void
}

/** Asks the painting thread; it dies with the city that it paints. */
export class GroundLoader {
  readonly #worker: Worker
  readonly #source: GroundSource
  readonly #theme: GroundTheme
  readonly #waiting = new Map<number, Waiting>()
  #asked = 0

  constructor(source: GroundSource, theme: GroundTheme) {
    this.#source = source
    this.#theme = theme
    this.#worker = new Worker(new URL('./groundWorker.ts', import.meta.url), { type: 'module', name: 'ground' })
    this.#worker.onmessage = ({ data }: MessageEvent<GroundAnswer | ShoreAnswer | BridgesAnswer | GroundRefusal>) => {
      const waiting = this.#waiting.get(data.id)
      this.#waiting.delete(data.id)
      if ('refused' in data) waiting?.fail(new Error(data.refused))
      else waiting?.take(data)
    }
    this.#worker.onerror = ({ message }) => {
      for (const { fail } of this.#waiting.values()) fail(new Error(`The painter of the ground stopped: ${message}`))
      this.#waiting.clear()
    }
  }

  tile(tile: TileAddress): Promise<GroundAnswer> {
    return this.#ask<GroundAnswer>((id) => ({ id, tile, source: this.#source, theme: this.#theme }))
  }

  shore(shore: TileAddress): Promise<ShoreAnswer> {
    return this.#ask<ShoreAnswer>((id) => ({ id, shore, source: this.#source }))
  }

  bridges(bridges: BridgesQuestion['bridges'], base: number): Promise<BridgesAnswer> {
    return this.#ask<BridgesAnswer>((id) => ({ id, bridges, base, source: this.#source }))
  }

  dispose(): void {
    this.#worker.terminate()
    this.#waiting.clear()
  }

  #ask<Answer>(question: (id: number) => GroundQuestion | ShoreQuestion | BridgesQuestion): Promise<Answer> {
    this.#asked += 1
    const id = this.#asked
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { take: (answer) => resolve(answer as Answer), fail: reject })
      this.#worker.postMessage(question(id))
    })
  }
}
