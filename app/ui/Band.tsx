import type { ReactNode } from 'react'
import css from './Band.module.css'

export interface BandProps {
  readonly text: string
  /** A look back is hatched, so that it is not taken for the exercise or replay whose band it joins. */
  readonly past?: boolean
  /** The way out of what the band says. */
  readonly children?: ReactNode
}

/** The white band of an exercise, a replay or a look back: full width, on every surface, so that none is mistaken for the city. */
export function Band({ text, past = false, children }: BandProps) {
  return (
    <div className={css['band']} role="status" data-testid="band" data-past={past}>
      {[0, 1, 2].map((copy) => (
        <span key={copy} aria-hidden={copy > 0}>
          {text}
        </span>
      ))}
      {children}
    </div>
  )
}
