import type { ReactNode } from 'react'
import css from './Mark.module.css'

/** Where a number comes from, and what is wrong with it: five marks. */
export type MarkKind = 'measured' | 'modelled' | 'reported' | 'stale' | 'unknown'

const form: Record<MarkKind, ReactNode> = {
  measured: <circle cx="12" cy="12" r="8" fill="currentColor" />,
  modelled: (
    <circle cx="12" cy="12" r="8.5" fill="none" stroke="currentColor" strokeWidth="3.2" strokeDasharray="5.2 3.7" />
  ),
  reported: (
    <path d="M3 4H21V17H12L7 22V17H3Z" fill="none" stroke="currentColor" strokeWidth="2.8" strokeLinejoin="round" />
  ),
  stale: (
    <g fill="none" stroke="currentColor" strokeWidth="2.6">
      <circle cx="12" cy="12" r="9" />
      <path d="M12 6.5V12L16 14.5" />
    </g>
  ),
  unknown: (
    <g fill="none" stroke="currentColor" strokeWidth="2">
      <rect x="3" y="3" width="18" height="18" />
      <path d="M3 12L12 3M3 21L21 3M12 21L21 12" />
    </g>
  ),
}

export interface MarkProps {
  readonly kind: MarkKind
  /** Read aloud in place of the picture; left out where the words stand beside it. */
  readonly label?: string
}

export function Mark({ kind, label }: MarkProps) {
  return (
    <svg
      className={css['mark']}
      viewBox="0 0 24 24"
      data-mark={kind}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      {form[kind]}
    </svg>
  )
}
