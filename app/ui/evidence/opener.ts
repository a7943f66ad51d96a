import { createContext, useContext } from 'react'
import type { Measured } from '@/domain/measured'

/** A number that somebody clicked, with the words it stood beside. */
export interface AskedFigure {
  readonly of: Measured
  readonly title: string
  readonly decimals: number
}

/** How a surface opens the evidence of a number. Where none is given, numbers are not buttons. */
export const EvidenceOpener = createContext<((asked: AskedFigure) => void) | undefined>(undefined)

export const useEvidenceOpener = (): ((asked: AskedFigure) => void) | undefined => useContext(EvidenceOpener)
