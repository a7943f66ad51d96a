import type { ReactNode } from 'react'
import type { Measured } from '@/domain/measured'
import css from './ZeroPicture.module.css'

/** Five zeros, five pictures: what stands in place of a line that says nothing. Drawn in a box of 160 by 40. */
export type ZeroKind = 'zero' | 'below' | 'stale' | 'noData' | 'notCovered'

/** Which of the five a Measured is, or undefined for an ordinary fresh value. */
export function zeroKindOf(of: Measured): ZeroKind | undefined {
  if (of.kind === 'absent') return of.reason === 'notCovered' || of.reason === 'masked' ? 'notCovered' : 'noData'
  if (of.staleSince !== undefined) return 'stale'
  if (of.kind === 'below') return 'below'
  return of.value === 0 ? 'zero' : undefined
}

export function ZeroPicture({ kind }: { readonly kind: ZeroKind }) {
  return (
    <svg className={css['picture']} viewBox="0 0 160 40" data-zero={kind} aria-hidden="true">
      {pictures[kind]()}
    </svg>
  )
}

const base = <line x1="2" x2="150" y1="34" y2="34" stroke="var(--ln2)" strokeWidth="1.5" />

const pictures: Record<ZeroKind, () => ReactNode> = {
  zero: () => (
    <>
      {base}
      <path d="M14 34H40M52 34H78M90 34H116" stroke="var(--w3)" strokeWidth="4" />
      <circle cx="138" cy="34" r="6" fill="var(--t1)" />
    </>
  ),
  below: () => (
    <>
      {base}
      <path d="M2 24H150" stroke="var(--t3)" strokeWidth="1.5" strokeDasharray="2 4" />
      <path
        d="M16 26h14l-7 7zM52 26h14l-7 7zM88 26h14l-7 7zM124 26h14l-7 7z"
        fill="none"
        stroke="var(--t1)"
        strokeWidth="2"
      />
    </>
  ),
  stale: () => (
    <>
      {base}
      <path d="M8 34H76" stroke="var(--w3)" strokeWidth="4" />
      <path d="M80 34H122" stroke="var(--t3)" strokeWidth="2" strokeDasharray="2 5" />
      <circle cx="136" cy="33" r="9" fill="var(--bg)" stroke="var(--t2)" strokeWidth="2.2" />
      <path d="M136 27.5V33L140 35.5" fill="none" stroke="var(--t2)" strokeWidth="2.2" />
    </>
  ),
  noData: () => (
    <>
      <rect x="3" y="3" width="150" height="34" fill="none" stroke="var(--ln2)" strokeWidth="1.5" />
      <path d="M6 37L40 3M43 37L77 3M80 37L114 3M117 37L151 3" stroke="var(--t3)" strokeWidth="1.5" />
    </>
  ),
  notCovered: () => (
    <rect
      x="3"
      y="3"
      width="150"
      height="34"
      fill="none"
      stroke="var(--t2)"
      strokeWidth="2.6"
      strokeDasharray="0.1 6"
      strokeLinecap="round"
    />
  ),
}
