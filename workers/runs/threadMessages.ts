import type { FloodRequest } from '@/domain/flood/forecast'
import type { Rung } from '@/domain/runs/modelRun'
import type { MadeForecast } from './flood/makeForecast'

/** What the thread of the models is told. */
export interface ToModels {
  readonly request: FloodRequest
  readonly rung: Exclude<Rung, 'rule'>
  readonly cityFolder: string
  readonly blobs: string
  readonly threads: number
  /** Word 0 is set to 1 to make it give up. */
  readonly stop: SharedArrayBuffer
}

/** What it tells. A refusal is told by its code; anything else that was thrown ends the thread. */
export type FromModels =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'made'; readonly forecast: MadeForecast }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
