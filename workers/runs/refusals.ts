import { SourceRefused } from '@/workers/city/import/refused'
import { KernelMissing } from '../threads/floodKernel'
import { FloodRefused } from './flood/makeForecast'
import { RainUnknown } from './flood/rainFields'

/** What is told of a run that could not be made: a code for the screen, a sentence for the log. */
export interface RunRefusal {
  readonly code: string
  readonly message: string
}

/** A failure that says something of the input or the machine by its code; undefined for a defect of ours. */
export function refusalOf(cause: unknown): RunRefusal | undefined {
  const message = cause instanceof Error ? cause.message : String(cause)
  if (cause instanceof FloodRefused) return { code: cause.refusal.code, message }
  if (cause instanceof RainUnknown) return { code: 'rainUnknown', message }
  if (cause instanceof KernelMissing) return { code: 'kernelMissing', message }
  if (cause instanceof SourceRefused) return { code: 'noTerrain', message }
  const code = (cause as { code?: unknown } | undefined)?.code
  if (code === 'ENOSPC' || code === 'EDQUOT') return { code: 'diskFull', message }
  if (code === 'ENOENT') return { code: 'noTerrain', message }
  return undefined
}
